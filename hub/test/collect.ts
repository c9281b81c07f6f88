import type { OrderView } from "@weft/contracts";
import { asId, type FulfillmentId } from "@weft/kernel";
import { MUG, visitor, type SaleHub } from "./sale-hub.ts";

export const CARD = [{ kind: "card", token: "inline" }] as const;
export const DUE = [{ kind: "due_at_collection" }] as const;

type ToCollect = { readonly order: OrderView; readonly id: FulfillmentId; readonly code: string };
type Given = { readonly units: number; readonly tenders?: typeof CARD | typeof DUE; readonly actor?: ReturnType<typeof visitor> };

/** Mugs that were ordered in the shop to be fetched in Lyon: every such order is planned with a code. */
export async function orderedToCollect(hub: SaleHub, { units, tenders = CARD, actor = visitor() }: Given): Promise<ToCollect> {
  const done = await hub.complete(await hub.cart([[MUG, units]], { actor }), tenders);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  const [part] = done.view.fulfillments;
  return { order: done.view, id: asId<FulfillmentId>(part?.id ?? ""), code: part?.collectCode ?? "" };
}
