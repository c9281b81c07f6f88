import { asId, type RecordId } from "@weft/kernel";
import { job, type Ctx, type Job } from "../../../platform/index.ts";
import { recallsSnapshot, type RecallId } from "../../batches/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import type { Brand } from "../templates/index.ts";
import { tellSome } from "./tell.ts";

export type RecallToTell = { readonly recallId: string };

/** Writes to the buyers of what is called back, some in each transaction [BAT-5]. Made again it finds nobody who was told already. */
export function recallMessagesJob({ brand }: { readonly brand: Brand }): Job<RecallToTell> {
  return job("messages.recalls", async (ctx, { recallId }) => {
    let after: RecordId | null = null;
    do {
      const from: RecordId | null = after;
      after = await ctx.write((writing) => tellSome(writing, brand, asId<RecallId>(recallId), from)); // ids in jobs are texts
    } while (after !== null && !ctx.signal.aborted);
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
