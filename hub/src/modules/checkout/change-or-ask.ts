import { err, ok, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import {
  BusyError,
  inTransaction,
  type Ctx,
  type Key,
  type KeptAnswer,
  type StillRunning,
  type StoredAnswer,
  type Surroundings,
} from "../../platform/index.ts";
import { planTenders, providerFor, type CardTakers, type PaymentProvider, type WantedTender } from "../payments/index.ts";
import type { AskDeps } from "./ask-for-money.ts";
import { nextLook } from "./attempt.ts";
import { beginChange, changeOfKey, isChangePaid, type ChangeAttemptId } from "./change-attempt.ts";
import { changeOrder, differenceOf, type ChangeDeps } from "./change-order.ts";
import type { CheckoutError } from "./errors.ts";
import { deskOn } from "./late-answers.ts";
import { isOffered } from "./pay-difference.ts";
import { prepareChange, type ChangeWish, type PreparedChange } from "./prepare-change.ts";
import { settleChange } from "./settle-change.ts";

export type Changing<View> =
  | { readonly kind: "changed"; readonly view: View }
  /** The provider has not answered: ask again with the same key, after the payer has been at `actionUrl` where there is one. */
  | { readonly kind: "pending"; readonly actionUrl: string | null }
  | { readonly kind: "refused"; readonly error: CheckoutError }
  /** Answered before, by this call or another with the same key. */
  | { readonly kind: "stored"; readonly stored: StoredAnswer };

export type Change<View> = {
  readonly orderId: OrderId;
  readonly wish: ChangeWish;
  readonly returnPath: string | null;
  /** Why it is not begun, asked under the order's lock; a call that has begun it before goes on all the same. */
  readonly mayBegin?: (ctx: Ctx) => Promise<CheckoutError | null>;
  /** Kept with the change, such as its audit; and the order as it stands then, for the answer. */
  readonly after: (ctx: Ctx) => Promise<Result<View, CheckoutError>>;
};

type Deps = AskDeps & ChangeDeps & CardTakers;

/**
 * Changes an order, and takes what it costs more: on the spot in one transaction, or by a card whose bank is asked in between [CHK-26]. Called again
 * with the same key, also after a crash, it goes on from the state of the attempt, never from the start.
 */
export async function changeOrAsk<View>(around: Surroundings, deps: Deps, change: Change<View>, key: Key): Promise<Changing<View>> {
  const outcome = await inTransaction(around, (ctx) => begin(ctx, deps, change, key), { key, keep: answerOf }).catch(busyMeansRunning);
  if (outcome.kind === "replayed") return replayed(around, deps, change, key, outcome.stored);
  const { result } = outcome;
  if (!result.ok) return { kind: "refused", error: result.error };
  const begun = result.value;
  return begun.kind === "charging" ? settle(around, deps, change, begun.attemptId, "charge") : begun;
}

/** The request that holds the same key or order has not ended within the lock timeout. */
function busyMeansRunning(error: unknown): { readonly kind: "replayed"; readonly stored: StoredAnswer } {
  if (error instanceof BusyError) return { kind: "replayed", stored: { kind: "running", resumeAfter: null } };
  throw error;
}

type Begun<View> =
  | { readonly kind: "changed"; readonly view: View }
  | { readonly kind: "charging"; readonly attemptId: ChangeAttemptId; readonly resumeAfter: Date };

async function begin<View>(ctx: Ctx, deps: Deps, change: Change<View>, key: Key): Promise<Result<Begun<View>, CheckoutError>> {
  const { orderId, wish } = change;
  if (change.mayBegin) {
    await sql`select orders.lock(${orderId})`.execute(ctx.db);
    const refusal = await change.mayBegin(ctx);
    if (refusal) return err(refusal);
  }
  if (wish.tenders.some(({ kind }) => kind === "card")) {
    await sql`select orders.lock(${orderId})`.execute(ctx.db);
    const prepared = await prepareChange(ctx, orderId, wish);
    if (!prepared.ok) return prepared;
    if (await isChangePaid(ctx, orderId)) return err({ code: "order.being_paid" });
    const provider = providerFor(deps, prepared.value.document.entityId);
    if (differenceOf(prepared.value).amount > 0 && isAskedOutside(ctx, provider, prepared.value, wish.tenders))
      return beginOutside(ctx, provider, prepared.value, change, key);
  }
  const changed = await changeOrder(ctx, deps, orderId, wish);
  if (!changed.ok) return changed;
  const view = await change.after(ctx);
  return view.ok ? ok({ kind: "changed", view: view.value }) : view;
}

/** Whether the provider does not decide about one of the cards by itself, without any I/O. */
function isAskedOutside(ctx: Ctx, provider: PaymentProvider, prepared: PreparedChange, tenders: readonly WantedTender[]): boolean {
  const amount = differenceOf(prepared);
  return tenders.some(
    (tender) =>
      tender.kind === "card" && (provider.decideInline?.({ intentId: ctx.newId(), token: tender.token, amount }) ?? null) === null,
  );
}

async function beginOutside<View>(
  ctx: Ctx,
  provider: PaymentProvider,
  prepared: PreparedChange,
  { wish, returnPath }: Change<View>,
  { credential, route, key }: Key,
): Promise<Result<Begun<View>, CheckoutError>> {
  const difference = differenceOf(prepared);
  const { expectedDifference: expected } = wish;
  if (expected && (expected.amount !== difference.amount || expected.currency !== difference.currency))
    return err({ code: "order.difference_changed", expected, difference });
  const tenders = planTenders(difference, wish.tenders);
  if (!tenders.ok) return tenders;
  const refused = tenders.value.find(({ kind }) => !isOffered(prepared, kind));
  if (refused) return err({ code: "payment.method_not_offered", kind: refused.kind });
  const attemptId = await beginChange(ctx, {
    prepared,
    // What is paid is paid for this version of the order, whatever the caller named.
    wish: { ...wish, version: prepared.entry.order.version, expectedDifference: difference },
    tenders: tenders.value,
    provider: provider.name,
    returnPath,
    key: { credential, route, key },
  });
  return ok({ kind: "charging", attemptId, resumeAfter: nextLook(ctx.now) });
}

function answerOf<View>(begun: Begun<View>): KeptAnswer | StillRunning {
  return begun.kind === "charging" ? { resumeAfter: begun.resumeAfter } : { status: 200, response: JSON.stringify(begun.view) };
}

async function replayed<View>(
  around: Surroundings,
  deps: Deps,
  change: Change<View>,
  key: Key,
  stored: StoredAnswer,
): Promise<Changing<View>> {
  if (stored.kind !== "running") return { kind: "stored", stored };
  const attemptId = await changeOfKey(deskOn(around).read, change.orderId, key);
  return attemptId ? settle(around, deps, change, attemptId, "find") : { kind: "stored", stored };
}

/** Whoever comes by with the key is answered from the order as it stands: also when a late answer or the clock has written the change. */
async function settle<View>(
  around: Surroundings,
  deps: Deps,
  change: Change<View>,
  attemptId: ChangeAttemptId,
  ask: "charge" | "find",
): Promise<Changing<View>> {
  const desk = deskOn(around);
  const settled = await settleChange(desk, deps, attemptId, ask);
  if (settled.kind === "pending") return settled;
  if (settled.kind === "failed") return { kind: "refused", error: settled.error };
  const view = await desk.write(change.after);
  return view.ok ? { kind: "changed", view: view.value } : { kind: "refused", error: view.error };
}
