import type { ChannelKind, ContinuityView, Facet, SeamView } from "@weft/contracts";
import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { channelsSnapshot, circledChannels, type Channels } from "../channels/index.ts";
import { followerLag } from "../touchpoints/index.ts";
import { DEFAULT_WEIGHTS, FACETS, indexOf, LEAST_SEAMS, levelOf, pooled, shareOf, type PairTally } from "./domain/index.ts";
import { seamsFollower } from "./seams.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

type Verdict = {
  readonly from: ChannelId;
  readonly to: ChannelId;
  readonly facet: Facet;
  readonly verdict: string;
  readonly count: number;
};
type Total = { readonly from: ChannelId; readonly to: ChannelId; readonly seams: number; readonly score: number };

/** One ordered pair: two kinds of channels, or two channels when the question is about one. */
type Pair = PairTally & {
  readonly from: ContinuityView["pairs"][number]["from"];
  readonly to: ContinuityView["pairs"][number]["to"];
  readonly score: number;
  readonly reasons: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
};

/** The continuity measure of the seams since then: of all pairs of kinds of channels, or of one channel with each other one; circles apart [CHA-9]. */
export async function readContinuity(
  ctx: Reader,
  { since, channelId }: { readonly since: Date; readonly channelId: ChannelId | null },
): Promise<ContinuityView> {
  const apart = await circledChannels(ctx);
  const ofChannel = sql`(${channelId}::uuid is null or from_channel_id = ${channelId}::uuid or to_channel_id = ${channelId}::uuid)
    and from_channel_id <> all(${apart}::uuid[]) and to_channel_id <> all(${apart}::uuid[])`;
  const [totals, verdicts, late, lag] = await Promise.all([
    sql<Total>`
      select from_channel_id as "from", to_channel_id as "to", count(*) as seams, sum(score) as score
        from insights.seam where to_at >= ${since} and ${ofChannel} group by 1, 2`.execute(ctx.db),
    sql<Verdict>`
      select from_channel_id as "from", to_channel_id as "to", f.key as facet, f.value as verdict, count(*) as count
        from insights.seam, jsonb_each_text(facets) f where to_at >= ${since} and ${ofChannel} group by 1, 2, 3, 4`.execute(ctx.db),
    sql<{ seams: number; median: number | null }>`
      select count(*) as seams, percentile_disc(0.5) within group (order by late_seconds) as median
        from insights.seam where to_at >= ${since} and late_seconds is not null and ${ofChannel}`.execute(ctx.db),
    followerLag(ctx),
  ]);
  const pairs = gather(totals.rows, verdicts.rows, await ctx.snapshots.current(channelsSnapshot), channelId !== null);
  return {
    since: since.toISOString(),
    behind: lag.find(({ name }) => name === seamsFollower.name)?.behind ?? 0,
    ...sumOf(pairs),
    leastSeams: LEAST_SEAMS,
    weights: { ...DEFAULT_WEIGHTS },
    late: { seams: late.rows[0]?.seams ?? 0, medianSeconds: late.rows[0]?.median ?? null },
    pairs: pairs.map(presentPair),
  };
}

function sumOf(pairs: readonly Pair[]) {
  const seams = pairs.reduce((sum, pair) => sum + pair.seams, 0);
  const score = pairs.reduce((sum, pair) => sum + pair.score, 0);
  const all = pairs.map(({ facets }) => pooled(facets));
  const tally = { carried: all.reduce((sum, { carried }) => sum + carried, 0), lost: all.reduce((sum, { lost }) => sum + lost, 0) };
  return {
    seams,
    ...tally,
    share: shareOf(tally),
    score: seams === 0 ? null : score / seams,
    index: indexOf(pairs),
    withoutVerdict: pairs.reduce((sum, pair) => sum + (levelOf(pair) === null ? pair.seams : 0), 0),
  };
}

/** Adds up by kinds of channels, or by channels. A change between two channels of one kind is a seam between that kind and itself. */
function gather(totals: readonly Total[], verdicts: readonly Verdict[], { channels }: Channels, byChannel: boolean): Pair[] {
  const kindOf = (id: ChannelId): ChannelKind => channels.get(id)?.kind ?? "web";
  const nameOf = (id: ChannelId): string => (byChannel ? id : kindOf(id));
  const endOf = (id: ChannelId): Pair["from"] => ({
    channelKind: kindOf(id),
    channelId: byChannel ? id : null,
    channelName: byChannel ? (channels.get(id)?.name ?? "") : null,
  });
  const pairs = new Map<string, { -readonly [K in "seams" | "score"]: Pair[K] } & Pair>();
  for (const { from, to, seams, score } of totals) {
    const key = `${nameOf(from)} ${nameOf(to)}`;
    const pair = pairs.get(key) ?? emptyPair(endOf(from), endOf(to));
    pairs.set(key, { ...pair, seams: pair.seams + seams, score: pair.score + score });
  }
  for (const { from, to, facet, verdict, count } of verdicts) {
    const pair = pairs.get(`${nameOf(from)} ${nameOf(to)}`);
    if (pair) addVerdict(pair, facet, verdict, count);
  }
  return [...pairs.values()].toSorted((a, b) => b.seams - a.seams);
}

const eachFacet = <T>(make: () => T): Record<Facet, T> => Object.fromEntries(FACETS.map((facet) => [facet, make()])) as Record<Facet, T>; // of every facet

function emptyPair(from: Pair["from"], to: Pair["to"]): Pair {
  return { from, to, seams: 0, score: 0, facets: eachFacet(() => ({ carried: 0, lost: 0 })), reasons: eachFacet(() => new Map()) };
}

function addVerdict(pair: Pair, facet: Facet, verdict: string, count: number): void {
  const tally = pair.facets[facet] as { carried: number; lost: number }; // made here, and not given out yet
  if (verdict === "carried") tally.carried += count;
  else {
    tally.lost += count;
    const reasons = pair.reasons[facet] as Map<string, number>; // likewise
    reasons.set(verdict, (reasons.get(verdict) ?? 0) + count);
  }
}

function presentPair(pair: Pair): ContinuityView["pairs"][number] {
  const tally = pooled(pair.facets);
  return {
    from: pair.from,
    to: pair.to,
    seams: pair.seams,
    ...tally,
    share: shareOf(tally),
    score: pair.score / pair.seams,
    level: levelOf(pair),
    facets: FACETS.map((facet) => ({
      facet,
      ...pair.facets[facet],
      share: shareOf(pair.facets[facet]),
      reasons: [...pair.reasons[facet]].map(([because, count]) => ({ because, count })).toSorted((a, b) => b.count - a.count),
    })),
  };
}

type SeamRow = {
  readonly id: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly fromChannel: ChannelId;
  readonly toChannel: ChannelId;
  readonly journeyRef: string | null;
  readonly score: number;
  readonly facets: Readonly<Record<string, string>>;
  readonly lateSeconds: number | null;
};

/** Where somebody changed the channel, newest first; both sides are touches of these records. `before` is where the last page ended. */
export async function listSeams(
  ctx: Reader,
  recordIds: readonly RecordId[],
  { limit, before }: { readonly limit: number; readonly before: { readonly at: string; readonly id: string } | null },
): Promise<SeamView[]> {
  const ids = sql`${[...recordIds]}::uuid[]`;
  const { rows } = await sql<SeamRow>`
    select to_id as id, from_at as "fromAt", to_at as "toAt", from_channel_id as "fromChannel", to_channel_id as "toChannel",
           journey_ref as "journeyRef", score, facets, late_seconds as "lateSeconds"
      from insights.seam
     where to_record_id = any(${ids}) and from_record_id = any(${ids})
       and (${before?.at ?? null}::timestamptz is null or (to_at, to_id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
     order by to_at desc, to_id desc limit ${limit}`.execute(ctx.db);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const end = (id: ChannelId, at: Date) => ({
    at: at.toISOString(),
    channelKind: channels.get(id)?.kind ?? ("web" as const),
    channelName: channels.get(id)?.name ?? "",
  });
  return rows.map(({ id, fromAt, toAt, fromChannel, toChannel, journeyRef, score, facets, lateSeconds }) => ({
    id,
    from: end(fromChannel, fromAt),
    to: end(toChannel, toAt),
    journeyRef,
    score,
    facets: FACETS.flatMap((facet) => {
      const verdict = facets[facet];
      if (verdict === undefined) return [];
      const isCarried = verdict === "carried";
      return [{ facet, state: isCarried ? ("carried" as const) : ("lost" as const), because: isCarried ? null : verdict }];
    }),
    lateSeconds,
  }));
}

/** What is kept of some records' seams, for comparing before a merge and after its undoing. */
export async function seamsHeldOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select from_at as "fromAt", to_at as "toAt", from_channel_id as "fromChannelId", to_channel_id as "toChannelId", journey_ref as "journeyRef", facets, score
      from insights.seam where to_record_id = any(${[...recordIds]}::uuid[]) order by to_at, to_id`.execute(ctx.db);
  return rows;
}
