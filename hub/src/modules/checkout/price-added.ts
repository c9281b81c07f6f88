import type { CartOperation } from "@weft/contracts";
import { asId, err, ok, type Id, type LineId, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import {
  applyOperations,
  assessCart,
  loadCart,
  type AssessedCart,
  type LoadedCart,
  type OfferId,
  type OperationFacts,
  type StoredLine,
} from "../carts/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import type { WholeFulfillment } from "../fulfillment/index.ts";
import type { BookEntry, NewOrderLine } from "../orders/index.ts";
import { goodsStates, type DeliveryMethodId } from "../promises/index.ts";
import { isGiftCardLine, planAddedLines, type Worth } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import type { ChangeReader, KeptByLink, WantedLine } from "./prepare-change.ts";

export type Added = {
  readonly cart: LoadedCart | null;
  readonly assessed: AssessedCart | null;
  readonly lines: readonly NewOrderLine[];
};

type Addition = {
  readonly entry: BookEntry;
  readonly target: WholeFulfillment;
  readonly add: readonly WantedLine[];
  readonly removed: readonly Worth[];
  /** Offered by a link: at the prices of then, and held for it already. */
  readonly link: KeptByLink | null;
};

/** Longer than a provider may think: who began to pay in time pays what they were shown. */
const PAYING_MS = 20 * 60_000;

/**
 * What comes to an order [CHK-22], priced as a cart of its own: today's prices, promotions and taxes of the order's channel and place, for the same
 * customer and company. Shipping is paid already. Errors: `order.add_refused`, `order.not_changeable`, `cart.requirements_unmet`,
 * `stock.insufficient`.
 */
export async function priceAdded(ctx: ChangeReader, given: Addition): Promise<Result<Added, CheckoutError>> {
  const cart = await cartOfAdded(ctx, given);
  if (!cart.ok) return cart;
  const { fulfillment, shipment } = given.target;
  const { kind, dining, due_at: dueAt, place_id: placeId } = fulfillment;
  const wanted = { kind, dining, dueAt, methodId: shipment ? asId<DeliveryMethodId>(shipment.method_id) : null };
  const assessed = await assessCart(ctx.snapshots, cart.value, { at: ctx.now, wanted, placeId, handsOverNow: false });
  // The order has its slot; what comes to it travels along.
  const unmet = assessed.requirements.filter(({ code }) => !code.startsWith("promise.slot"));
  const short = unmet.find(({ code }) => code === "stock.insufficient");
  if (short) return err(shortageOf(short.data));
  if (unmet.length > 0) return err({ code: "cart.requirements_unmet", requirements: unmet });
  if (assessed.lines.some(isGiftCardLine)) return err({ code: "order.add_refused", refusal: "gift_card.sold_alone", data: {} });
  const behind = Math.max(0, ...given.entry.lines.map(({ position }) => position));
  return ok({ cart: cart.value, assessed, lines: planAddedLines(assessed, behind) });
}

function shortageOf(data: Record<string, unknown> | undefined): CheckoutError {
  // The data of this requirement, as carts writes it.
  const { variantId, requested, available } = data as { variantId: VariantId; requested: number; available: number };
  return { code: "stock.insufficient", variantId, requested, available };
}

/** The cart that the order was, emptied of what it held and filled with what is to come to it. */
async function cartOfAdded(ctx: ChangeReader, given: Addition): Promise<Result<LoadedCart, CheckoutError>> {
  const { order } = given.entry;
  const { fulfillment, shipment } = given.target;
  const bought = order.cart_id && (await loadCart(ctx, order.cart_id));
  if (!bought) return err({ code: "order.not_changeable", because: "history" });
  const empty: LoadedCart = {
    ...bought,
    state: "open",
    sellingChannelId: order.channel_id,
    placeId: fulfillment.place_id,
    address: shipment?.address ?? null,
    codes: [],
    rewards: [],
    lines: [],
    holds: [],
    holders: [],
    earlier: null,
    ...pricesOf(given.link),
  };
  const drafted = await draftedLines(ctx, empty, given);
  return drafted.ok ? ok({ ...empty, lines: await withStock(ctx, asOffered(drafted.value, given.link), given) }) : drafted;
}

/** As of when it is priced: today, or when it was offered by a link [CHK-27], so that a promotion that ends meanwhile still holds. */
function pricesOf(link: KeptByLink | null): Pick<LoadedCart, "offer" | "pricesUntil"> {
  if (!link) return { offer: null, pricesUntil: null };
  const until = new Date(link.until);
  const offer = { id: asId<OfferId>(link.id), kind: "link", number: "", mayChange: false, holdsStock: true } as const;
  return { offer: { ...offer, at: new Date(link.madeAt), until }, pricesUntil: payableUntil(link) };
}

const payableUntil = ({ until }: KeptByLink): Date => new Date(new Date(until).getTime() + PAYING_MS);

function asOffered(lines: readonly StoredLine[], link: KeptByLink | null): readonly StoredLine[] {
  if (!link) return lines;
  return lines.map((line) => {
    const price = link.lines.find(({ id }) => id === line.id)?.price;
    return price ? { ...line, priceHold: { ...price, cap: payableUntil(link) } } : line;
  });
}

async function draftedLines(
  ctx: ChangeReader,
  empty: LoadedCart,
  { add, link }: Pick<Addition, "add" | "link">,
): Promise<Result<readonly StoredLine[], CheckoutError>> {
  const operations = add.map(({ sku, quantity, options }): CartOperation => ({
    id: ctx.newId<Id<"operation">>(),
    kind: "add",
    sku,
    quantity,
    options: [...options],
  }));
  const draft = applyOperations(empty, operations, await factsOf(ctx, empty, link));
  const refusal = draft.outcomes.find(({ outcome }) => outcome === "refused")?.refusal;
  return refusal ? err({ code: "order.add_refused", refusal: refusal.code, data: refusal.data }) : ok(draft.lines);
}

/** Only goods are added: nothing else of a cart can be asked of an order. */
async function factsOf(ctx: ChangeReader, cart: LoadedCart, link: KeptByLink | null): Promise<OperationFacts> {
  const offered = [...(link?.lines ?? [])];
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const { channelId, placeId, staff } = ctx.actor;
  const from = channelId ?? cart.sellingChannelId;
  return {
    goods: await ctx.snapshots.current(catalogSnapshot),
    adder: {
      channelId: from,
      channelKind: channels.get(from)?.kind ?? cart.channelKind,
      placeId,
      staffId: staff?.id ?? null,
      at: ctx.now,
    },
    newLineId: () => offered.shift()?.id ?? ctx.newId<LineId>(),
    recordFor: () => undefined,
    companyFor: () => undefined,
    isStore: () => true,
    mayCollectAt: () => false,
    whyNoReward: () => undefined,
  };
}

/** With what the place has of them, what the same change leaves there, and what its link holds: there is as much of that as was offered. */
async function withStock(
  ctx: ChangeReader,
  lines: readonly StoredLine[],
  { entry, target, removed, link }: Addition,
): Promise<StoredLine[]> {
  const placeId: PlaceId = target.fulfillment.place_id;
  const stateAt = await goodsStates(
    ctx,
    lines.map(({ variantId }) => variantId),
    [placeId],
  );
  const freed = (variantId: VariantId) =>
    removed.reduce((sum, { orderLineId, quantity }) => {
      const line = entry.lines.find(({ id }) => id === orderLineId);
      return line?.variant_id === variantId && target.lines.some(({ order_line_id }) => order_line_id === orderLineId)
        ? sum + quantity
        : sum;
    }, 0);
  const held = (variantId: VariantId) =>
    link ? lines.reduce((sum, line) => (line.variantId === variantId ? sum + line.quantity : sum), 0) : 0;
  return lines.map((line) => {
    const { available, soldOut } = stateAt(line.variantId, placeId);
    const own = freed(line.variantId) + held(line.variantId);
    return { ...line, available: available === null ? null : Math.max(0, available) + own, soldOut: soldOut !== null };
  });
}
