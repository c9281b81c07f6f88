import { ok, type Id, type IntentId } from "@weft/kernel";
import { sql } from "kysely";
import { contextOf, dbOn, inTransaction, job, type Job, type Surroundings } from "../../platform/index.ts";
import {
  applyAnswer,
  intentsById,
  openCaptures,
  openRefunds,
  unsettledIntents,
  type OpenRefund,
  type ProviderAnswer,
} from "../payments/index.ts";
import { handOverOfIntent, handOversToResume, intentsOfFailedHandOvers } from "../fulfillment/index.ts";
import { giveBack, mustKnow, type Desk } from "./ask-for-money.ts";
import { authorizationsJob, captureJob, endAuthorization, sendCaptures } from "./capture-at-hand-over.ts";
import { attemptOfIntent, attemptsToResume, readAttempt } from "./attempt.ts";
import { endOverdueLinks } from "./change-links/end.ts";
import { changeOfIntent, changesToResume, intentsOfFailedChanges } from "./change-attempt.ts";
import { keptCardJob } from "./due/kept-card.ts";
import { settleDue } from "./due/settle.ts";
import { dueOfIntent, duesToResume, intentsOfFailedDues } from "./due/stored.ts";
import { keepRefundAnswer } from "./refunds.ts";
import { settleChange } from "./settle-change.ts";
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
  const change = attempt || handOver ? null : await changeOfIntent(desk.read, intentId);
  const due = attempt || handOver || change ? null : await dueOfIntent(desk.read, intentId);
  if (attempt?.state === "charging") await settleAttempt(desk, deps, attempt.id, "find");
  else if (handOver?.state === "charging") await settleHandOver(desk, deps, handOver.id, "find");
  else if (change?.state === "charging") await settleChange(desk, deps, change.id, "find");
  else if (due?.state === "charging") await settleDue(desk, deps, due.id, "find");
  else if (state === "voided" && intent.orderId !== null) await endAuthorization(desk, deps, intent.orderId, intentId);
  else if (state === "captured" || state === "authorized") await giveBack(desk, deps, intentId, "answer_too_late");
}

/** What the clock looks after every minute: completions, hand-overs, changes and payments of what is due that wait, links that are over, money without an order, refunds that a provider has not confirmed. */
export const checkoutJobs = (deps: SettleDeps): readonly Job[] => [
  job(
    "checkout.resume",
    async (desk) => {
      await each(desk, await attemptsToResume(desk.read), (id) => settleAttempt(desk, deps, id, "find"));
      await each(desk, await handOversToResume(desk.read), (id) => settleHandOver(desk, deps, id, "find"));
      await each(desk, await changesToResume(desk.read), (id) => settleChange(desk, deps, id, "find"));
      await each(desk, await duesToResume(desk.read), (id) => settleDue(desk, deps, id, "find"));
      await endOverdueLinks(desk);
      await each(desk, await intentsLeftOver(desk), (id) => giveBack(desk, deps, id, "no_order"));
      await each(desk, await openRefunds(desk.read, null), (refund) => sendRefund(desk, deps, refund));
      await each(desk, await openCaptures(desk.read, null), ({ id }) => sendCaptures(desk, deps, id));
    },
    { cron: "* * * * *" },
  ),
  refundJob(deps),
  captureJob(deps),
  keptCardJob(deps),
  authorizationsJob(deps),
];

/** One whose provider is away, or whose account is gone, keeps none of the others waiting: it is asked for again in a minute. */
async function each<T>(desk: Desk, waiting: readonly T[], settle: (one: T) => Promise<unknown>): Promise<void> {
  for (const one of waiting)
    await settle(one).catch((error: unknown) =>
      desk.read.log.error({ err: error }, "what waits for a payment provider could not be settled"),
    );
}

/** Intents of completions, hand-overs and changes that failed and whose provider has not said that it took nothing. */
async function intentsLeftOver(desk: Desk): Promise<IntentId[]> {
  const open = await unsettledIntents(desk.read);
  const { rows } = await sql<{ id: IntentId }>`
    select wanted.id from unnest(${open}::uuid[]) as wanted(id)
    where exists (select 1 from checkout.attempt where state = 'failed' and wanted.id = any(intent_ids))`.execute(desk.read.db);
  const ofOthers = [
    ...(await intentsOfFailedHandOvers(desk.read, open)),
    ...(await intentsOfFailedChanges(desk.read, open)),
    ...(await intentsOfFailedDues(desk.read, open)),
  ];
  return [...rows.map(({ id }) => id), ...ofOthers];
}

type RefundPayload = { readonly refundId: Id<"refund"> };

/** Asks the provider to give money back, after the commit that decided it. */
export const refundJob = (deps: SettleDeps): Job<RefundPayload> =>
  job("checkout.refund", (desk, { refundId }: RefundPayload) => sendRefundNow(desk, deps, refundId));

/** Asks for a refund, or what became of it: by the job, and when its provider says that something has. */
export async function sendRefundNow(desk: Desk, deps: SettleDeps, id: Id<"refund">): Promise<void> {
  for (const refund of await openRefunds(desk.read, id)) await sendRefund(desk, deps, refund);
}

async function sendRefund(desk: Desk, deps: SettleDeps, refund: OpenRefund): Promise<void> {
  const { id, attempt, intentId, amount, currency } = refund;
  const state = await mustKnow(deps, refund).refund({ refundId: id, attempt, intentId, amount: { amount, currency } });
  await desk.write((ctx) => keepRefundAnswer(ctx, refund, state));
}
