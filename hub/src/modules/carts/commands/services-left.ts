import type { CartId, LineId } from "@weft/kernel";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { LoadedCart } from "../domain/index.ts";
import { ServicesLeft } from "../events.ts";

/** Services whose lines are gone give up the time that was held for them, or take it along; of other lines nobody is told more [CRT-40]. */
export async function tellServicesLeft(
  ctx: Ctx,
  { id: cartId, lines }: Pick<LoadedCart, "id" | "lines">,
  gone: readonly LineId[],
  toCartId: CartId | null,
): Promise<void> {
  const lineIds = lines.filter(({ id, booked }) => booked && gone.includes(id)).map(({ id }) => id);
  if (lineIds.length > 0) await publish(ctx, ServicesLeft, `cart/${cartId}`, { cartId, lineIds, toCartId });
}
