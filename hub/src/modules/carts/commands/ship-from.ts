import type { CartOperation } from "@weft/contracts";
import type { PlaceId, VariantId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { methodsOf, shipmentFor, type DeliveryMethodId, type Shipment } from "../../promises/index.ts";
import {
  atOnePlace,
  elsewhereOf,
  isImmaterial,
  sendsSome,
  sharedOut,
  withParcels,
  withShares,
  type Draft,
  type LoadedCart,
  type PlannedParcel,
  type StoredLine,
  type Wanted,
} from "../domain/index.ts";
import { sellingPlace } from "../queries/assess-cart.ts";
import { holdFor, type Held } from "./hold-for.ts";

/** Whoever loses the units that they were routed to takes other ones; so often, then it is said that they are gone. */
const MOST_ROUTES = 3;

/**
 * Holds what the draft needs, of a cart that is shipped at the places that ship it [PRM-21]. It is routed again where a line went back to what it
 * was, because nobody has so much, and where somebody else took the units of a place meanwhile: another one may have them.
 */
export async function holdWhereSold(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Held> {
  let routed = await shippedFrom(ctx, cart, draft);
  let held = await holdFor(ctx, cart, routed);
  const isSettled = () => !held.isShort && isSame(routed.lines, held.draft.lines);
  for (let routes = 1; sendsSome(draft.wanted) && !isSettled() && routes < MOST_ROUTES; routes++) {
    const now = { ...cart, holds: held.holds };
    const again = await shippedFrom(ctx, now, held.draft);
    if (isSamePlan(routed, again)) break;
    routed = again;
    held = await holdFor(ctx, now, routed);
  }
  return held;
}

const isSame = (before: readonly StoredLine[], after: readonly StoredLine[]): boolean =>
  before.length === after.length && before.every((line, index) => line.quantity === after[index]?.quantity);

const isSamePlan = (a: Draft, b: Draft): boolean =>
  a.placeId === b.placeId && JSON.stringify(a.wanted?.parcels) === JSON.stringify(b.wanted?.parcels);

/**
 * The draft at the place that ships it, or at several [CRT-25]: chosen anew with every change, because another line or another country may need
 * another place. Where nothing ships to that country the place stays, and a requirement says so. A cart that ships nothing costs no statement.
 */
async function shippedFrom(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Draft> {
  const { lines, wanted } = draft;
  if (wanted?.kind === "ship") {
    const home = await sellingPlace(ctx.snapshots, cart.sellingChannelId, null);
    const sent = { country: home.country, methodId: wanted.methodId ?? null, lines: await inParcels(ctx, lines) };
    const shipment = await routed(ctx, cart, draft, sent);
    const planned = withParcels(wanted, shipment ? parcelsOf(shipment, sent.lines) : []);
    return shared(cart, { ...draft, ...(shipment && { placeId: shipment.parcels[0].place.id }), wanted: planned });
  }
  return wanted?.elsewhere ? elsewhereFrom(ctx, cart, { ...draft, wanted }) : { ...draft, lines: atOnePlace(lines, draft.placeId) };
}

/**
 * Some of the lines leave from other places than the cart's own [CRT-26]: those that are sent are routed by themselves, over places of the legal
 * entity that sells, which its way of shipping names.
 */
async function elsewhereFrom(ctx: Ctx, cart: LoadedCart, draft: Draft & { readonly wanted: Wanted }): Promise<Draft> {
  const { parcels: _, ...wanted } = draft.wanted;
  const sent = draft.lines.filter(({ id }) => elsewhereOf(wanted, id)?.kind === "ship");
  if (sent.length === 0) return shared(cart, { ...draft, wanted });
  const here = await sellingPlace(ctx.snapshots, cart.sellingChannelId, draft.placeId);
  const { country } = here;
  const ways = await methodsOf(ctx, here.entityId, draft.address?.country ?? country);
  const methodId = (ways.find(({ id }) => id === wanted.methodId) ?? ways[0])?.id ?? null;
  const shipment = methodId && (await routed(ctx, cart, draft, { country, methodId, lines: sent }));
  return shared(cart, { ...draft, wanted: { ...wanted, methodId, ...(shipment && { parcels: parcelsOf(shipment, sent) }) } });
}

type Sent = { readonly country: string; readonly methodId: DeliveryMethodId | null; readonly lines: readonly StoredLine[] };

/** Which places send it: to its address, or somewhere in the country of its seller while nobody has said where. */
async function routed(ctx: Ctx, cart: LoadedCart, { address }: Draft, { country, methodId, lines }: Sent): Promise<Shipment | undefined> {
  const goods = lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  const to = { country: address?.country ?? country, postcode: address?.postcode ?? null };
  const wish = { channelId: cart.sellingChannelId, ...to, methodId, goods, mayWait: true };
  return shipmentFor(ctx, wish, ctx.now, (variantId, at) => ownUnits(cart, variantId, at));
}

/** What travels: a gift card is nothing but its code. A cart of gift cards alone is refused as what it is. */
async function inParcels(ctx: Ctx, lines: readonly StoredLine[]): Promise<readonly StoredLine[]> {
  const goods = await ctx.snapshots.current(catalogSnapshot);
  const travels = lines.filter(({ variantId }) => !isImmaterial(goods.byVariant(variantId)));
  return travels.length > 0 ? travels : lines;
}

/** The lines with what each place gives of them; as it was known: where holds change now, they say it anew. */
function shared(cart: LoadedCart, draft: Draft): Draft {
  const lines = withShares(draft.lines, sharedOut(draft.wanted, draft.lines), (line, placeId) => {
    const known = line.shares?.find((share) => share.placeId === placeId);
    return known ? known.available : placeId === cart.placeId ? line.available : null;
  });
  return { ...draft, lines };
}

function ownUnits({ holds }: LoadedCart, variantId: VariantId, placeId: PlaceId): number {
  return holds.reduce((sum, hold) => (hold.variantId === variantId && hold.placeId === placeId ? sum + hold.quantity : sum), 0);
}

function parcelsOf({ parcels }: Shipment, lines: readonly StoredLine[]): PlannedParcel[] {
  return parcels.map(({ place, units }) => ({
    placeId: place.id,
    units: units.flatMap(({ index, quantity }) => {
      const line = lines[index];
      return line ? [{ lineId: line.id, quantity }] : [];
    }),
  }));
}

/** An operation as it is kept: address and notes lie in one place only, so that they are forgotten in one place. */
export function withoutPersonal(operation: CartOperation): CartOperation {
  if (operation.kind === "setAddress") return { ...operation, address: null };
  if (operation.kind === "setNote") return { ...operation, note: null };
  if (operation.kind !== "add" || operation.note === undefined) return operation;
  const { note: _, ...kept } = operation;
  return kept;
}
