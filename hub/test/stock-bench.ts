import { ok, type CartId, type Id, type LineId, type OrderId, type PlaceId, type VariantId } from "@weft/kernel";
import { goodsHub, placeId, testId, variantId, type GoodsHub } from "./goods-hub.ts";
import { receiveStock } from "../src/modules/stock/commands/index.ts";

export const OAT_MILK = variantId(1);
export const MUG = variantId(2);
export const LYON = placeId(1);
export const BERLIN = placeId(2);
export const WEB_CART = testId<CartId>("cart", 1);
export const KIOSK_CART = testId<CartId>("cart", 2);
export const ORDER = testId<OrderId>("order", 1);
export const line = (number: number): LineId => testId("line", number);
export const freshId = (number: number): string => testId<Id<"test">>("fresh", number);

export type Wanted = { line: string; variant: VariantId; place?: PlaceId; quantity: number };
export type HeldLine = { line_id: string; place_id: string; granted: boolean; available: number; free: number; expires_at: Date | null };
export type Level = { on_hand: number; allocated: number; held: number; available: number };

/** Stock as carts and checkout use it: the published functions, each call in a transaction of its own. */
export type StockBench = GoodsHub & {
  stocked(variant: VariantId, onHand: number, place?: PlaceId, safety?: number): Promise<void>;
  hold(cart: string, wanted: readonly Wanted[], minutes?: number, capMinutes?: number): Promise<HeldLine[]>;
  take(how: "allocate" | "sell_now", order: string, cart: string | null, wanted: readonly Wanted[], recorded?: boolean): Promise<void>;
  level(variant: VariantId, place?: PlaceId): Promise<Level | undefined>;
  /** As if the time of a cart's holds had passed a second ago. */
  expire(cart: string): Promise<void>;
};

const columns = (wanted: readonly Wanted[]) => [
  wanted.map(({ line }) => line),
  wanted.map(({ variant }) => variant),
  wanted.map(({ place }) => place ?? LYON),
  wanted.map(({ quantity }) => quantity),
];

export async function stockBench(): Promise<StockBench> {
  const hub = await goodsHub();
  let entries = 0;
  return {
    ...hub,
    async stocked(variant, onHand, place = LYON, safety = 0) {
      const entryId = testId<Id<"entry">>("entry", ++entries);
      await hub.must(async (ctx) =>
        ok(await receiveStock(ctx, [{ entryId, variantId: variant, placeId: place, quantity: onHand, safety }], "opening")),
      );
      await hub.published();
    },
    hold: (cart, wanted, minutes = 15, capMinutes = 60) =>
      hub.rows("select * from stock.hold_lines($1, $2, $3, $4, $5, $6, $7)", [cart, ...columns(wanted), minutes, capMinutes]),
    async take(how, order, cart, wanted, recorded = false) {
      await hub.rows(`select stock.${how}($1, $2, $3, $4, $5, $6, $7)`, [order, cart, ...columns(wanted), recorded]);
    },
    async level(variant, place = LYON) {
      const text = "select on_hand, allocated, held, available from stock.read_available where variant_id = $1 and place_id = $2";
      return (await hub.rows<Level>(text, [variant, place]))[0];
    },
    async expire(cart) {
      await hub.rows("update stock.hold set expires_at = now() - interval '1 second' where cart_id = $1", [cart]);
    },
  };
}
