import { businessDate, err, ok, type BusinessDate, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Vault } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { assessCart, elsewhereOf, loadCart, mayUseCart, type AssessedCart, type GoodsLookup, type LoadedCart } from "../carts/index.ts";
import { currentRule, earnStanding, programNow, waitingReferralOf } from "../loyalty/index.ts";
import { judgeValues, planTenders } from "../payments/index.ts";
import { documentPlace, placeOf } from "../places/index.ts";
import { BUYERS, goodsCategories } from "../pricing/index.ts";
import { promisingNow } from "../promises/index.ts";
import {
  asSold,
  cartAsSold,
  giftCardsEnd,
  handsOverNow,
  judgeGiftCards,
  judgeSale,
  unknownGoods,
  type SaleActor,
  type SaleFacts,
  type SaleMode,
  type SaleRequest,
  type SoldHere,
} from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { judgeOffered, mayOrderForCompany } from "./offered.ts";
import { judgePointsTender } from "./points-tender.ts";
import { judgeTopUps } from "./top-ups.ts";

/** A sale that may be written: all is known but what its cards were answered. */
export type PreparedSale = Omit<SaleFacts, "cards">;

export type SaleTerms = {
  readonly mode: SaleMode;
  readonly actor: SaleActor;
  /** When it happens; for a recorded sale, when it happened. */
  readonly at: Date;
  /** An attempt goes on: the cart is `completing`, and the right to complete it was checked when it began. */
  readonly isResumed?: boolean;
};

/**
 * Reads the cart in one statement and judges it as it would be ordered; nothing is locked, the write is guarded by the version read.
 * Errors: `cart.unknown`, `cart.closed`, `cart.completing`, those of `judgeSale`, of tenders and of `judgeValues`.
 */
export async function prepareSale(
  ctx: Ctx,
  vault: Vault,
  request: SaleRequest,
  terms: SaleTerms,
): Promise<Result<PreparedSale, CheckoutError>> {
  const { sold } = request;
  const opened = await openCartOf(ctx, request, terms);
  const cart = opened.ok && sold ? await withSold(ctx, opened.value, sold) : opened;
  if (!cart.ok) return cart;
  if (!terms.isResumed && !sold) {
    const offered = judgeOffered(ctx, cart.value, request);
    if (!offered.ok) return offered;
    if (!(await mayOrderForCompany(ctx, cart.value))) return err({ code: "company.may_not_order" });
  }
  const { kind, dining, dueAt, inSlot = false } = request.fulfillment;
  // What is shipped leaves from the place that the cart was promised from, whatever store somebody looked at.
  const placeId = (kind === "ship" ? null : request.fulfillment.placeId) ?? cart.value.placeId;
  // Lines that go their own way do so however the rest is handed over; what is shipped as a whole has none.
  const elsewhere = kind === "ship" ? undefined : cart.value.wanted?.elsewhere;
  const methodId = kind === "ship" || elsewhere ? (cart.value.wanted?.methodId ?? null) : null;
  const seen = placeId === null || placeId === cart.value.placeId ? cart.value : await asSeenFrom(ctx, cart.value, placeId);
  const atPlace = terms.mode === "recorded" ? withOpenPurse(seen) : seen;
  const computed = await assessCart(ctx.snapshots, atPlace, {
    at: terms.at,
    ...(sold && { goods: await goodsEver(ctx) }),
    wanted: { kind, dining, dueAt, methodId, inSlot, ...(elsewhere && { elsewhere }) },
    placeId,
    handsOverNow: handsOverNow(terms.actor, { kind }),
  });
  const assessed = sold ? asSold(computed, sold) : computed;
  const document = placeId === null ? undefined : await documentPlace(ctx, placeId);
  const place = placeId === null ? undefined : await placeOf(ctx, placeId);
  if (placeId === null || !document || !place) return err({ code: "cart.requirements_unmet", requirements: assessed.requirements });
  const fulfillment = { ...request.fulfillment, placeId };
  const judged = judgeSale(terms.isResumed ? withHeldTimes(assessed) : assessed, {
    ...terms,
    ...request,
    fulfillment,
    credit: cart.value.company?.credit ?? null,
  });
  if (!judged.ok) return err(slotRefusal(judged.error));
  const tenders = planTenders(
    toPay(request),
    request.tenders,
    terms.mode === "recorded" ? null : place.settings.cashRounding,
    takesTips(terms, kind, place.settings.tipPercents),
  );
  if (!tenders.ok) return tenders;
  const giftCards = judgeGiftCards({ lines: goodsOf(assessed), tenders: tenders.value });
  if (!giftCards.ok) return giftCards;
  const toppedUp = await judgeTopUps(ctx, atPlace, {
    ...terms,
    currency: request.expectedTotal.currency,
    most: place.settings.giftCardMost,
  });
  if (!toppedUp.ok) return toppedUp;
  const paying = await judgeValues(ctx, vault, tenders.value, {
    recordId: atPlace.customer?.known ? atPlace.recordId : null,
    currency: request.expectedTotal.currency,
    mayNameCards: ctx.actor.staff !== null || (terms.isResumed ?? false) || sold !== undefined,
    hasHappened: sold !== undefined,
  });
  if (!paying.ok) return paying;
  const { mode, at, actor } = terms;
  const inPoints = await judgePointsTender(ctx, paying.value, {
    cart: atPlace,
    total: request.expectedTotal,
    mode,
    timeZone: document.timeZone,
  });
  if (!inPoints.ok) return inPoints;
  const soldOn = businessDate(at, document.timeZone, document.dayEnd);
  return ok({
    request,
    fulfillment,
    mode,
    at,
    actor,
    cart: atPlace,
    assessed,
    ...(sold && { computedTotal: computed.priced.totals.total }),
    tenders: paying.value,
    giftCardMost: place.settings.giftCardMost,
    giftCardsUntil: giftCardsEnd(place.settings.giftCardMonths, soldOn, document.timeZone),
    promising: await promisingNow(ctx.snapshots, place, terms.at, atPlace.id),
    document: { ...document, businessDate: soldOn },
    program: atPlace.customer?.known
      ? await programFor(ctx, atPlace, { today: soldOn, timeZone: document.timeZone, soldAt: sold ? terms.at : null })
      : null,
  });
}

/** The cart as a register sold it [CHK-60]. Errors: `cart.goods_unknown`. */
async function withSold(ctx: Ctx, cart: LoadedCart, sold: SoldHere): Promise<Result<LoadedCart, CheckoutError>> {
  const goods = await goodsEver(ctx);
  const unknown = unknownGoods(sold, goods);
  return unknown.length > 0 ? err({ code: "cart.goods_unknown", variantIds: unknown }) : ok(cartAsSold(cart, sold, goods));
}

/** What was sold may have left the range since. */
async function goodsEver(ctx: Pick<Ctx, "snapshots">): Promise<GoodsLookup> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return { bySku: (sku) => catalog.bySku(sku), byVariant: (id) => catalog.everByVariant(id) };
}

/**
 * How the sale earns, and what its bonuses ask of the member, of whom nothing is asked where none does [LOY-14]. `soldAt` is when a register sold it
 * without the hub: the rule of that moment counts, whatever was decided since [LOY-41].
 */
async function programFor(
  ctx: Ctx,
  { recordId, customerGroups }: LoadedCart,
  { today, timeZone, soldAt }: { readonly today: BusinessDate; readonly timeZone: string; readonly soldAt: Date | null },
): Promise<SaleFacts["program"]> {
  const now = await programNow(ctx, { timeZone });
  if (!now) return null;
  const program = soldAt ? { ...now, rule: (await currentRule(ctx, { at: soldAt, timeZone })) ?? now.rule } : now;
  const standing = await earnStanding(ctx, recordId, program.rule.bonuses, today);
  // Who brought them counts for a first order, where the program says so: nothing is asked for any other.
  const mayBeThanked = program.rule.terms.referral !== null && !customerGroups.includes(BUYERS);
  const referral = mayBeThanked ? await waitingReferralOf(ctx, recordId, today) : null;
  return { ...program, standing, referral, categoriesOf: goodsCategories(await ctx.snapshots.current(catalogSnapshot)) };
}

/** What was taken in time, a slot or the time of a service, is held while its payment is asked for: that this takes a while does not make it too late. */
function withHeldTimes(assessed: AssessedCart): AssessedCart {
  return {
    ...assessed,
    requirements: assessed.requirements.filter(({ code }) => !HELD_IN_TIME.has(code)),
  };
}

/** Whether there is room is for the write to say. */
const HELD_IN_TIME: ReadonlySet<string> = new Set(["promise.slot_too_soon", "promise.slot_full", "booking.lapsed"]);

/** Room that a cart held and lost to others is refused as when others are faster, with the next slot that has room [PRM-25]. */
function slotRefusal(error: CheckoutError): CheckoutError {
  if (error.code !== "cart.requirements_unmet" || error.requirements.length > 1) return error;
  const { code, data: { startsAt, nextAt, nextSlotId } = {} } = error.requirements[0] ?? {};
  if (code !== "promise.slot_full" || typeof startsAt !== "string") return error;
  return { code, startsAt, ...(typeof nextAt === "string" && typeof nextSlotId === "string" && { nextAt, nextSlotId }) };
}

const goodsOf = ({ lines }: AssessedCart) => lines.map(({ taxClass, priced }) => ({ taxClass, total: priced?.total ?? 0 }));

/**
 * A tip is taken at a counter, with the goods [PAY-44], and in the shop for what a store hands over [PAY-46]; one that was given already counts
 * whatever the place says by now.
 */
const takesTips = ({ actor, mode, isResumed = false }: SaleTerms, kind: SaleRequest["fulfillment"]["kind"], percents: string): boolean =>
  (actor.isAtTill ? handsOverNow(actor, { kind }) : kind !== "ship") && (mode === "recorded" || isResumed || percents !== "");

/** What the tenders pay: less what goods that came back in the same act pay. */
function toPay({ expectedTotal, moved = [] }: SaleRequest): SaleRequest["expectedTotal"] {
  return { ...expectedTotal, amount: moved.reduce((rest, { amount }) => rest - amount, expectedTotal.amount) };
}

async function openCartOf(ctx: Ctx, { cartId }: SaleRequest, { isResumed = false }: SaleTerms): Promise<Result<LoadedCart, CheckoutError>> {
  const cart = await loadCart(ctx, cartId);
  if (!cart || !(isResumed || mayUseCart(ctx.actor, cart))) return err({ code: "cart.unknown" });
  if (cart.state === "completing") return isResumed ? ok(cart) : err({ code: "cart.completing" });
  if (cart.state === "open" || cart.state === "checkout") return ok(cart);
  return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
}

/** What a sale that happened gave for points was given: the ledger takes what is there, and says what the house lost. */
function withOpenPurse(cart: LoadedCart): LoadedCart {
  return cart.rewards.length === 0 ? cart : { ...cart, purse: { points: Number.MAX_SAFE_INTEGER, isHome: true } };
}

/** The cart with what another place than its own has of each line: completion may name its place itself. */
export async function asSeenFrom(ctx: Pick<Ctx, "db">, cart: LoadedCart, placeId: PlaceId): Promise<LoadedCart> {
  const { rows } = await sql<{ variantId: VariantId; available: number | null; soldOut: boolean }>`
    select v as "variantId", stock.available_at(v, ${placeId}) as available, catalog.is_sold_out(v, ${placeId}) as "soldOut"
    from unnest(${cart.lines.map(({ variantId }) => variantId)}::uuid[]) as v`.execute(ctx.db);
  const found = new Map(rows.map((row) => [row.variantId, row]));
  return {
    ...cart,
    lines: cart.lines.map((line) => {
      // What another place gives is asked of that one.
      if (elsewhereOf(cart.wanted, line.id)) return line;
      const { available = null, soldOut = false } = found.get(line.variantId) ?? {};
      return { ...line, available, soldOut };
    }),
  };
}
