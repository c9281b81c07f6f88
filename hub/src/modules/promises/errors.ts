import type { EntityId, PlaceId, Problems } from "@weft/kernel";
import type { DeliveryMethodId } from "./domain/index.ts";

export type DeliveryError =
  | { readonly code: "delivery.method_unknown"; readonly methodId: DeliveryMethodId }
  | { readonly code: "delivery.entity_unknown"; readonly entityId: EntityId }
  | { readonly code: "delivery.tax_class_unknown"; readonly taxClass: string }
  | { readonly code: "delivery.out_of_reach" };

export const DELIVERY_PROBLEMS: Problems<DeliveryError> = {
  "delivery.method_unknown": { status: 404, title: "There is no such way of shipping" },
  "delivery.entity_unknown": { status: 422, title: "There is no such legal entity" },
  "delivery.tax_class_unknown": { status: 422, title: "There is no such tax class" },
  "delivery.out_of_reach": { status: 403, title: "Ways of shipping are set for the whole company" },
};

export type SlotError = { readonly code: "slots.unknown_store"; readonly placeId: PlaceId };

export const SLOT_PROBLEMS: Problems<SlotError> = {
  "slots.unknown_store": { status: 404, title: "There is no such store" },
};

export type PaceError = { readonly code: "pace.unknown_store"; readonly placeId: PlaceId } | { readonly code: "pace.other_place" };

export const PACE_PROBLEMS: Problems<PaceError> = {
  "pace.unknown_store": { status: 404, title: "There is no such store" },
  "pace.other_place": { status: 403, title: "This is said at another place" },
};
