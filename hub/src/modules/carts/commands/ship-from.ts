import type { CartOperation } from "@weft/contracts";
import type { PlaceId, VariantId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { shipmentFor, type Shipment } from "../../promises/index.ts";
import { atOnePlace, withParcels, withShares, type Draft, type LoadedCart, type PlannedParcel, type StoredLine } from "../domain/index.ts";
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
  for (let routes = 1; draft.wanted?.kind === "ship" && !isSettled() && routes < MOST_ROUTES; routes++) {
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
  const { address, lines, wanted } = draft;
  if (wanted?.kind !== "ship") return { ...draft, lines: atOnePlace(lines, draft.placeId) };
  const country = address?.country ?? (await sellingPlace(ctx.snapshots, cart.sellingChannelId, null)).country;
  const shipment = await shipmentFor(
    ctx,
    {
      channelId: cart.sellingChannelId,
      country,
      postcode: address?.postcode ?? null,
      methodId: wanted.methodId ?? null,
      goods: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    },
    ctx.now,
    (variantId, placeId) => ownUnits(cart, variantId, placeId),
  );
  const parcels = shipment ? parcelsOf(shipment, lines) : [];
  const planned = withParcels(wanted, parcels);
  return {
    ...draft,
    ...(shipment && { placeId: shipment.parcels[0].place.id }),
    wanted: planned,
    // As it was known; where holds change now, they say it anew.
    lines: withShares(lines, planned.parcels, (line, placeId) => {
      const known = line.shares?.find((share) => share.placeId === placeId);
      return known ? known.available : placeId === cart.placeId ? line.available : null;
    }),
  };
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

/** An operation as it is kept: the address lies in one place only, so that it is forgotten in one place. */
export function withoutAddress(operation: CartOperation): CartOperation {
  return operation.kind === "setAddress" ? { ...operation, address: null } : operation;
}
