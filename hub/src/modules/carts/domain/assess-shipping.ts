import type { LocalizedText } from "@weft/contracts";
import type { LineId, PlaceId } from "@weft/kernel";
import type { CartContext, DeliveryTerms, PricedCart, TaxPlace } from "../../pricing/domain/index.ts";
import { toBecause } from "../../pricing/domain/index.ts";
import {
  jointShipping,
  shippingPromise,
  type DeliveryMethod,
  type DeliveryMethodId,
  type ShippingPlace,
  type ShippingPromise,
} from "../../promises/domain/index.ts";
import type { AssessedLine, Requirement } from "./assessed.ts";
import { whatIsThere, type LineWish } from "./assess-waits.ts";
import type { LoadedCart } from "./cart.ts";

/** What a shipped cart depends on beside its goods. */
export type ShippingFacts = {
  /** The places that ship it, the cart's own first; `place` null where it does not ship for this channel. */
  readonly from: readonly { readonly placeId: PlaceId | null; readonly name: string | null; readonly place: ShippingPlace | null }[];
  /** Where to: of the address, or of the legal entity while none is given. */
  readonly country: string;
  /** The ways to choose from, in their order. */
  readonly methods: readonly DeliveryMethod[];
  /** The one that was chosen, when it is among them. */
  readonly methodId: DeliveryMethodId | null;
};

/** A way of shipping with its price for this cart and the promise that it gives. */
export type DeliveryOption = {
  readonly methodId: DeliveryMethodId;
  readonly name: LocalizedText;
  readonly price: number;
  readonly promiseAt: Date | null;
};

/** What one place sends of a shipped cart, and until when it is at the door by the way that was chosen. */
export type AssessedParcel = {
  readonly placeId: PlaceId;
  readonly placeName: string;
  readonly units: readonly { readonly lineId: LineId; readonly quantity: number }[];
  readonly promise: ShippingPromise;
};

/** What is shown of a shipped cart, and what its order keeps. */
export type AssessedDelivery = {
  readonly country: string;
  readonly hasAddress: boolean;
  readonly chosen: DeliveryMethod | null;
  readonly because: readonly { readonly kind: string; readonly data: Record<string, unknown> }[];
  readonly options: readonly DeliveryOption[];
  /** By the way that was chosen, else by the first one: the day of the last parcel. */
  readonly promise: ShippingPromise;
  /** The parcels that it comes in, one for each place that ships [CRT-25]; none while no place does, or while nothing is in the cart. */
  readonly parcels: readonly AssessedParcel[];
};

/** The way that was chosen, while it is offered. */
export const chosenOf = ({ methods, methodId }: ShippingFacts): DeliveryMethod | null => methods.find(({ id }) => id === methodId) ?? null;

/**
 * Where a shipped cart is taxed: distance sales are taxed at their destination. A country that is not served changes no tax: that it is not
 * served is said, and nothing else.
 */
export function taxPlaceOf(shipping: ShippingFacts | null): TaxPlace | undefined {
  return shipping && shipping.methods.length > 0 ? { country: shipping.country } : undefined;
}

/** What shipping is charged by; nothing while no way is chosen. It is taxed where the goods arrive. `of`: the lines that are sent; null: all. */
export function deliveryTerms(shipping: ShippingFacts | null, of: ReadonlySet<string> | null = null): DeliveryTerms | undefined {
  const method = shipping && chosenOf(shipping);
  if (!shipping || !method) return undefined;
  const { price, taxClass, freeFrom } = method;
  return { price, taxClass, freeFrom, taxPlace: { country: shipping.country }, ...(of && { of }) };
}

/** The context of a cart, with the rounding of the country in which it is taxed. */
export function whereTaxed(context: CartContext, shipping: ShippingFacts | null): CartContext {
  return { ...context, country: taxPlaceOf(shipping)?.country ?? context.country };
}

/** The promise and the choices of what is `sent` of a cart; `wishesAt` is what a place is to send of it. */
export function assessDelivery(
  cart: Pick<LoadedCart, "address">,
  shipping: ShippingFacts,
  priced: PricedCart,
  sent: readonly AssessedLine[],
  wishesAt: (placeId: PlaceId) => readonly LineWish[],
  at: Date,
): AssessedDelivery {
  const { from, country, methods } = shipping;
  const chosen = chosenOf(shipping);
  const asked = from.map((one) => ({ ...one, wishes: one.placeId === null ? [] : wishesAt(one.placeId) }));
  const promisesBy = (method: DeliveryMethod | null) =>
    asked.map(({ wishes, place }) => shippingPromise(whatIsThere(wishes), place, method, country, at));
  const promises = promisesBy(chosen ?? methods[0] ?? null);
  const worth = sent.reduce((sum, line) => sum + (line.priced?.total ?? 0), 0);
  return {
    country,
    hasAddress: cart.address !== null,
    chosen,
    because: priced.delivery?.because.map((reason) => toBecause("price", reason)) ?? [],
    options: methods.map((method): DeliveryOption => ({
      methodId: method.id,
      name: method.name,
      price: method.freeFrom !== null && worth >= method.freeFrom ? 0 : method.price,
      promiseAt: jointShipping(promisesBy(method)).promiseAt,
    })),
    promise: jointShipping(promises),
    parcels: asked.flatMap(({ placeId, name, wishes }, index): AssessedParcel[] => {
      const promise = promises[index];
      if (placeId === null || !promise || wishes.length === 0) return [];
      return [{ placeId, placeName: name ?? "", units: wishes.map(({ lineId, quantity }) => ({ lineId, quantity })), promise }];
    }),
  };
}

/** What its lines lack is said by line; here is what keeps the whole from being shipped [CRT-15]. */
export function deliveryRequirements({ chosen, hasAddress, options, promise }: AssessedDelivery): Requirement[] {
  const found: Requirement[] = [];
  if (!hasAddress) found.push({ code: "delivery.address_missing", lineId: null });
  if (!chosen && options.length > 0) found.push({ code: "delivery.method_missing", lineId: null });
  const { because } = promise;
  if (because && !OF_A_LINE.has(because.kind))
    found.push({ code: `promise.${because.kind}`, lineId: null, ...(because.data && { data: because.data }) });
  return found;
}

const OF_A_LINE: ReadonlySet<string> = new Set(["not_shippable", "not_sold_here", "sold_out", "stock_short", "backorder", "preorder"]);

/** Goods that may not travel keep a cart from being shipped, not from being collected. */
export function notShippable(line: AssessedLine): Requirement | undefined {
  if (line.isShippable && line.tracked) return undefined;
  return { code: "product.not_shippable", lineId: line.id, data: { sku: line.sku } };
}
