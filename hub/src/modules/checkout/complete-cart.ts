import { asId, err, ok, type RecordId, type Result } from "@weft/kernel";
import type { OrderView } from "@weft/contracts";
import {
  BusyError,
  inTransaction,
  problemOf,
  type Ctx,
  type Key,
  type KeptAnswer,
  type StillRunning,
  type StoredAnswer,
  type Surroundings,
} from "../../platform/index.ts";
import { loadCart } from "../carts/index.ts";
import { customerOf, recordsOf } from "../customers/index.ts";
import { failIntents, providerFor } from "../payments/index.ts";
import { markUsedUp } from "../pricing/index.ts";
import { attemptOfKey, beginAttempt, nextLook, type AttemptId, type Taking } from "./attempt.ts";
import { decideCards, declinedBecause, isCard, saleActorOf } from "./complete-sale.ts";
import { chargesAsItLeaves } from "./charges-as-it-leaves.ts";
import type { BroughtGoods, SaleMode, SaleRequest } from "./domain/index.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { deskOn } from "./late-answers.ts";
import { judgeExchange } from "./exchange.ts";
import { prepareSale, type PreparedSale, type SaleTerms } from "./prepare-sale.ts";
import { settleAttempt, type SettleDeps } from "./settle.ts";
import { refusalOf, writeSale, type PlacedSale } from "./write-sale.ts";

export type Completion =
  /** `recordId`: that of the cart, also where nobody is known. */
  | { readonly kind: "placed"; readonly view: OrderView; readonly recordId: RecordId }
  /** The provider has not answered: ask again with the same key, after the payer has been at `actionUrl` where there is one. */
  | { readonly kind: "pending"; readonly actionUrl: string | null }
  | { readonly kind: "refused"; readonly error: CheckoutError }
  /** Answered before, by this call or another with the same key. */
  | { readonly kind: "stored"; readonly stored: StoredAnswer };

/**
 * The one gate from cart to order. Without an outside provider it is one transaction of one read and one write; with one it is two,
 * and the provider is asked between them [CHK-4]. Called again with the same key, also after a crash, it goes on from the state of the
 * cart and its intents, never from the start. `recorded` is for a till whose goods have left already.
 */
export async function completeCart(
  around: Surroundings,
  deps: SettleDeps,
  request: SaleRequest,
  key: Key,
  mode: SaleMode = "live",
): Promise<Completion> {
  const outcome = await inTransaction(around, (ctx) => begin(ctx, deps, request, { key, mode }), {
    key,
    keep: (begun) => answerOf(begun, around.requestId),
  }).catch(busyMeansRunning);
  if (outcome.kind === "replayed") return replayed(around, deps, request, key, outcome.stored);
  const { result } = outcome;
  if (!result.ok) {
    await learnFrom(around, request, result.error);
    return { kind: "refused", error: result.error };
  }
  const begun = result.value;
  if (begun.kind === "placed") return { kind: "placed", view: begun.view, recordId: begun.recordId };
  if (begun.kind === "declined") return { kind: "refused", error: begun.error };
  return settle(around, deps, { ...request, key, attemptId: begun.attemptId, ask: "charge" });
}

/**
 * A promotion that this customer may not use again, and whose cart did not know: it is marked, so that the cart shows its new price
 * [PRC-18]. The refusal itself undid everything.
 */
async function learnFrom(around: Surroundings, { cartId }: SaleRequest, error: CheckoutError): Promise<void> {
  if (error.code !== "pricing.promotion_used_up") return;
  await inTransaction(around, async (ctx) => {
    const cart = await loadCart(ctx, cartId);
    if (!cart) return ok(null);
    const recordIds = await recordsOf(ctx, await customerOf(ctx, cart.recordId));
    await markUsedUp(ctx, asId(error.promotionId), cart.recordId, recordIds); // pricing wrote its id into the error
    return ok(null);
  });
}

/** The request that holds the same key or cart has not ended within the lock timeout. */
function busyMeansRunning(error: unknown): { readonly kind: "replayed"; readonly stored: StoredAnswer } {
  if (error instanceof BusyError) return { kind: "replayed", stored: { kind: "running", resumeAfter: null } };
  throw error;
}

type Begun =
  | ({ readonly kind: "placed" } & PlacedSale & { readonly recordId: RecordId })
  | { readonly kind: "declined"; readonly error: CheckoutError }
  | { readonly kind: "charging"; readonly attemptId: AttemptId; readonly resumeAfter: Date };

type Beginning = { readonly key: Key; readonly mode: SaleMode };

async function begin(ctx: Ctx, deps: SettleDeps, request: SaleRequest, { key, mode }: Beginning): Promise<Result<Begun, CheckoutError>> {
  const actor = saleActorOf(ctx, null);
  if (!actor) return err({ code: "cart.unknown" });
  const terms = { mode, actor, at: ctx.now };
  if (request.brought) return beginExchange(ctx, deps, { ...request, brought: request.brought }, { key, terms });
  const prepared = await prepareSale(ctx, deps.vault, request, terms);
  if (!prepared.ok) return prepared;
  const sale = prepared.value;
  const provider = providerFor(deps, sale.document.entityId);
  const keepsCard = chargesAsItLeaves(sale);
  const cards = keepsCard && sale.tenders.some(isCard) ? OUTSIDE : decideCards(ctx, provider, sale);
  if (cards.kind === "outside") return beginOutside(ctx, { provider: provider.name, keepsCard }, sale, key);
  if (cards.kind === "declined") {
    await failIntents(ctx, sale.cart.id, provider.name, declinedCards(sale), cards.reason);
    return ok({ kind: "declined", error: declinedBecause(cards) });
  }
  const written = await writeSale(ctx, deps.vault, { ...sale, cards: cards.cards });
  return written.ok ? ok({ kind: "placed", ...written.value, recordId: sale.cart.recordId }) : written;
}

function declinedCards({ tenders, assessed }: PreparedSale) {
  return tenders.filter(isCard).map(({ amount }) => ({ amount, currency: assessed.priced.currency }));
}

/** What is charged later is agreed to outside, also by a card that could be charged on the spot. */
const OUTSIDE = { kind: "outside" } as const;

/** What a card pays the difference of [CHK-29]: whoever asks for it here has tried on the spot whether it is decided there. */
async function beginExchange(
  ctx: Ctx,
  deps: SettleDeps,
  request: SaleRequest & { readonly brought: BroughtGoods },
  { key, terms }: { readonly key: Key; readonly terms: SaleTerms },
): Promise<Result<Begun, CheckoutError>> {
  const judged = await judgeExchange(ctx, deps, request, terms);
  if (!judged.ok) return judged;
  const { sale, restocked } = judged.value;
  const provider = providerFor(deps, sale.document.entityId).name;
  return beginOutside(ctx, { provider, keepsCard: false, restocked }, sale, key);
}

async function beginOutside(ctx: Ctx, taking: Taking, sale: PreparedSale, key: Key): Promise<Result<Begun, CheckoutError>> {
  try {
    const attemptId = await beginAttempt(ctx, sale, taking, { credential: key.credential, route: key.route, key: key.key });
    return ok({ kind: "charging", attemptId, resumeAfter: nextLook(ctx.now) });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return err(refusal);
  }
}

function answerOf(begun: Begun, requestId: string): KeptAnswer | StillRunning {
  if (begun.kind === "charging") return { resumeAfter: begun.resumeAfter };
  if (begun.kind === "placed") return { status: 201, response: JSON.stringify(begun.view), recordId: begun.recordId };
  const problem = problemOf(begun.error, CHECKOUT_PROBLEMS[begun.error.code], requestId);
  return { status: problem.status, response: JSON.stringify(problem) };
}

async function replayed(around: Surroundings, deps: SettleDeps, request: SaleRequest, key: Key, stored: StoredAnswer): Promise<Completion> {
  if (stored.kind !== "running") return { kind: "stored", stored };
  const attemptId = await attemptOfKey(deskOn(around).read, request.cartId, key);
  return attemptId ? settle(around, deps, { cartId: request.cartId, key, attemptId, ask: "find" }) : { kind: "stored", stored };
}

type Settling = {
  readonly cartId: SaleRequest["cartId"];
  readonly key: Key;
  readonly attemptId: AttemptId;
  readonly ask: "charge" | "find";
};

async function settle(around: Surroundings, deps: SettleDeps, { key, attemptId, ask }: Settling): Promise<Completion> {
  const settled = await settleAttempt(deskOn(around), deps, attemptId, ask);
  if (settled.kind === "pending") return settled;
  if (settled.kind === "failed") return { kind: "refused", error: settled.error };
  if (settled.view) return { kind: "placed", view: settled.view, recordId: settled.recordId };
  // Somebody else wrote the order and its answer: the key has it now.
  const outcome = await inTransaction<never, null>(around, async () => err(null), { key, keep: () => NOTHING });
  return outcome.kind === "replayed" ? { kind: "stored", stored: outcome.stored } : { kind: "pending", actionUrl: null };
}

const NOTHING: KeptAnswer = { status: 500, response: "" };
