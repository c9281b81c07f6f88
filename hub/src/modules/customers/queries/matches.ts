import type { MatchReasonView, MatchView, SourceRecordView } from "@weft/contracts";
import type { CustomerId, RecordId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { ReviewPairId } from "../commands/link.ts";
import { recordsByIds } from "./records.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;
type PairRow = {
  id: ReviewPairId;
  a: RecordId;
  b: RecordId;
  because: string;
  chance: number | null;
  reasons: MatchReasonView[] | null;
  status: MatchView["status"];
  putOffUntil: Date | null;
  at: Date;
  decidedAt: Date | null;
  rank: number;
};

export type MatchStatus = MatchView["status"] | "later";
export type MatchPosition = { readonly rank: number; readonly at: string; readonly id: string };
export type RankedMatch = MatchView & { readonly rank: number };

const PAIR = sql`
  select p.id, p.a_record as a, p.b_record as b, p.because, p.chance, p.evidence -> 'reasons' as reasons, p.status, p.put_off_until as "putOffUntil",
         p.at, p.decided_at as "decidedAt", p.rank::float8 as rank
    from customers.review_pair p`;

/** Which pairs stand under a status. Open ones of a customer that has become one meanwhile, or that was judged, wait for nobody. */
const IS_UNDER: Readonly<Record<MatchStatus, RawBuilder<unknown>>> = {
  open: sql`p.status = 'open' and coalesce(p.put_off_until <= now(), true) and customers.customer_of(p.a_record) <> customers.customer_of(p.b_record)`,
  later: sql`p.status = 'open' and p.put_off_until > now() and customers.customer_of(p.a_record) <> customers.customer_of(p.b_record)`,
  linked: sql`p.status = 'linked'`,
  different: sql`p.status = 'different'`,
};

/** Pairs for a person to judge, the likeliest first. Ask for one more than is shown. */
export async function listMatches(ctx: Reader, status: MatchStatus, limit: number, after: MatchPosition | null): Promise<RankedMatch[]> {
  const { rows } = await sql<PairRow>`
    ${PAIR} where ${IS_UNDER[status]}
       and (${after === null} or (p.rank::float8, p.at, p.id) < (${after?.rank ?? null}::float8, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by p.rank desc, p.at desc, p.id desc limit ${limit}`.execute(ctx.db);
  return presentPairs(ctx, rows);
}

export async function readMatch(ctx: Reader, id: ReviewPairId): Promise<MatchView | undefined> {
  const { rows } = await sql<PairRow>`${PAIR} where p.id = ${id}`.execute(ctx.db);
  const [found] = await presentPairs(ctx, rows);
  if (!found) return undefined;
  const { rank: _rank, ...match } = found;
  return match;
}

async function presentPairs(ctx: Reader, rows: readonly PairRow[]): Promise<RankedMatch[]> {
  const sides = await sidesOf(ctx, rows.flatMap(({ a, b }) => [a, b])); // prettier-ignore
  return rows.flatMap(({ a, b, at, reasons, putOffUntil, decidedAt, ...pair }) => {
    const [one, other] = [sides.get(a), sides.get(b)];
    if (!one?.own || !other?.own) return [];
    const both = one.customerId === other.customerId ? [one] : [one, other];
    return [
      {
        ...pair,
        a: one.own,
        b: other.own,
        sides: both.map(({ customerId, records }) => ({ customerId, records: [...records] })),
        reasons: reasons ?? [],
        putOffUntil: putOffUntil?.toISOString() ?? null,
        at: at.toISOString(),
        decidedAt: decidedAt?.toISOString() ?? null,
      },
    ];
  });
}

type Side = { readonly customerId: CustomerId; readonly own: SourceRecordView | undefined; readonly records: readonly SourceRecordView[] };

/** The records of a customer that are shown beside the one in question: enough to judge by. */
const MOST_RECORDS = 6;

/** By record its customer with the known records of it, the one in question in front. */
async function sidesOf(ctx: Reader, ids: readonly RecordId[]): Promise<Map<RecordId, Side>> {
  const { rows } = await sql<{ seed: RecordId; customerId: CustomerId; member: RecordId }>`
    select seed, customers.customer_of(seed) as "customerId", other.id as member from unnest(${[...new Set(ids)]}::uuid[]) seed
     cross join lateral (
       select s.id from customers.records_of(seed) r (id) join customers.source_record s on s.id = r.id and s.state = 'known'
        order by s.id = seed desc, s.known_at limit ${MOST_RECORDS}) other`.execute(ctx.db);
  const records = await recordsByIds(ctx, rows.map(({ member }) => member)); // prettier-ignore
  const sides = new Map<RecordId, Side>();
  for (const { seed, customerId, member } of rows) {
    const record = records.get(member);
    const side = sides.get(seed) ?? { customerId, own: records.get(seed), records: [] };
    sides.set(seed, { ...side, records: record ? [...side.records, record] : side.records });
  }
  return sides;
}
