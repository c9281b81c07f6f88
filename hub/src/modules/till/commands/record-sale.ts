import type { TillCommand } from "@weft/contracts";
import {
  asId,
  err,
  ok,
  type CartId,
  type CodedError,
  type CustomerId,
  type LineId,
  type OrderId,
  type PlaceId,
  type RecordId,
  type Result,
  type VariantId,
} from "@weft/kernel";
import { abandonCart, loadCart, openCart } from "../../carts/index.ts";
import {
  completeSale,
  saleActorOf,
  type PlacedSale,
  type SaleActor,
  type SaleRequest,
  type SoldHere,
  type SoldLine,
} from "../../checkout/index.ts";
import { customerOf, openCustomer, recordsOfShownCard, writeRecord } from "../../customers/index.ts";
import { currentRule, isCardOf, readCardToken, recordOfCard } from "../../loyalty/index.ts";
import { documentPlace } from "../../places/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import { cardOfRight, freezeOverspent, type MovedMoney, type WantedTender } from "../../payments/index.ts";
import type { LineReason, PriceListId } from "../../pricing/index.ts";
import type { CommandContext, Done } from "./context.ts";
import { tellUncovered } from "./covered.ts";
import { givenUncovered } from "./given-here.ts";
import { ticketFor } from "./sales.ts";
import { standingShift } from "./shifts.ts";

type Body = Extract<TillCommand, { kind: "sale.record" }>["body"];
/** What was sold, and the act in which it was: an exchange has a sale within. */
type Act = CommandContext & { readonly body: Body };

/**
 * A sale that happened at the register [TIL-20]: order, stock, money, points and ticket in one transaction, at the figures of the register and
 * under the order id that its receipt names. Nothing of it is asked again: a shortage is a stock conflict, another price of ours stands on the
 * order beside theirs. Its ticket is taken where the hub has it; one that the hub never had, or that was closed meanwhile, is opened for it.
 * Errors: the shift's, `cart.changed`, `cart.goods_unknown`.
 */
export async function recordSale(
  act: CommandContext & { readonly command: Extract<TillCommand, { kind: "sale.record" }> },
): Promise<Result<Done, CodedError>> {
  const { ctx, register, command } = act;
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const sold = await bookSale({ ...act, body: command.body });
  return sold.ok ? ok(await ticketFor(act, shift.value, sold.value.orderId)) : sold;
}

/** What else paid for goods that went out for others: money of those, and cash that was given for what had come back before. */
type Exchanged = { readonly moved: readonly MovedMoney[]; readonly more: readonly WantedTender[] };

/** The order of what a register sold, without its ticket. Errors: those of `recordSale`. */
export async function bookSale(act: Act, { moved, more }: Exchanged = { moved: [], more: [] }): Promise<Result<PlacedSale, CodedError>> {
  const { ctx, register } = act;
  const actor = saleActorOf(ctx, register.channelId);
  if (!actor) return err({ code: "till.register_unknown" });
  const buyer = await buyerOf(act, actor);
  const tenders = await tendersOf(act, buyer);
  if (!tenders.ok) return tenders;
  const uncovered = await givenUncovered(act);
  const sold = await sell({ ...act, moved, tenders: [...tenders.value, ...more] }, actor, buyer);
  if (!sold.ok) return sold;
  const { orderId } = sold.value;
  if (uncovered > 0) await tellUncovered(act, "price", { orderId, amount: uncovered, currency: act.body.total.currency });
  if (tenders.value.some(({ kind }) => kind === "gift_card")) await freezeOverspent(ctx, orderId, register.placeId);
  return sold;
}

/**
 * How it was paid. What a gift card or points gave was given by a right that the hub had signed [PAY-52, LOY-40]; without one, nobody knows of which
 * card, and staff must find out.
 */
async function tendersOf(
  { ctx, deps, register, body, at }: Act,
  buyer: RecordId | null,
): Promise<Result<readonly WantedTender[], CodedError>> {
  const tenders: WantedTender[] = [];
  for (const tender of body.tenders) {
    const { kind, amount } = tender;
    if (kind === "gift_card") {
      const cardId = await cardOfRight(deps.signer, tender.right, at);
      if (cardId === null) return err({ code: "gift_card.unknown" });
      tenders.push({ kind, amount, cardId });
    } else if (kind === "points") {
      if (buyer === null || !(await isCardOf(deps, tender.right, buyer, at))) return err({ code: "loyalty.not_a_member" });
      if (!(await paidThen(ctx, register.placeId, at))) return err({ code: "loyalty.no_rate" });
      tenders.push({ kind, amount });
    } else tenders.push(tender);
  }
  return ok(tenders);
}

/** Whether points paid at all by the program that was in force when it was sold: a right may be older than the program's last change. */
async function paidThen(ctx: Ctx, placeId: PlaceId, at: Date): Promise<boolean> {
  const place = await documentPlace(ctx, placeId);
  const rule = place && (await currentRule(ctx, { at, timeZone: place.timeZone }));
  return rule ? rule.terms.paying !== null : false;
}

type Selling = Act & { readonly tenders: readonly WantedTender[]; readonly moved: readonly MovedMoney[] };

async function sell(act: Selling, actor: SaleActor, recordId: RecordId | null): Promise<Result<PlacedSale, CodedError>> {
  const { ctx, deps, body, at } = act;
  const given = asId<CartId>(body.cartId); // ids by the contract, here and below
  const terms = { mode: "recorded", actor, at } as const;
  const cart = await ticketOf(act, given, recordId);
  if (!cart.ok) return cart;
  const sold = await completeSale(ctx, deps, requestOf(act, actor, cart.value), terms);
  if (sold.ok || !NO_TICKET.has(sold.error.code)) return sold;
  const fresh = await newTicket(act, recordId);
  return fresh.ok ? completeSale(ctx, deps, requestOf(act, actor, fresh.value), terms) : fresh;
}

/** The hub has no ticket that this could be the sale of: none at all, one of somebody else, or one that is paid. */
const NO_TICKET: ReadonlySet<string> = new Set(["cart.unknown", "cart.closed", "cart.completing"]);

/** Its own ticket; a new one in its place where the hub's is another customer's, because who bought was said after the cut. */
async function ticketOf(act: Act, id: CartId, recordId: RecordId | null): Promise<Result<CartId, CodedError>> {
  const { ctx } = act;
  if (recordId === null) return ok(id);
  const cart = await loadCart(ctx, id);
  if (cart?.customer?.known && cart.customer.id === (await customerOf(ctx, recordId))) return ok(id);
  if (cart?.state === "open" || cart?.state === "checkout") await abandonCart(ctx, id);
  return newTicket(act, recordId);
}

async function newTicket({ ctx, register }: Act, recordId: RecordId | null): Promise<Result<CartId, CodedError>> {
  const wanted = { placeId: register.placeId, fulfillment: "take_away", operations: [], isTicket: true } as const;
  const opened = await openCart(ctx, { ...wanted, ...(recordId && { recordId }) });
  return opened.ok ? ok(opened.value.stored.id) : opened;
}

/** Who bought it, by the rules of identity; whoever is gone from the hub meanwhile is sold to as nobody known. */
async function buyerOf(act: Act, { channelId }: SaleActor): Promise<RecordId | null> {
  const { ctx, command } = act;
  const { customer } = act.body;
  if (customer === null) return null;
  if (customer.kind === "known") {
    const opened = await openCustomer(ctx, asId<CustomerId>(customer.customerId));
    return opened.ok ? opened.value : null;
  }
  if (customer.kind === "card") return ownerOf(act, customer.shown, new Date(customer.at));
  const { key, givenName, email, phone, locale } = customer;
  const input = {
    externalId: `till ${key}`,
    givenName,
    locale,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  };
  const written = await writeRecord(ctx, {
    channelId,
    input,
    verified: [],
    verifiedBy: "code",
    cause: "till",
    saidAt: new Date(command.at),
  });
  return written.ok ? written.value.recordId : null;
}

/** Whose card was shown, read as it was when it was shown [TIL-40]: a token that has ended since was good then. */
async function ownerOf({ ctx, deps }: Act, shown: string, at: Date): Promise<RecordId | null> {
  const [recordId = null] = await recordsOfShownCard(ctx, shown, {
    recordOfCard,
    readCardToken: (_ctx: unknown, token: string) => readCardToken(deps, token, at),
  });
  return recordId;
}

function requestOf(act: Selling, actor: SaleActor, cartId: CartId): SaleRequest {
  const { register, body, tenders, moved } = act;
  const { dining, total } = body;
  return {
    cartId,
    fulfillment: { kind: "take_away", placeId: register.placeId, dining, dueAt: null },
    tenders,
    expectedTotal: total,
    contact: null,
    moved,
    sold: soldHere(act, actor),
  };
}

function soldHere({ register, body, at }: Act, { channelId, staffId }: SaleActor): SoldHere {
  const { orderId, dining, codes, note, lines, taxes } = body;
  return {
    orderId: asId<OrderId>(orderId),
    dining,
    codes,
    note,
    taxes,
    by: { channelId, channelKind: "store", placeId: register.placeId, staffId, at },
    lines: lines.map(({ id, variantId, listId, because, ...line }): SoldLine => ({
      ...line,
      lineId: asId<LineId>(id),
      variantId: asId<VariantId>(variantId),
      listId: asId<PriceListId>(listId),
      because: because.map(({ kind, data }) => fromBecause(kind, data)),
    })),
  };
}

/** A reason of the price engine, as its `toBecause` wrote it at the register: the same engine in another version of it. */
function fromBecause(kind: string, data: Record<string, unknown> = {}): LineReason {
  return { ...data, kind: kind.replace(/^price\./, "") } as unknown as LineReason; // written by the engine; kept and shown, never computed with
}
