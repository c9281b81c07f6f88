import { err, ok, type CartId, type LineId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { loadCart, mayUseCart, operate, type CartError } from "../../carts/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { applyToList, type ListId } from "../domain/index.ts";
import type { SavedError } from "../errors.ts";
import type { StoredList } from "../queries/lists.ts";
import { pricesToOwner, usableList, writeList } from "./lists.ts";

export type Moved = {
  readonly list: StoredList;
  readonly moved: readonly string[];
  readonly refused: readonly { readonly itemId: string; readonly code: string }[];
};

/**
 * Moves items into a cart in one transaction: what the cart takes leaves the list, what it refuses stays there with the reason [SAV-8]. The
 * item's id is the cart's operation, so a move that is sent twice adds once. Errors: `list.unknown`, those of the cart.
 */
export async function moveToCart(
  ctx: Ctx,
  id: ListId,
  { cartId, itemIds }: { readonly cartId: CartId; readonly itemIds: readonly string[] },
): Promise<Result<Moved, SavedError | CartError>> {
  const cart = await loadCart(ctx, cartId);
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  // The cart is locked before the list: the first lock of every command.
  const empty = await operate(ctx, { cartId, operations: [] });
  if (!empty.ok) return empty;
  const list = await usableList(ctx, id);
  if (!list) return err({ code: "list.unknown" });
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const wanted = list.items.filter((item) => itemIds.includes(item.id));
  const sold = wanted.flatMap((item) => {
    const goods = catalog.byVariant(item.variantId);
    return goods ? [{ id: item.id, kind: "add" as const, sku: goods.sku, quantity: item.quantity, options: [...item.options] }] : [];
  });
  const done = sold.length > 0 ? await operate(ctx, { cartId, operations: sold }) : empty;
  if (!done.ok) return done;
  const codes = new Map(done.value.results.map((result) => [result.id, result.code]));
  const moved = sold.filter((item) => codes.get(item.id) === null).map((item) => item.id);
  const refused = wanted
    .filter((item) => !moved.includes(item.id))
    .map((item) => ({ itemId: item.id, code: codes.get(item.id) ?? "list.sku_unknown" }));
  const after =
    moved.length === 0
      ? list
      : await writeList(ctx, list, { name: list.name, items: list.items.filter((item) => !moved.includes(item.id)) });
  return ok({ list: after, moved, refused });
}

/**
 * Moves a line of a cart back into a list, in one transaction [SAV-8]. `operationId` is made by the client, and stands for the removal in
 * the cart and for the item in the list. Errors: `list.unknown`, `list.line_unknown`, those of the cart.
 */
export async function moveFromCart(
  ctx: Ctx,
  id: ListId,
  { operationId, cartId, lineId }: { readonly operationId: string; readonly cartId: CartId; readonly lineId: LineId },
): Promise<Result<StoredList, SavedError | CartError>> {
  const cart = await loadCart(ctx, cartId);
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  // What is paid onto a gift card is nothing to buy later.
  const line = cart.lines.find((one) => one.id === lineId && !one.topUp);
  const removed = await operate(ctx, { cartId, operations: [{ id: operationId, kind: "remove", lineId }] });
  if (!removed.ok) return removed;
  const list = await usableList(ctx, id);
  if (!list) return err({ code: "list.unknown" });
  if (removed.value.results[0]?.outcome === "repeated") return ok(list);
  if (!line || removed.value.results[0]?.outcome === "refused") return err({ code: "list.line_unknown" });
  const { variantId, quantity, options } = line;
  const price = (await pricesToOwner(ctx, list))(variantId, cart.placeId);
  const add = { id: operationId, kind: "add" as const, variantId, quantity, options, placeId: cart.placeId, price };
  return ok(await writeList(ctx, list, applyToList(list, [add], { at: ctx.now, channelId: ctx.actor.channelId })));
}
