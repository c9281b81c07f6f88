import { ok, type Id, type IntentId } from "@weft/kernel";
import { sql } from "kysely";
import { contextOf, dbOn, inTransaction, job, type Job, type Surroundings } from "../../platform/index.ts";
import {
  applyAnswer,
  intentsById,
  openRefunds,
  settleRefund,
  unsettledIntents,
  type OpenRefund,
  type ProviderAnswer,
} from "../payments/index.ts";
import { handOverOfIntent, handOversToResume, intentsOfFailedHandOvers } from "../fulfillment/index.ts";
import { giveBack, type Desk } from "./ask-for-money.ts";
import { attemptOfIntent, attemptsToResume, readAttempt } from "./attempt.ts";
import { settleHandOver } from "./settle-hand-over.ts";
import { settleAttempt, type SettleDeps } from "./settle.ts";

/** A desk outside of jobs: for requests and for what a provider sends. */
export function deskOn(around: Surroundings): Desk {
  return {
    read: contextOf({ ...around, db: dbOn(around.pool), now: new Date() }),
    async write(work) {
      const outcome = await inTransaction<Awaited<ReturnType<typeof work>>, never>(around, async (ctx) => ok(await work(ctx)));
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is neither replayed nor refused");
      return outcome.result.value;
    },
  };
}

/**
 * Takes what a provider says by itself: a webhook, or an answer that came late [CHK-4]. The order is written, or handed over, if it still
 * can be; money for what can no longer become an order or be handed over goes back. The same answer again changes nothing [PAY-2].
 */
export async function takeProviderAnswer(desk: Desk, deps: SettleDeps, intentId: IntentId, answer: ProviderAnswer): Promise<void> {
  const [intent] = await intentsById(desk.read, [intentId]);
  if (!intent?.cartId || answer.kind === "unknown") return;
  const state = await desk.write((ctx) => applyAnswer(ctx, intent, answer));
  const attemptId = await attemptOfIntent(desk.read, intent.cartId, intentId);
  const attempt = attemptId && (await readAttempt(desk.read, attemptId));
  const handOver = attempt ? null : await handOverOfIntent(desk.read, intentId);
  if (attempt?.state === "charging") await settleAttempt(desk, deps, attempt.id, "find");
  else if (handOver?.state === "charging") await settleHandOver(desk, deps, handOver.id, "find");
  else if (state === "captured") await giveBack(desk, deps, intentId, "answer_too_late");
}

/** What the clock looks after every minute: completions and hand-overs that wait, money without an order, refunds that a provider has not confirmed. */
export const checkoutJobs = (deps: SettleDeps): readonly Job[] => [
  job(
    "checkout.resume",
    async (desk) => {
      for (const id of await attemptsToResume(desk.read)) await settleAttempt(desk, deps, id, "find");
      for (const id of await handOversToResume(desk.read)) await settleHandOver(desk, deps, id, "find");
      for (const id of await intentsLeftOver(desk)) await giveBack(desk, deps, id, "no_order");
      for (const refund of await openRefunds(desk.read, null)) await sendRefund(desk, deps, refund);
    },
    { cron: "* * * * *" },
  ),
  refundJob(deps),
];

/** Intents of completions and hand-overs that failed and whose provider has not said that it took nothing. */
async function intentsLeftOver(desk: Desk): Promise<IntentId[]> {
  const open = await unsettledIntents(desk.read);
  const { rows } = await sql<{ id: IntentId }>`
    select wanted.id from unnest(${open}::uuid[]) as wanted(id)
    where exists (select 1 from checkout.attempt where state = 'failed' and wanted.id = any(intent_ids))`.execute(desk.read.db);
  return [...rows.map(({ id }) => id), ...(await intentsOfFailedHandOvers(desk.read, open))];
}

type RefundPayload = { readonly refundId: Id<"refund"> };

/** Asks the provider to give money back, after the commit that decided it. */
export const refundJob = (deps: SettleDeps): Job<RefundPayload> =>
  job("checkout.refund", async (desk, { refundId }: RefundPayload) => {
    for (const refund of await openRefunds(desk.read, refundId)) await sendRefund(desk, deps, refund);
  });

async function sendRefund(desk: Desk, deps: SettleDeps, { id, intentId, amount, currency }: OpenRefund): Promise<void> {
  const state = await deps.provider.refund({ refundId: id, intentId, amount: { amount, currency } });
  await desk.write((ctx) => settleRefund(ctx, id, state));
}
