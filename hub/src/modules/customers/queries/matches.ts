import type { MatchView } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { ReviewPairId } from "../commands/link.ts";
import { recordsByIds } from "./records.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;
type PairRow = { id: ReviewPairId; a: RecordId; b: RecordId; because: string; status: MatchView["status"]; at: Date };

export type MatchPosition = { readonly at: string; readonly id: string };

/** Pairs for a person to judge, the newest first. Ask for one more than is shown. */
export async function listMatches(
  ctx: Reader,
  status: MatchView["status"],
  limit: number,
  after: MatchPosition | null,
): Promise<MatchView[]> {
  const { rows } = await sql<PairRow>`
    select id, a_record as a, b_record as b, because, status, at from customers.review_pair
     where status = ${status} and (${after === null} or (at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by at desc, id desc limit ${limit}`.execute(ctx.db);
  return presentPairs(ctx, rows);
}

export async function readMatch(ctx: Reader, id: ReviewPairId): Promise<MatchView | undefined> {
  const { rows } = await sql<PairRow>`
    select id, a_record as a, b_record as b, because, status, at from customers.review_pair where id = ${id}`.execute(ctx.db);
  return (await presentPairs(ctx, rows))[0];
}

async function presentPairs(ctx: Reader, rows: readonly PairRow[]): Promise<MatchView[]> {
  const records = await recordsByIds(
    ctx,
    rows.flatMap(({ a, b }) => [a, b]),
  );
  return rows.flatMap(({ a, b, at, ...pair }) => {
    const [one, other] = [records.get(a), records.get(b)];
    return one && other ? [{ ...pair, a: one, b: other, at: at.toISOString() }] : [];
  });
}
