import type { ChannelId, CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { carriesBetween } from "../../channels/index.ts";
import { customersWithin, type Attributes, type ProvenPair } from "../domain/index.ts";
import { judgeFew, keysOf, type FewDecided, type JoinedRows, type Learned } from "../domain/matching/index.ts";
import { matchingNow, thresholdsOf, type Matching } from "../model-snapshot.ts";
import { applyJoin, applyQuestion, applyWithdrawal } from "./apply-finding.ts";

/** Records that one key brings together with a record, and all that one record is compared with: what bounds a comparison. */
const MOST_PER_KEY = 40;
const MOST_COMPARED = 150;
/** One write asks a person about at most so many others, as proven values do. */
const MOST_QUESTIONS = 5;

type Compared = {
  readonly id: RecordId;
  readonly attributes: Attributes;
  readonly version: number;
  readonly channelId: ChannelId;
  readonly customerId: CustomerId;
  readonly hasObjected: boolean;
  /** Their notice says nothing of joining with other channels. */
  readonly lacksNotice: boolean;
};

/** A link among the records that are compared. */
type KnownLink = ProvenPair & { readonly kind: string };

/**
 * Compares a new or changed record with those that share one of its keys, by what was learned of the whole file, and decides as the run over
 * the whole file would [IDN-25]: joins, asks, takes back a link by likeness that its new version no longer supports. Called after the
 * answer, by a subscriber. Does nothing before the first run. Publishes what joining publishes.
 */
export async function matchRecord(ctx: Ctx, recordId: RecordId): Promise<void> {
  const matching = await matchingNow(ctx);
  const { model } = matching;
  if (!model) return;
  const [own] = await compared(ctx, [recordId]);
  if (!own) return;
  const keys = keysOf([own], model.learned)[0] ?? [];
  await writeEntries(ctx, model.version, [{ recordId, version: own.version, keys }]);
  if (own.hasObjected) return;
  const records = await withinReach(ctx, own, await sharing(ctx, own, keys));
  if (records.length < 2) return;
  const links = await linksAmong(ctx, records);
  const reconsidered = links.filter(({ kind, a, b }) => kind === "model" && (a === recordId || b === recordId));
  const groupOf = groupsOf(
    records,
    links.filter((link) => !reconsidered.includes(link)),
  );
  const decided = judge(matching, model, records, groupOf, await apartAmong(ctx, records));
  const at = (id: RecordId): number => records.findIndex((record) => record.id === id);
  await applyDecided(ctx, { records, groupOf, self: at(recordId), version: model.version }, decided);
  for (const { a, b } of reconsidered)
    if (!decided.areOne(at(a), at(b)) && decided.chanceOf(at(a), at(b)) < matching.settings.reviewFrom)
      await applyWithdrawal(ctx, { a, b });
}

function judge(
  { settings }: Matching,
  { learned, linkFrom }: { readonly learned: Learned; readonly linkFrom: number },
  records: readonly Compared[],
  groupOf: readonly number[],
  apart: readonly (readonly [number, number])[],
): FewDecided {
  return judgeFew({ records, groupOf, apart }, learned, linkFrom, thresholdsOf(settings));
}

type Around = {
  readonly records: readonly Compared[];
  readonly groupOf: readonly number[];
  readonly self: number;
  readonly version: number;
};

/** Only what this record is part of: of others not everything that could be compared was. */
async function applyDecided(
  ctx: Ctx,
  { records, groupOf, self, version }: Around,
  { joins, questions, areOne }: FewDecided,
): Promise<void> {
  const findingOf = ({ rows: [a, b], chance, reasons }: JoinedRows) => {
    const [one, other] = [records[a], records[b]];
    if (!one || !other) throw new Error("a finding is about two of the records that were compared");
    return {
      a: one.id,
      b: other.id,
      chance,
      reasons: reasons.map(({ field, code, bits }) => ({ field, code, bits: tenths(bits) })),
      version,
    };
  };
  for (const join of joins) if (areOne(join.rows[0], self)) await applyJoin(ctx, findingOf(join));
  const own = questions.filter(({ rows }) => rows.some((row) => groupOf[row] === groupOf[self]));
  for (const question of own.slice(0, MOST_QUESTIONS)) await applyQuestion(ctx, findingOf(question));
}

const tenths = (bits: number): number => Math.round(bits * 10) / 10;

async function compared(ctx: Ctx, ids: readonly RecordId[]): Promise<Compared[]> {
  const { rows } = await sql<Compared>`
    select r.id, r.attributes, r.version, r.channel_id as "channelId", customers.customer_of(r.id) as "customerId",
           exists (select from customers.objection o where o.record_id in (select customers.person_records_of(r.id))) as "hasObjected",
           customers.lacks_notice(r.id, r.notice_id, r.channel_id) as "lacksNotice"
      from customers.source_record r where r.id = any (${[...ids]}::uuid[]) and r.state = 'known' order by r.id`.execute(ctx.db);
  return rows;
}

/** What a record is found by from now on. */
export async function writeEntries(
  ctx: Pick<Ctx, "db">,
  model: number,
  entries: readonly { readonly recordId: RecordId; readonly version: number; readonly keys: readonly number[] }[],
): Promise<void> {
  await sql`
    insert into customers.match_entry (record_id, record_version, model_version, keys)
    select e.record, e.version, ${model}, array(select jsonb_array_elements_text(e.keys)::bigint)
      from jsonb_to_recordset(${JSON.stringify(entries.map(({ recordId: record, version, keys }) => ({ record, version, keys })))}::jsonb)
        as e (record uuid, version integer, keys jsonb)
      join customers.source_record r on r.id = e.record and r.state = 'known'
     order by e.record
    on conflict (record_id) do update
      set record_version = excluded.record_version, model_version = excluded.model_version, keys = excluded.keys
     where match_entry.record_version <= excluded.record_version and match_entry.model_version <= excluded.model_version`.execute(ctx.db);
}

/** The customers of the records that share a key with this one, whole. Each key has its share, so that a common one crowds nobody out. */
async function sharing(ctx: Ctx, { id }: Compared, keys: readonly number[]): Promise<Compared[]> {
  const { rows } = await sql<{ id: RecordId }>`
    with near as (
      select e.record_id, count(*) as shared from unnest(${keys.map(String)}::bigint[]) k
       cross join lateral (select record_id from customers.match_entry where keys @> array[k] and record_id <> ${id} limit ${MOST_PER_KEY}) e
       group by e.record_id order by 2 desc, 1 limit ${MOST_COMPARED}
    )
    select distinct member as id from (select ${id}::uuid as record_id union all select record_id from near) n,
           lateral customers.records_of(n.record_id) member limit ${MOST_COMPARED * 2}`.execute(ctx.db);
  return compared(ctx, rows.map(({ id: found }) => found)); // prettier-ignore
}

/** Those whose identity is carried to this record's channel, who were told so, and who did not object: nobody else is compared [IDN-24]. */
async function withinReach(ctx: Ctx, own: Compared, all: readonly Compared[]): Promise<Compared[]> {
  const carried = new Map<ChannelId, boolean>();
  for (const { channelId } of all)
    if (!carried.has(channelId))
      carried.set(channelId, (await carriesBetween(ctx, { channelId }, { channelId: own.channelId }, "identity")).carried);
  const isCarried = ({ channelId, lacksNotice }: Compared): boolean =>
    channelId === own.channelId || (carried.get(channelId) === true && !lacksNotice && !own.lacksNotice);
  return all.filter((record) => record.id === own.id || (!record.hasObjected && isCarried(record)));
}

async function linksAmong(ctx: Ctx, records: readonly Compared[]): Promise<KnownLink[]> {
  const ids = records.map(({ id }) => id);
  const { rows } = await sql<KnownLink>`
    select a_record as a, b_record as b, kind, evidence ->> 'identifierId' as "identifierId" from customers.link
     where state = 'active' and kind <> 'must_not_link' and a_record = any (${ids}::uuid[]) order by id`.execute(ctx.db);
  return rows;
}

/** For each record the number of the group that these links make of them. All that are compared are of one circle. */
function groupsOf(records: readonly Compared[], links: readonly KnownLink[]): number[] {
  const groups = customersWithin(records.map(({ id }) => ({ id, circle: "" })), links); // prettier-ignore
  const groupOf = new Map(groups.flatMap((group, number) => group.map((id) => [id, number] as const)));
  return records.map(({ id }) => groupOf.get(id) ?? -1);
}

/** Pairs that a person judged to be different, through whichever record of their persons. */
async function apartAmong(ctx: Ctx, records: readonly Compared[]): Promise<(readonly [number, number])[]> {
  const ids = records.map(({ id }) => id);
  const { rows } = await sql<{ a: RecordId; b: RecordId }>`
    with person as materialized (select own, other from unnest(${ids}::uuid[]) own, lateral customers.person_records_of(own) other)
    select distinct x.own as a, y.own as b from customers.link l
      join person x on x.other = l.a_record join person y on y.other = l.b_record
     where l.kind = 'must_not_link' and l.state = 'active' and l.a_record in (select other from person)`.execute(ctx.db);
  const at = new Map(ids.map((id, place) => [id, place]));
  return rows.map(({ a, b }) => [at.get(a) ?? 0, at.get(b) ?? 0] as const);
}
