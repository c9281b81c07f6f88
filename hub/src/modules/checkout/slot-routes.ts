import type { ParsedQueryOf } from "@weft/contracts";
import { asId, err, ok, type CartId, type FulfillmentId, type OrderId, type PlaceId } from "@weft/kernel";
import { read, type Route } from "../../platform/index.ts";
import { SLOT_PROBLEMS, slotsOf, type SlotError } from "../promises/index.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { goodsForSlots, type AskedGoods } from "./slot-goods.ts";

/** Slots are asked for by what is to be collected, which carts and orders know. */
export const slotRoutes: readonly Route[] = [
  read(
    "slots.list",
    async (ctx, { params, query }) => {
      const placeId = asId<PlaceId>(params.id); // an id by the contract
      const asked = askedIn(query);
      const goods = asked ? await goodsForSlots(ctx, placeId, asked) : ok(null);
      if (!goods.ok) return goods;
      const slots = await slotsOf(ctx, placeId, goods.value);
      return slots ? ok(slots) : err<SlotError | CheckoutError>({ code: "slots.unknown_store", placeId });
    },
    { problems: { ...CHECKOUT_PROBLEMS, ...SLOT_PROBLEMS } },
  ),
];

/** Ids are UUIDs by the contract. */
function askedIn({ cartId, fulfillmentId, orderId, way, sku, quantity, options = "" }: ParsedQueryOf<"slots.list">): AskedGoods | null {
  if (cartId) return { kind: "cart", cartId: asId<CartId>(cartId) };
  if (fulfillmentId) return { kind: "part", fulfillmentId: asId<FulfillmentId>(fulfillmentId) };
  if (orderId) return { kind: "order", orderId: asId<OrderId>(orderId), way };
  if (!sku) return null;
  const chosen = options === "" ? [] : options.split(",").map((option) => option.split(":"));
  return { kind: "goods", goods: { sku, quantity, options: chosen.map(([group = "", value = ""]) => ({ group, value })) } };
}
