import { asId, asIdOrNull, type OrderId } from "@weft/kernel";
import { job, type Ctx, type Job } from "../../../platform/index.ts";
import { recallsSnapshot, type RecallId } from "../../batches/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { buyersCalledBack, type BuyerCalledBack, type BuyerId } from "../../orders/index.ts";
import type { Brand } from "../templates/index.ts";
import { recallToTell, tellSome } from "./tell.ts";

/** `orderId`: only to who bought with this order, which has just become known. */
export type RecallToTell = { readonly recallId: string; readonly orderId?: string };

/** Buyers that are read at once: each reading goes through all lines of the goods. */
const READ_AT_ONCE = 5000;
/** Buyers that one transaction writes to. */
const TOLD_AT_ONCE = 100;

/**
 * Writes to the buyers of what is called back, some in each transaction [BAT-5]. Made again it finds nobody who was told already: one that a node
 * left behind, stopped or killed, goes on at another node.
 */
export function recallMessagesJob({ brand }: { readonly brand: Brand }): Job<RecallToTell> {
  return job("messages.recalls", async (ctx, told) => {
    const id = asId<RecallId>(told.recallId); // ids in jobs are texts
    const orderId = asIdOrNull<OrderId>(told.orderId) ?? undefined; // as above
    for (let after: BuyerId | null = null; ;) {
      const recall = await recallToTell(ctx.read, id);
      const buyers: readonly BuyerCalledBack[] = recall
        ? await buyersCalledBack(ctx.read, recall, { after, limit: READ_AT_ONCE, orderId })
        : [];
      for (let at = 0; at < buyers.length; at += TOLD_AT_ONCE) {
        // Thrown, so that the queue keeps the job: one that ended here would leave the rest untold.
        ctx.signal.throwIfAborted();
        if (!(await ctx.write((writing) => tellSome(writing, brand, id, buyers.slice(at, at + TOLD_AT_ONCE))))) return;
      }
      after = buyers.at(-1)?.buyerId ?? null;
      if (buyers.length < READ_AT_ONCE) return;
    }
  });
}

/** The recalls whose buyers are written to, and that an order with these variants may be about. In memory: nearly always none. */
export async function recallsTold(ctx: Pick<Ctx, "snapshots">, variantIds: readonly string[]): Promise<RecallId[]> {
  const telling = (await ctx.snapshots.current(recallsSnapshot)).filter(({ isTelling }) => isTelling);
  if (telling.length === 0) return [];
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const products = new Set(variantIds.map((id) => catalog.variantOf(asId(id))?.product.id)); // as above
  return telling.filter(({ productId }) => products.has(productId)).map(({ id }) => id);
}
