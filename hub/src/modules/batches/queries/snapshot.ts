import { defineSnapshot } from "../../../platform/index.ts";
import type { StandingRecall } from "../domain/index.ts";
import { RecallChanged } from "../events.ts";
import { standingRecalls, type StoredRecall } from "./recalls.ts";

/** A recall that stands, and whether its buyers are written to. */
export type KnownRecall = StandingRecall & Pick<StoredRecall, "soldFrom"> & { readonly isTelling: boolean };

/**
 * The recalls that stand: `await ctx.snapshots.current(recallsSnapshot)`. Read with every thing that is put into a cart, so it is no statement; some
 * milliseconds behind a change.
 */
export const recallsSnapshot = defineSnapshot<readonly KnownRecall[]>({
  name: "batches.recalls",
  invalidatedBy: [RecallChanged],
  async load(db) {
    const standing = await standingRecalls({ db });
    return standing.map(({ id, productId, variantId, batches, serials, reason, soldFrom, tellingSince }) => {
      return { id, productId, variantId, batches, serials, reason, soldFrom, isTelling: tellingSince !== null };
    });
  },
});
