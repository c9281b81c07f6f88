import { createHash } from "node:crypto";
import type { AnswerOf } from "@weft/contracts/client";
import canonicalize from "canonicalize";
import { err, ok, type Result } from "@weft/kernel";
import { recallsSnapshot } from "../../batches/index.ts";
import { isFaultyOnly, returnPolicyOf } from "../../returns/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import { channelAt } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import {
  codeUsesLeft,
  packPricing,
  pricingSnapshot,
  type Counter,
  type PortablePricing,
  type PricingSnapshot,
} from "../../pricing/index.ts";
import type { TillError } from "../errors.ts";

type TillPrices = AnswerOf<"till.prices">;
type Packed = { readonly facts: PortablePricing; readonly hash: string };

/** What was packed of each snapshot, by counter: all tills of a store ask every minute. */
const packed = new WeakMap<PricingSnapshot, Map<string, Packed>>();

/**
 * What the till of this device needs to price by itself [TIL-21]. Its version is the hash of its content, so the copy that a till has is current
 * or it is not, whatever happened in between. Errors: `till.register_unknown`.
 */
export async function readPrices(ctx: ReadCtx, known: string | undefined): Promise<Result<TillPrices, TillError>> {
  const seller = await sellerOf(ctx);
  if (!seller) return err({ code: "till.register_unknown" });
  const { place, entity, channelId } = seller;
  const counter = { placeId: place.id, groupIds: place.groupIds, channelId, currency: place.currency, country: entity.country };
  const { facts: common, hash } = packFor(await ctx.snapshots.current(pricingSnapshot), counter);
  const counted = common.codes.filter(({ isUnlimited }) => !isUnlimited).map(({ id }) => id);
  const usesLeft = counted.length === 0 ? undefined : await codeUsesLeft(ctx, counted);
  const facts: PortablePricing = usesLeft ? { ...common, usesLeft } : common;
  const version = hashOf(usesLeft ? [hash, seller, usesLeft] : [hash, seller]);
  const asOf = ctx.now.toISOString();
  return ok(
    version === known
      ? { version, asOf, seller: null, facts: null }
      : { version, asOf, seller: { ...seller, place: { ...place, groupIds: [...place.groupIds] } }, facts },
  );
}

function packFor(snapshot: PricingSnapshot, counter: Counter): Packed {
  const known = packed.get(snapshot) ?? new Map<string, Packed>();
  packed.set(snapshot, known);
  const key = `${counter.placeId} ${counter.channelId}`;
  const found = known.get(key);
  if (found) return found;
  const facts = packPricing(snapshot, counter);
  const made = { facts, hash: hashOf(facts) };
  known.set(key, made);
  return made;
}

/** SHA-256 of the canonical JSON. */
function hashOf(content: unknown): string {
  return createHash("sha256")
    .update(canonicalize(JSON.parse(JSON.stringify(content))) ?? "")
    .digest("hex");
}

/** Who sells at the place of this device, as it stands on a receipt. */
async function sellerOf({ snapshots, actor }: ReadCtx) {
  const placeId = actor.device?.placeId;
  const { places, entities } = await snapshots.current(placesSnapshot);
  const place = placeId && places.get(placeId);
  const entity = place && entities.get(place.entityId);
  const channelId = placeId && (actor.channelId ?? (await channelAt(snapshots, placeId)));
  if (!place || !entity || !channelId) return undefined;
  const { line1, postcode, city } = place.address;
  const policy = returnPolicyOf(place.settings);
  const recalls = (await snapshots.current(recallsSnapshot)).map(({ batches, serials, isTelling: _, soldFrom: __, ...recall }) => {
    return { ...recall, batches: [...batches], serials: [...serials] };
  });
  const catalog = await snapshots.current(catalogSnapshot);
  const faultyOnly = catalog.categories.flatMap(({ id }) => (isFaultyOnly(catalog, id, policy) ? [id] : []));
  return {
    entity: { id: entity.id, name: entity.name, vatId: entity.vatId, country: entity.country },
    place: {
      id: place.id,
      name: place.name,
      address: [line1, `${postcode} ${city}`].join(", "),
      phone: place.phone,
      currency: entity.currency,
      timeZone: place.timeZone,
      dayEnd: place.dayEnd,
      groupIds: place.groupIds,
      returns: { days: policy.days, faultyOnly },
      nearEnd: { days: place.settings.nearEndDays, percent: place.settings.nearEndPercent },
    },
    channelId,
    ...(recalls.length > 0 && { recalls }),
  };
}
