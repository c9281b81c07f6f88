import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import { heldAt } from "../ledger/index.ts";
import type { TouchFollower } from "../touchpoints/index.ts";
import { judgeFound, scoreOf, seamsOf, type FoundSeam, type RecordedTouch, type Verdicts } from "./domain/index.ts";

/** Seams are found again from so many days before what is new: long enough for what somebody was shown before it. */
const LOOK_BACK_DAYS = 30;
/** Somebody with more touchpoints than this in that time is a machine; the newest count. */
const MOST_TOUCHES = 2000;
/** What was done to somebody, or was no touch of a journey. */
const NO_TOUCH: string[] = [
  "linked",
  "unlinked",
  "points_burned",
  "points_given_back",
  "points_taken_back",
  "points_granted",
  "points_expired",
  "ready",
];

/** Finds the seams of those who did something, some milliseconds to a second after they did [INS-4]. */
export const seamsFollower: TouchFollower = {
  name: "insights.seams",
  async take(ctx, { after, upTo }) {
    const { rows } = await sql<Omit<Person, "wasLinked">>`
      with met as (select record_id, min(since) as since from touchpoints.people_in(${after}, ${upTo}) group by record_id)
      select ids as "recordIds", extract(epoch from min(since))::float8 * 1000 as "sinceMs"
        from (select array(select customers.person_records_of(record_id) order by 1) as ids, since from met) one group by ids`.execute(
      ctx.db,
    );
    await findSeams(
      ctx,
      rows.map((person) => ({ ...person, wasLinked: !Number.isFinite(person.sinceMs) })),
    );
  },
};

/** All records of one person, whatever their channels are linked for. */
export type Person = {
  readonly recordIds: readonly RecordId[];
  /** From when on their seams are found again; -Infinity is from the beginning. */
  readonly sinceMs: number;
  /** They were linked just now: a seam that nobody saw before was seen late. */
  readonly wasLinked: boolean;
};

type TouchRow = Omit<RecordedTouch, "at"> & { readonly person: number; readonly at: Date };

/** Finds the seams of these people again, and keeps what was found in place of what was kept. Answers how many there are. */
export async function findSeams(ctx: Ctx, people: readonly Person[]): Promise<number> {
  if (people.length === 0) return 0;
  const touches = await touchesOf(ctx, people);
  const spans = people.map((person, n) => spanOf(person, touches.get(n) ?? []));
  const found = people.flatMap((person, n) =>
    seamsOf(touches.get(n) ?? [])
      .filter(({ to }) => to.at >= (spans[n]?.fromMs ?? 0))
      .map((seam) => ({ seam, person, isLate: person.wasLinked || seam.to.at < (spans[n]?.newMs ?? 0) })),
  );
  const held = await heldAt(
    ctx,
    "points:",
    found.map(({ seam, person }) => ({ recordIds: person.recordIds, at: new Date(seam.after.balance?.asOf ?? seam.to.at) })),
  );
  const judged = found.map((one, n) => ({ ...one, verdicts: judgeFound(one.seam, held[n] ?? 0) }));
  const bounds = people.flatMap(({ recordIds }, n) => recordIds.map((recordId) => ({ recordId, from: instant(spans[n]?.fromMs ?? 0) })));
  await keep(ctx, bounds, judged);
  return judged.length;
}

/** `newMs`: the beginning of the stay in which the news lies, which may change what that stay showed on arrival. `fromMs`: seams from there on are kept anew. */
type Span = { readonly newMs: number; readonly fromMs: number };

/**
 * Somebody whose touches belonged to several customers at their time was bound late, perhaps since the last look: nobody tells that a
 * visitor became a customer, so all that was read of them counts.
 */
function spanOf({ sinceMs }: Person, touches: readonly RecordedTouch[]): Span {
  let newMs = sinceMs;
  for (const [n, touch] of touches.entries()) {
    if (touch.at > sinceMs) break;
    if (n === 0 || touches[n - 1]?.channelId !== touch.channelId) newMs = touch.at;
  }
  const first = touches[0];
  const wasBoundLate = touches.some(({ customerIdThen }) => customerIdThen !== first?.customerIdThen);
  return { newMs, fromMs: first && wasBoundLate ? Math.min(newMs, first.at) : newMs };
}

/**
 * What each person did and was shown, in order. Those who were on one channel only in that time have no seam, and nothing is read of them.
 * The office's own work on somebody is no touch of theirs, and of what happened before the hub was there nobody recorded what was shown.
 */
async function touchesOf(ctx: Ctx, people: readonly Person[]): Promise<Map<number, RecordedTouch[]>> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const offices = [...channels.values()].filter(({ kind }) => kind === "office").map(({ id }) => id);
  const flat = people.flatMap(({ recordIds, sinceMs }, person) =>
    recordIds.map((recordId) => ({ person, recordId, since: instant(sinceMs) })),
  );
  const { rows } = await sql<TouchRow>`
    with touched as (
      select q.person, t.* from unnest(${flat.map(({ person }) => person)}::integer[], ${flat.map(({ recordId }) => recordId)}::uuid[],
                                       ${flat.map(({ since }) => since)}::timestamptz[]) as q (person, record_id, since)
       cross join lateral (
         select record_id, occurred_at, id, channel_id, kind, name, customer_id_then, journey_ref, shown from touchpoints.read_touch
          where record_id = q.record_id and occurred_at >= q.since - make_interval(days => ${LOOK_BACK_DAYS}::integer)
            and channel_id <> all(${offices}::uuid[]) and kind <> all(${NO_TOUCH}::text[]) and (kind <> 'message' or shown is not null)
            and not is_history
          order by occurred_at desc, id desc limit ${MOST_TOUCHES}) t
    ), ranged as (
      select *, min(channel_id::text) over whole as first_channel, max(channel_id::text) over whole as last_channel
        from touched window whole as (partition by person)
    )
    select person, record_id as "recordId", occurred_at as at, id, channel_id as "channelId", kind, name, customer_id_then as "customerIdThen",
           journey_ref as "journeyRef", shown
      from ranged where first_channel <> last_channel order by person, occurred_at, id`.execute(ctx.db);
  const touches = new Map<number, RecordedTouch[]>();
  for (const { person, at, ...touch } of rows) {
    const own = touches.get(person);
    const one = { ...touch, at: at.getTime() };
    if (own) own.push(one);
    else touches.set(person, [one]);
  }
  return touches;
}

const instant = (milliseconds: number): string => (Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : "-infinity");

type Judged = { readonly seam: FoundSeam; readonly isLate: boolean; readonly verdicts: Verdicts };
type Bound = { readonly recordId: RecordId; readonly from: string };

/** What is new because somebody turned out to be the same person says how much later that was known; what was known before keeps that it was. */
async function keep(ctx: Ctx, bounds: readonly Bound[], judged: readonly Judged[]): Promise<void> {
  const rows = judged.map(({ seam: { from, to }, isLate, verdicts }) => ({
    to_record_id: to.recordId,
    to_at: new Date(to.at),
    to_id: to.id,
    from_record_id: from.recordId,
    from_at: new Date(from.at),
    from_id: from.id,
    from_channel_id: from.channelId,
    to_channel_id: to.channelId,
    journey_ref: to.journeyRef ?? from.journeyRef,
    facets: facetsOf(verdicts),
    score: scoreOf(verdicts) ?? 0,
    late_seconds: isLate ? Math.max(0, Math.round((ctx.now.getTime() - to.at) / 1000)) : null,
    scored_at: ctx.now,
  }));
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as g (to_record_id uuid, to_at timestamptz, to_id uuid, from_record_id uuid,
        from_at timestamptz, from_id uuid, from_channel_id uuid, to_channel_id uuid, journey_ref text, facets jsonb, score double precision,
        late_seconds integer, scored_at timestamptz)
    ), gone as (
      delete from insights.seam s using unnest(${bounds.map(({ recordId }) => recordId)}::uuid[], ${bounds.map(({ from }) => from)}::timestamptz[]) as b (record_id, since)
       where s.to_record_id = b.record_id and s.to_at >= b.since
         and not exists (select from given g where g.to_record_id = s.to_record_id and g.to_at = s.to_at and g.to_id = s.to_id)
    )
    insert into insights.seam as kept (to_record_id, to_at, to_id, from_record_id, from_at, from_id, from_channel_id, to_channel_id, journey_ref,
                                       facets, score, late_seconds, scored_at)
    select to_record_id, to_at, to_id, from_record_id, from_at, from_id, from_channel_id, to_channel_id, journey_ref, facets, score, late_seconds, scored_at
      from given order by to_record_id, to_at, to_id
    on conflict (to_record_id, to_at, to_id) do update
       set from_record_id = excluded.from_record_id, from_at = excluded.from_at, from_id = excluded.from_id,
           from_channel_id = excluded.from_channel_id, to_channel_id = excluded.to_channel_id, journey_ref = excluded.journey_ref,
           facets = excluded.facets, score = excluded.score, scored_at = excluded.scored_at`.execute(ctx.db);
}

function facetsOf(verdicts: Verdicts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(verdicts).flatMap(([facet, verdict]) =>
      verdict.kind === "not_applicable" ? [] : [[facet, verdict.kind === "carried" ? "carried" : verdict.because]],
    ),
  );
}
