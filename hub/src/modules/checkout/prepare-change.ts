import { err, ok, type Id, type LineId, type Money, type OrderId, type Result } from "@weft/kernel";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import type { AssessedCart, LoadedCart, PriceHold } from "../carts/index.ts";
import { fulfillmentsOf, mayChange, type WholeFulfillment } from "../fulfillment/index.ts";
import { readOrder, taxesWith, type BookEntry, type NewOrderLine, type NewReach } from "../orders/index.ts";
import { documentPlace, type DocumentPlace } from "../places/index.ts";
import { addressProblems, tidyAddress, type DeliveryAddress } from "../promises/index.ts";
import type { WantedTender } from "../payments/index.ts";
import { mayCancel, stateOf } from "./cancel-order.ts";
import { closedBy, isOpenToChange, planRemoval, worthOf, type PlannedRemoval, type Worth } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { priceAdded, type Added } from "./price-added.ts";
import { roomForAdded, type RoomOfChange } from "./room-of-change.ts";
import { stageOf } from "./stage-of.ts";
import { planSwitch, type PlannedSwitch, type WantedWay } from "./switch-way.ts";

export type WantedLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly options: readonly { readonly group: string; readonly value: string }[];
};

export type ChangeLinkId = Id<"change link">;

/** A change that is paid by a link [CHK-27]: what comes has the ids, and the prices, that it was offered with. Moments in ISO 8601, as they are kept. */
export type KeptByLink = {
  readonly id: ChangeLinkId;
  readonly madeAt: string;
  readonly until: string;
  readonly lines: readonly { readonly id: LineId; readonly price: Omit<PriceHold, "cap"> | null }[];
};

/** What somebody wants to be different about an order. */
export type ChangeWish = {
  readonly remove: readonly { readonly orderLineId: LineId; readonly quantity: number }[];
  readonly add: readonly WantedLine[];
  readonly address: DeliveryAddress | null;
  readonly contact: NewReach | null;
  /** Fetched instead of sent, or the other way round; comes alone. */
  readonly way?: WantedWay | null;
  readonly reason: string | null;
  readonly tenders: readonly WantedTender[];
  /** What the one who pays was shown: more to pay, or less when it is negative. */
  readonly expectedDifference: Money | null;
  /** Of the order that was shown; null: whatever it is now. */
  readonly version: number | null;
  /** The link that it is paid by; none: it is paid by whoever asks. */
  readonly link?: KeptByLink | null;
};

const NOTHING_ADDED: Added = { cart: null, assessed: null, lines: [] };

/** A change as it would be written, judged against the order as it stands. */
export type PreparedChange = {
  readonly entry: BookEntry;
  readonly parts: readonly WholeFulfillment[];
  /** What comes to an order is prepared with this part of it; undefined where nothing comes. */
  readonly target: WholeFulfillment | undefined;
  readonly removal: PlannedRemoval;
  readonly removed: readonly Worth[];
  readonly cart: LoadedCart | null;
  readonly assessed: AssessedCart | null;
  readonly lines: readonly NewOrderLine[];
  /** The room for what comes, where it is counted. */
  readonly room: RoomOfChange | null;
  readonly taxes: BookEntry["order"]["taxes"];
  /** Where the address goes. */
  readonly readdressed: readonly WholeFulfillment[];
  /** How it is wanted instead. */
  readonly switched: PlannedSwitch | null;
  readonly addedTotal: number;
  readonly removedTotal: number;
  readonly document: DocumentPlace;
};

export type OrderReader = Pick<ReadCtx, "db" | "snapshots" | "actor">;
export type ChangeReader = OrderReader & Pick<Ctx, "newId" | "now">;

/**
 * Judges a change of an order as it stands [CHK-21]: what has begun closes what it is about, further goods are priced as they are sold today by the
 * order's channel, and what goes counts as it was paid for. The caller who writes holds the order's lock.
 * Errors: `order.unknown`, `order.not_changeable`, `order.nothing_changed`, `order.change_closed`, `order.units_gone`,
 * `order.version_differs`, `order.add_refused`, `order.address_refused`, `order.way_refused`, `cart.requirements_unmet`, `stock.insufficient`,
 * `order.no_room`.
 */
export async function prepareChange(ctx: ChangeReader, orderId: OrderId, wish: ChangeWish): Promise<Result<PreparedChange, CheckoutError>> {
  const entry = await changeableOrder(ctx, orderId);
  if (!entry.ok) return entry;
  const parts = await fulfillmentsOf(ctx, orderId);
  const stages = parts.map(stageOf);
  if (wish.way) return prepareSwitch(ctx, entry.value, parts, { ...wish, way: wish.way });
  const open = parts.filter(({ fulfillment }) => isOpenToChange(fulfillment));
  // What is there does not wait with what is not.
  const target = wish.add.length > 0 ? (open.find(({ fulfillment }) => fulfillment.awaits_on === null) ?? open[0]) : undefined;
  const last = stages.at(-1);
  if (wish.add.length > 0 && !target) return err(last ? closedBy(last, null) : { code: "order.not_changeable", because: "handed_over" });
  const removal = planRemoval(stages, wish.remove, target?.fulfillment.id ?? null);
  if (!removal.ok) return removal;
  const readdressed = readdress(parts, wish.address);
  if (!readdressed.ok) return readdressed;
  if (wish.remove.length + wish.add.length === 0 && !wish.address && !wish.contact) return err({ code: "order.nothing_changed" });
  if (wish.version !== null && wish.version !== entry.value.order.version)
    return err({ code: "order.version_differs", version: entry.value.order.version });
  const placeId = (target ?? parts[0])?.fulfillment.place_id ?? entry.value.order.place_id;
  const document = placeId === null ? undefined : await documentPlace(ctx, placeId);
  if (!document) return err({ code: "order.not_changeable", because: "history" });
  const removed = worthOfRemoved(entry.value, removal.value);
  const added = target
    ? await priceAdded(ctx, { entry: entry.value, target, add: wish.add, removed, link: wish.link ?? null })
    : ok(NOTHING_ADDED);
  if (!added.ok) return added;
  const { cart, assessed, lines } = added.value;
  const off = target ? (removal.value.get(target.fulfillment.id) ?? []) : [];
  const room = target ? await roomForAdded(ctx, { target, off, added: lines }, assessed?.promise?.promiseAt ?? null) : ok(null);
  if (!room.ok) return room;
  return ok({
    entry: entry.value,
    parts,
    target,
    removal: removal.value,
    removed,
    cart,
    assessed,
    lines,
    room: room.value,
    taxes: taxesWith(entry.value.order.taxes, lines, assessed?.context.country ?? ""),
    readdressed: readdressed.value,
    switched: null,
    addedTotal: totalOf(lines),
    removedTotal: totalOf(removed),
    document,
  });
}

const totalOf = (of: readonly { readonly total: number }[]): number => of.reduce((all, { total }) => all + total, 0);

/** Another way, with what shipping costs coming to the order or leaving it [CHK-31]. */
async function prepareSwitch(
  ctx: ChangeReader,
  entry: BookEntry,
  parts: readonly WholeFulfillment[],
  { way, remove, add, address, version }: ChangeWish & { readonly way: WantedWay },
): Promise<Result<PreparedChange, CheckoutError>> {
  if (remove.length + add.length > 0 || address) return err({ code: "order.way_refused", because: { kind: "comes_alone" } });
  const planned = await planSwitch(ctx, entry, parts, way);
  if (!planned.ok) return planned;
  if (version !== null && version !== entry.order.version) return err({ code: "order.version_differs", version: entry.order.version });
  const { lines, removal, to } = planned.value;
  const document = entry.order.place_id === null ? undefined : await documentPlace(ctx, entry.order.place_id);
  if (!document) return err({ code: "order.not_changeable", because: "history" });
  const removed = worthOfRemoved(entry, removal);
  return ok({
    entry,
    parts,
    target: undefined,
    removal,
    removed,
    cart: null,
    assessed: null,
    lines,
    room: null,
    taxes: taxesWith(entry.order.taxes, lines, to[0]?.shipment?.country ?? ""),
    readdressed: [],
    switched: planned.value,
    addedTotal: totalOf(lines),
    removedTotal: totalOf(removed),
    document,
  });
}

/**
 * An order that its caller may change: its customer, who holds the token of its cart, staff of its place where the link levels let it be
 * changed. Errors: `order.unknown`, `order.not_changeable`.
 */
export async function changeableOrder(ctx: OrderReader, orderId: OrderId): Promise<Result<BookEntry, CheckoutError>> {
  const entry = await readOrder(ctx, orderId);
  const state = entry && (await stateOf(ctx, orderId));
  if (!entry || !state || !(await mayCancel(ctx, state))) return err({ code: "order.unknown" });
  const { order } = entry;
  const { channel_id, place_id } = order;
  if (ctx.actor.staff && place_id !== null && !(await mayChange(ctx, { channel_id, place_id })))
    return err({ code: "order.not_changeable", because: "other_channel" });
  if (order.mode !== "live" || order.cart_id === null) return err({ code: "order.not_changeable", because: "history" });
  if (order.state === "canceled") return err({ code: "order.not_changeable", because: "canceled" });
  return ok(entry);
}

function readdress(
  parts: readonly WholeFulfillment[],
  address: DeliveryAddress | null,
): Result<readonly WholeFulfillment[], CheckoutError> {
  if (!address) return ok([]);
  const shipped = parts.filter(({ fulfillment }) => fulfillment.kind === "ship");
  const open = shipped.filter(({ fulfillment }) => isOpenToChange(fulfillment));
  const [closed] = shipped;
  if (open.length === 0)
    return err(closed ? closedBy(stageOf(closed), null) : { code: "order.address_refused", errors: [], country: null });
  const tidy = tidyAddress(address);
  const errors = addressProblems(tidy);
  // Another country is another tax and another carrier: that is another order.
  const abroad = open.find(({ shipment }) => shipment && shipment.country !== tidy.country);
  return errors.length > 0 || abroad
    ? err({ code: "order.address_refused", errors, country: abroad?.shipment?.country ?? null })
    : ok(open);
}

function worthOfRemoved({ lines }: BookEntry, removal: PlannedRemoval): Worth[] {
  const units = new Map<LineId, number>();
  for (const { orderLineId, quantity } of [...removal.values()].flat()) units.set(orderLineId, (units.get(orderLineId) ?? 0) + quantity);
  return [...units].flatMap(([orderLineId, quantity]) => {
    const line = lines.find(({ id }) => id === orderLineId);
    return line ? [{ orderLineId, quantity, ...worthOf(line, quantity) }] : [];
  });
}
