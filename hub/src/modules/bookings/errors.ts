import type { Problems } from "@weft/kernel";

export type BookingsError =
  | { readonly code: "customer.unknown" }
  | { readonly code: "service.unknown" }
  | { readonly code: "service.code_taken"; readonly serviceCode: string }
  | { readonly code: "service.changed"; readonly version: number }
  | { readonly code: "service.place_unknown"; readonly placeId: string }
  | { readonly code: "service.goods_unknown"; readonly sku: string }
  | { readonly code: "service.goods_taken"; readonly sku: string }
  | { readonly code: "adviser.unknown" }
  | { readonly code: "adviser.times_wrong"; readonly field: "hours" | "exceptions" }
  | { readonly code: "booking.out_of_reach"; readonly placeId: string }
  | { readonly code: "booking.unknown" }
  | { readonly code: "booking.not_free" }
  | { readonly code: "booking.too_many"; readonly most: number }
  | { readonly code: "booking.paid_ahead" }
  | { readonly code: "booking.costs_nothing" }
  | { readonly code: "booking.customer_missing" }
  | { readonly code: "booking.other_entity"; readonly placeId: string }
  | { readonly code: "booking.ended"; readonly state: string }
  | { readonly code: "booking.too_late"; readonly until: string }
  | { readonly code: "booking.not_begun"; readonly startsAt: string };

export const BOOKINGS_PROBLEMS: Problems<BookingsError> = {
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "service.unknown": { status: 404, title: "There is no such service" },
  "service.code_taken": { status: 409, title: "Another service has this code" },
  "service.changed": { status: 409, title: "Somebody changed this service meanwhile" },
  "service.place_unknown": { status: 422, title: "A service is given at stores" },
  "service.goods_unknown": { status: 422, title: "The catalog has no service of this SKU" },
  "service.goods_taken": { status: 409, title: "Another service is sold as this product" },
  "adviser.unknown": { status: 404, title: "Nobody of that id gives services there" },
  "adviser.times_wrong": { status: 422, title: "Times are written as `Mo-Fr 08:00-11:00,14:00-17:00; Sa 09:00-12:00`" },
  "booking.out_of_reach": { status: 403, title: "Your role does not hold at this place" },
  "booking.unknown": { status: 404, title: "There is no such booking, or it is not yours" },
  "booking.not_free": { status: 409, title: "This time is not free any more" },
  "booking.too_many": { status: 409, title: "There are as many bookings ahead as one may have" },
  "booking.paid_ahead": { status: 409, title: "This service is paid: put it into a cart" },
  "booking.costs_nothing": { status: 409, title: "This service costs nothing: book it without a cart" },
  "booking.customer_missing": { status: 409, title: "A booking is somebody's: the cart needs a customer who is known" },
  "booking.other_entity": { status: 409, title: "This cart is sold by another company than gives the service" },
  "booking.ended": { status: 409, title: "This booking is over" },
  "booking.too_late": { status: 409, title: "It is too late to change this online: the store can" },
  "booking.not_begun": { status: 409, title: "It has not begun yet" },
};
