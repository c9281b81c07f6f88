import type { RecallView } from "@weft/contracts";
import { asId, asIdOrNull, type ProductId, type Result, type VariantId } from "@weft/kernel";
import { write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { announceRecall, liftRecall, tellBuyers } from "./commands.ts";
import type { RecallId } from "./domain/index.ts";
import { BATCHES_PROBLEMS, type BatchesError } from "./errors.ts";
import { presentRecall } from "./present.ts";
import type { StoredRecall } from "./queries/recalls.ts";

const PROBLEMS = { problems: BATCHES_PROBLEMS };

/** What staff do about goods that are called back. What became of it is the view `recalls`, which reads orders and messages, too. */
export const batchesRoutes: readonly Route[] = [
  write(
    "recalls.announce",
    async (ctx, { body }) => {
      const { productId, variantId, soldFrom } = body; // ids by the contract
      return shown(
        ctx,
        await announceRecall(ctx, {
          ...body,
          productId: asId<ProductId>(productId),
          variantId: asIdOrNull<VariantId>(variantId),
          soldFrom,
        }),
      );
    },
    PROBLEMS,
  ),
  write("recalls.tell", async (ctx, { params }) => shown(ctx, await tellBuyers(ctx, asId<RecallId>(params.id))), PROBLEMS),
  write("recalls.lift", async (ctx, { params }) => shown(ctx, await liftRecall(ctx, asId<RecallId>(params.id))), PROBLEMS),
];

async function shown(
  ctx: Ctx & Pick<ReadCtx, "snapshots">,
  done: Result<StoredRecall, BatchesError>,
): Promise<Result<RecallView, BatchesError>> {
  if (!done.ok) return done;
  const [view] = await presentRecall(ctx, [done.value]);
  if (!view) throw new Error("one recall is presented as one");
  return { ok: true, value: view };
}
