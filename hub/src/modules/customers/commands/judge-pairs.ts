import type { PairJudgedView, PairJudgmentInput } from "@weft/contracts";
import { asId, type ChannelId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { personRecordsOf, recordsOf, customerOf } from "../queries/who.ts";
import { keepCustomersApart } from "./judge.ts";
import { areJudgedDifferent, link } from "./link.ts";
import { lockBoth } from "./provisional.ts";

/**
 * Takes judgments about pairs from a file [IDN-32]: the same links two records by a person's decision, different keeps their people apart for
 * ever. Each is judged by itself, after those before it; one that contradicts what stands is answered and changes nothing, and one that was
 * said before is known, so that a file may be given again. Publishes what linking publishes.
 */
export async function judgePairs(ctx: Ctx, pairs: readonly PairJudgmentInput[]): Promise<PairJudgedView[]> {
  const results: PairJudgedView[] = [];
  for (const pair of pairs) {
    const [a, b] = [await recordOf(ctx, pair.a), await recordOf(ctx, pair.b)];
    if (!a || !b) results.push({ result: "unknown_record", side: a ? "b" : "a" });
    else results.push({ result: await judge(ctx, a, b, pair), side: null });
  }
  return results;
}

async function recordOf(ctx: Ctx, { channel, externalId }: PairJudgmentInput["a"]): Promise<RecordId | undefined> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const named = (id: ChannelId, code: string): boolean => code === channel || id === asId<ChannelId>(channel);
  const known = [...channels.values()].find(({ id, code }) => named(id, code));
  if (!known) return undefined;
  const channelId: ChannelId = known.id;
  const { rows } = await sql<{ id: RecordId }>`
    select id from customers.source_record where channel_id = ${channelId} and external_id = ${externalId} and state = 'known'`.execute(
    ctx.db,
  );
  return rows[0]?.id;
}

async function judge(
  ctx: Ctx,
  a: RecordId,
  b: RecordId,
  { decision, reason }: Pick<PairJudgmentInput, "decision" | "reason">,
): Promise<PairJudgedView["result"]> {
  if (a === b) return "same_record";
  await lockBoth(ctx, a, b);
  const [personA, personB] = [await personRecordsOf(ctx, a), await personRecordsOf(ctx, b)];
  const isApart = await areJudgedDifferent(ctx, personA, personB);
  const isOne = personA.includes(b);
  if (decision === "different") {
    if (isOne) return "are_one";
    if (isApart) return "known";
    const kept = await keepCustomersApart(ctx, await customerOf(ctx, a), await customerOf(ctx, b), reason);
    return kept.ok ? "done" : "are_one";
  }
  if (isApart) return "judged_different";
  const isKnown = (await recordsOf(ctx, await customerOf(ctx, a))).includes(b);
  const id = await link(ctx, { a, b, kind: "agent", evidence: { file: true }, reason });
  return id === undefined || isKnown ? "known" : "done";
}
