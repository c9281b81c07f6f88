import type pg from "pg";
import { ok } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog, dbOn, inTransaction, platformJobs, SYSTEM, type Job, type JobContext } from "../src/platform/index.ts";
import { RETENTION } from "../src/retention.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

let demo: DemoHub;
let pool: pg.Pool;
beforeAll(async () => {
  demo = await openDemoHub();
  ({ pool } = demo);
}, 60_000);
afterAll(() => demo.close());

/**
 * A row of a table whose time to go is counted from $1. $2 is a number that no other row has, for keys. A table that some job deletes from
 * and that has no row here fails.
 */
const ROWS: Readonly<Record<string, string>> = {
  "access.attempt": "(subject, failures, last_at) values ('wrong ' || $2, 1, $1)",
  "access.audit_entry":
    "(id, at, actor_kind, action, subject, outcome, request_id) values (gen_random_uuid(), $1, 'staff', 'read', 'customer/' || $2, 'allowed', 'test')",
  "access.enrollment":
    "(code_mac, token_hash, kind, expires_at) values (sha256(($2::text || 'code')::bytea), sha256(($2::text || 'token')::bytea), 'board', $1)",
  "access.grant": "(id, holder, subject, proof, expires_at) values (gen_random_uuid(), 'test', 'order/' || $2, 'code', $1)",
  "access.session":
    "(id, token_hash, app, kind, record_id, expires_at) values (gen_random_uuid(), sha256($2::text::bytea), 'shop', 'customer', gen_random_uuid(), $1)",
  "carts.cart":
    "(id, state, current, record_id, opened_channel_id, channel_kind, channels_seen, updated_at) select gen_random_uuid(), 'abandoned', false, id, channel_id, 'web', '{}' || array[$2::text], $1 from customers.source_record where state = 'known' limit 1",
  "companies.company": "(id, state, name, country, updated_at) select gen_random_uuid(), 'suggested', 'Firm ' || $2, 'DE', $1",
  "companies.membership":
    "(id, company_id, record_id, role, state, source, since, ended_at) select gen_random_uuid(), id, gen_random_uuid(), 'member', 'ended', 'office', $1, $1 from companies.company where state = 'active' and $2 > 0 limit 1",
  "consent.confirmation":
    "(id, token_hash, record_id, event_ids, created_at, expires_at) values (gen_random_uuid(), sha256($2::text::bytea), gen_random_uuid(), '{}', $1, $1)",
  "consent.link":
    "(token_hash, record_id, purpose, topic, channel_kind, created_at) values (sha256($2::text::bytea), gen_random_uuid(), 'marketing', 'offers', 'email', $1)",
  "customers.challenge":
    "(id, purpose, kind, address, channel_id, sealed_code, asker, expires_at) values (gen_random_uuid(), 'sign_in', 'email', $2 || '@example.com', gen_random_uuid(), 'sealed', 'asker', $1)",
  "customers.claim":
    "(code_hash, record_id, expires_at) select sha256($2::text::bytea), id, $1 from customers.source_record where state = 'known' limit 1",
  "customers.match_run": "(id, state, created_at, ended_at) select gen_random_uuid(), 'done', $1, $1 where $2 > 0",
  "customers.near_place": "(place_id, record_id, at) values (gen_random_uuid(), md5($2::text)::uuid, $1)",
  "customers.opening": "(id, record_id, at) values (md5($2::text)::uuid, gen_random_uuid(), $1)",
  "customers.source_record":
    "(id, channel_id, external_id, state, created_at) select gen_random_uuid(), id, 'visitor ' || $2, 'provisional', $1 from channels.channel limit 1",
  "customers.violation":
    "(id, record_id, kind, rule, at) select gen_random_uuid(), gen_random_uuid(), 'email', 'customers_per_value', $1 where $2 > 0",
  "insights.seam":
    "(to_record_id, to_at, to_id, from_record_id, from_at, from_id, from_channel_id, to_channel_id, facets, score, scored_at) values (gen_random_uuid(), $1, gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '{}', 1, $1)",
  "integrations.data_import":
    "(id, kind, channel_id, file_name, state, ended_at) select gen_random_uuid(), 'customers', id, 'sealed ' || $2, 'done', $1 from channels.channel limit 1",
  "loyalty.card_showing": "(code_hash, holder, at) values (sha256($2::text::bytea), 'test', $1)",
  "messages.dedupe": "(record_id, dedupe_key, created_at, id) values (gen_random_uuid(), 'cause ' || $2, $1, gen_random_uuid())",
  "messages.notice_mailing":
    "(id, notice_id, channel_id, per_minute, state, next_at, at, ended_at) select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'done', $1, $1, $1 where $2 > 0",
  "messages.recall_receiver": "(recall_id, record_id, outcome, at) select gen_random_uuid(), gen_random_uuid(), 'sent', $1 where $2 > 0",
  "messages.outbound":
    "(record_id, created_at, id, kind, template, recipient, subject, text) values (gen_random_uuid(), $1, gen_random_uuid(), 'email', 'receipt', $2 || '@example.com', '', '')",
  "parity.change": "(source, revision, at) values ('catalog', 1000000 + $2::integer, $1)",
  "parity.run": "(id, cause, state, asked_at, ended_at) select gen_random_uuid(), 'nightly', 'done', $1, $1 where $2 > 0",
  "till.fiscal_archive_part": "(archive_id, part, bytes, written_at) values (gen_random_uuid(), $2::integer, '', $1)",
  "till.journal_check": "(id, requested_at) select gen_random_uuid(), $1 where $2 > 0",
  "platform.dead_letter":
    "(id, subscriber, position, event_id, type, subject, data, event_at, state, attempts, error, resolved_at) values (gen_random_uuid(), 'test', $2, gen_random_uuid(), 'test', 'test', '{}', now(), 'discarded', 1, 'test', $1)",
  "platform.deletion": "(job, table_name, day, rows) values ('test', 'test ' || $2, ($1::timestamptz at time zone 'utc')::date, 1)",
  "pricing.past_price":
    "(list_id, variant_id, until, amount, scale, per_quantity, per_unit) values (gen_random_uuid(), gen_random_uuid(), $1, $2, 0, 1, 'piece')",
  "platform.event_log":
    "(position, day, id, type, subject, data, at) values (-$2::bigint, ($1::timestamptz at time zone 'utc')::date, gen_random_uuid(), 'test', 'test', '{}', $1)",
  "platform.idempotency_key": "(credential, route, key, request_hash, created_at) values ('test', 'test', $2::text, sha256('test'), $1)",
  "platform.invariant_check": "(checked_at, took_ms, results) select $1, 1000, '[]' where $2 > 0",
  "platform.live_ticket": "(hash, actor, expires_at) values (sha256($2::text::bytea), '{}', $1::timestamptz + interval '30 seconds')",
  "privacy.request":
    "(id, record_id, kind, state, how, received_at, due_at, closed_at) select gen_random_uuid(), gen_random_uuid(), 'access', 'answered', 'shop', $1, $1, $1 where $2 > 0",
  "fulfillment.prepared":
    "(fulfillment_id, order_line_id, place_id, is_done, at) values (md5($2::text)::uuid, gen_random_uuid(), gen_random_uuid(), true, $1)",
  "fulfillment.round":
    "(id, cart_id, place_id, channel_id, course, sent_at) values (md5($2::text)::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 0, $1)",
  "till.tab":
    "(cart_id, place_id, channel_id, table_name, device_name, opened_at) values (md5($2::text)::uuid, gen_random_uuid(), gen_random_uuid(), '1', '', $1)",
  "promises.pace": "(place_id, until, set_at) values (md5($2::text)::uuid, $1, $1)",
  "promises.queue_item": "(fulfillment_id, place_id, work_seconds, since) values (md5($2::text)::uuid, gen_random_uuid(), 60, $1)",
  "promises.sent_work": "(round_id, cart_id, work_seconds, at) values (md5($2::text)::uuid, gen_random_uuid(), 60, $1)",
  "promises.slot_booking": "(id, place_id, starts_at, work_seconds) values (md5($2::text)::uuid, gen_random_uuid(), $1, 60)",
  "bookings.booking":
    "(id, record_id, service_id, place_id, staff_id, starts_at, ends_at, time_zone, seats, state, made_at, changed_at) select gen_random_uuid(), gen_random_uuid(), (select id from bookings.service limit 1), gen_random_uuid(), gen_random_uuid(), $1, $1, 'UTC', 1, 'canceled', $1, $1 where $2 > 0",
  "bookings.session":
    "(id, service_id, place_id, staff_id, starts_at, ends_at, busy, seats, taken) select gen_random_uuid(), (select id from bookings.service limit 1), gen_random_uuid(), gen_random_uuid(), $1::timestamptz - interval '1 hour', $1, tstzrange($1::timestamptz - interval '1 hour', $1), 1, 1 where $2 > 0",
  "saved.list": "(id, record_id, created_at, updated_at) select gen_random_uuid(), gen_random_uuid(), $1, $1 where $2 > 0",
  "saved.wish":
    "(id, record_id, kind, variant_id, made_at) select gen_random_uuid(), gen_random_uuid(), 'back_in_stock', gen_random_uuid(), $1 where $2 > 0",
  "tasks.task":
    "(id, kind, cause_key, team, reference, state, is_standing, opened_at, due_at, ended_at) values (gen_random_uuid(), 'quarantine', 'test ' || $2, 'operations', '{}', 'gone', false, $1, $1, $1)",
  "touchpoints.intake_batch": "(intake_seq, batch, first_at, last_at, touches, at) values (-$2::bigint, 1, $1, $1, 1, $1)",
  "touchpoints.message_key":
    "(message_key, record_id, occurred_at, id) values (md5($2::text)::uuid, gen_random_uuid(), $1, gen_random_uuid())",
  "touchpoints.quarantine": "(id, at, kind, reason, raw) values (md5($2::text)::uuid, $1, 'intake', 'test', '{}')",
  "touchpoints.resend":
    "(record_id, occurred_at, id, channel_id, kind, because, first_occurred_at, first_id, noticed_at) values (md5($2::text)::uuid, $1, gen_random_uuid(), gen_random_uuid(), 'page', 'same_time', $1, gen_random_uuid(), $1)",
  "touchpoints.touchpoint":
    "(record_id, occurred_at, id, kind, received_at) values (md5($2::text)::uuid, $1, gen_random_uuid(), 'page', $1)",
};

/** What is not proved here, and where it is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "platform.backup_run": "hub/test/backup.test.ts: its job takes a whole backup",
  "tour.visit": "hub/src/modules/tour: ends channels, a till and people",
};

const deleted = Object.entries(RETENTION).filter(([, { by }]) => by.startsWith("job "));
let rows = 0;

describe("what a job deletes, when the clock moves on", () => {
  it("is said here for every table that the retention table gives to a job", () => {
    const said = deleted.map(([table]) => table).filter((table) => !(table in ELSEWHERE) && !hasParent(table));
    expect(said.toSorted()).toEqual(Object.keys(ROWS).toSorted());
  });

  it.each(Object.keys(ROWS))("%s: what is too old goes, what is younger stays", async (table) => {
    const retention = RETENTION[table];
    if (!retention) throw new Error("it has a row");
    const kept = /\d+ (second|minute|hour|day|month|year)s?/.exec(retention.kept)?.[0] ?? "0 seconds";
    const [old, young] = await Promise.all([add(table, kept, tooMuch(kept)), add(table, kept, "-1 second")]);
    await run(retention.by.slice("job ".length));
    expect({ old: await isThere(table, old), young: await isThere(table, young) }).toEqual({ old: false, young: true });
  });
});

describe("codes that nobody typed", () => {
  it("[CRT-14] are forgotten after a day, also when nobody asks for another; one that brought somebody stays with its cart", async () => {
    const pairing = async (age: string, cart: string): Promise<unknown> => {
      const { rows: made } = await pool.query<{ row: unknown }>(
        `insert into carts.pairing as t (id, kind, channel_id, cart_id, created_at, expires_at)
         select gen_random_uuid(), 'screen', gen_random_uuid(), ${cart}, now() - $1::interval, now() returning to_jsonb(t) as row`,
        [age],
      );
      return made[0]?.row;
    };
    const cart = await add("carts.cart", "1 day", "1 minute");
    const own = `'${(cart as { id: string }).id}'::uuid`; // the table's key
    const made = [await pairing("1 day 1 minute", "null"), await pairing("23 hours", "null"), await pairing("1 day 1 minute", own)];
    await run("carts.forget");
    expect(await Promise.all(made.map((row) => isThere("carts.pairing", row)))).toEqual([false, true, true]);
  });
});

describe("people whom nobody knows", () => {
  it("[CRT-13] are forgotten with their cart after 90 days, but not while something else names them", async () => {
    const [buyer, reader] = [
      await add("customers.source_record", "90 days", "1 day"),
      await add("customers.source_record", "90 days", "1 day"),
    ];
    const idOf = (row: unknown): string => (row as { id: string }).id; // the table's key
    const anonymous = (age: string) => ({
      text: `insert into carts.cart as t (id, state, current, record_id, opened_channel_id, channel_kind, channels_seen, updated_at)
             select gen_random_uuid(), 'open', true, id, channel_id, 'web', '{}', now() - $2::interval from customers.source_record where id = $1 returning to_jsonb(t) as row`,
      values: [idOf(buyer), age],
    });
    const [old, young] = [
      await pool.query<{ row: unknown }>(anonymous("91 days")),
      await pool.query<{ row: unknown }>(anonymous("89 days")),
    ];
    await pool.query(
      "insert into touchpoints.touchpoint (record_id, occurred_at, id, kind, received_at) values ($1, now(), gen_random_uuid(), 'page', now())",
      [idOf(reader)],
    );
    const left = async () => [
      await isThere("carts.cart", old.rows[0]?.row),
      await isThere("carts.cart", young.rows[0]?.row),
      await isThere("customers.source_record", buyer),
      await isThere("customers.source_record", reader),
    ];
    await run("carts.forget");
    await run("customers.forget_nobodies");
    expect(await left()).toEqual([false, true, true, true]);
    await pool.query("update carts.cart set updated_at = now() - interval '91 days' where record_id = $1", [idOf(buyer)]);
    await run("carts.forget");
    await run("customers.forget_nobodies");
    expect((await left()).slice(2)).toEqual([false, true]);
  });
});

/** Lines and operations go with their cart, steps with their task, receivers with their mailing, lines of a round with it. */
const hasParent = (table: string): boolean =>
  table === "messages.notice_receiver" ||
  table === "fulfillment.round_line" ||
  (/^(carts|saved|tasks|integrations|privacy|parity)\./.test(table) &&
    ![
      "carts.cart",
      "saved.list",
      "saved.wish",
      "tasks.task",
      "integrations.data_import",
      "privacy.request",
      "parity.run",
      "parity.change",
    ].includes(table));

/** Months are kept whole, so that the oldest may be a month older. */
const tooMuch = (kept: string): string => (/month|year/.test(kept) ? "32 days" : /day/.test(kept) ? "1 day 1 minute" : "1 second");

/** Adds a row that is `kept` and `more` old. Answers it as the database shows it. */
async function add(table: string, kept: string, more: string): Promise<unknown> {
  const { rows: aged } = await pool.query<{ at: string }>("select (now() - $1::interval - $2::interval)::text as at", [kept, more]);
  const { rows: added } = await pool.query<{ row: unknown }>(
    `insert into ${table} as t ${ROWS[table]} returning to_jsonb(t) as row`
      .replaceAll("$2", `${++rows}`)
      .replaceAll("$1", `'${aged[0]?.at}'::timestamptz`),
  );
  if (!added[0]) throw new Error(`no row came into ${table}`);
  return added[0].row;
}

async function isThere(table: string, row: unknown): Promise<boolean> {
  const { rowCount } = await pool.query(`select from ${table} t where to_jsonb(t) = $1::jsonb`, [JSON.stringify(row)]);
  return rowCount === 1;
}

async function run(name: string): Promise<void> {
  const jobs: readonly Job[] = [...platformJobs, ...demo.hub.wired.jobs];
  const job = jobs.find((candidate) => candidate.name === name);
  if (!job) throw new Error(`there is no job ${name}`);
  await job.handle(jobContext(), undefined as never); // jobs of the clock take no payload
}

function jobContext(): JobContext {
  const around = { pool, snapshots: demo.hub.snapshots, log: createLog("silent"), actor: SYSTEM, requestId: "test" };
  return {
    read: { ...around, db: dbOn(pool), now: new Date() },
    signal: new AbortController().signal,
    async write(work) {
      const outcome = await inTransaction(around, async (ctx) => ok(await work(ctx)));
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a command without a key is never replayed");
      return outcome.result.value;
    },
  };
}
