import { ok } from "@weft/kernel";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { peopleHub, SHOP, TILLS_FR, type PeopleHub } from "../../test/people-hub.ts";
import { importRecords } from "../modules/customers/index.ts";
import { loadPeople, recordsOf } from "./bench-people.ts";

let imported: PeopleHub;
let loaded: PeopleHub;
beforeAll(async () => {
  [imported, loaded] = await Promise.all([peopleHub(), peopleHub()]);
});
afterAll(() => Promise.all([imported.close(), loaded.close()]));

const SINCE = new Date("2026-03-04T05:06:07.008Z");
/** Of them two have a proven form at the till, and two one that shares no proven value. */
const people = () => Array.from({ length: 20 }, (_, n) => recordsOf(n, { web: SHOP, till: TILLS_FR }, SINCE));

/** Everything that is kept of these records, with the channels' own ids of the people in place of ours. */
const KEPT = `
  with mine as (select id, external_id as who from customers.source_record where external_id ~ '^[cp][0-9]+$' and known_at = '${SINCE.toISOString()}')
  select mine.who, r.channel_id, r.state, r.version, r.attributes, r.said_at, r.known_at, r.created_at, r.updated_at,
         (select jsonb_agg(to_jsonb(v) - 'record_id') from customers.source_record_version v where v.record_id = r.id) as versions,
         (select jsonb_agg(jsonb_build_array(i.kind, i.value_norm, i.value_hash, ri.evidence, ri.verified_at, ri.valid_from) order by i.kind)
            from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id where ri.record_id = r.id) as identifiers,
         (select jsonb_agg(jsonb_build_array(c.kind, c.address, c.verified_at, c.state, i.value_norm) order by c.kind)
            from customers.contact_point c join customers.identifier i on i.id = c.identifier_id where c.record_id = r.id) as contacts,
         (select jsonb_agg(jsonb_build_array(o.who, l.kind, l.evidence ->> 'on', l.reason, l.state)) from customers.link l join mine o on o.id in (l.a_record, l.b_record)
           where r.id in (l.a_record, l.b_record) and o.id <> r.id) as links,
         (select who from mine where id = customers.customer_of(r.id)) as customer,
         (select jsonb_agg(o.who order by o.who) from customers.person_records_of(r.id) p join mine o on o.id = p) as person,
         (select jsonb_agg(jsonb_build_array(f.field, f.value, f.rule, f.at, (select who from mine where id = f.from_record)) order by f.field)
            from customers.profile_field f where f.customer_id = r.id) as fields,
         (select jsonb_agg(jsonb_build_array(n.word, n.last_seen) order by n.word) from customers.name_index n
            join customers.name_word w on w.word = n.word where n.customer_id = r.id) as words,
         (select jsonb_agg(jsonb_build_array(n.word, n.other) order by n.word) from customers.name_pair n where n.customer_id = r.id) as pairs
    from mine join customers.source_record r on r.id = mine.id order by mine.who`;

it("loads people as an import leaves them", async () => {
  await imported.must(async (ctx) => ok(await importRecords(ctx, people().flat())));
  const client = new pg.Client({ ...loaded.pool.options, pipeline: false });
  await client.connect();
  const waiting = [people()];
  await loadPeople(client, () => waiting.pop() ?? []);
  await client.end();
  const kept = await loaded.rows(KEPT);
  expect(kept).toHaveLength(24);
  expect(kept).toEqual(await imported.rows(KEPT));
});
