import type { PlaceId, VariantId } from "@weft/kernel";
import { SoldOutChanged } from "../../modules/catalog/events.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { goodsStates } from "../../modules/promises/index.ts";
import { StockChanged } from "../../modules/stock/events.ts";
import { livePresenter, type LivePresenter } from "../../platform/index.ts";

/** So many variants of a store are told together: those that changed last. A screen that was away longer asks for its page again. */
const MOST_TOLD = 200;

type Changes = { position: number; readonly variants: Set<VariantId> };

/**
 * Stock and sold-out marks of a store as they change, for whoever shows its goods: `{ levels: [{ variantId, available, soldOut }] }`, of the
 * variants that changed lately. `available` is null for what the store does not count. Which changed is remembered per node, the
 * figures are read when they are told; the version is the place of the last change in the log.
 */
export function storeLive(): LivePresenter {
  const changesOf = new Map<string, Changes>();

  function note(placeId: string, variantId: VariantId, position: number): string {
    const changes = changesOf.get(placeId) ?? { position: 0, variants: new Set() };
    changesOf.set(placeId, changes);
    changes.position = Math.max(changes.position, position);
    // Deleted and added again it stands last; the first is the one that has been quiet longest.
    changes.variants.delete(variantId);
    changes.variants.add(variantId);
    const [oldest] = changes.variants;
    if (changes.variants.size > MOST_TOLD && oldest) changes.variants.delete(oldest);
    return `store/${placeId}`;
  }

  return livePresenter({
    kind: "store",
    affectedBy: [StockChanged, SoldOutChanged].map((event) => ({
      event,
      async subject({ data, position }, ctx) {
        const { placeId, variantId } = data as { placeId: string; variantId: VariantId }; // both events have them
        const catalog = await ctx.snapshots.current(catalogSnapshot);
        // What is made of it can be had more or less often, too [CAT-11].
        for (const whole of catalog.wholesWith(variantId)) note(placeId, whole, position);
        return note(placeId, variantId, position);
      },
    })),
    // What a shop window shows: to everyone who may read the catalog.
    authorize: async ({ actor }) => (actor.kind === "anonymous" ? null : "window"),
    async present(ctx, id) {
      const { position, variants } = changesOf.get(id) ?? { position: 0, variants: new Set<VariantId>() };
      const variantIds = [...variants];
      const placeId = id as PlaceId; // the store that was followed
      const stateAt = await goodsStates(ctx, variantIds, [placeId]);
      const levels = variantIds.map((variantId) => {
        const { available, soldOut } = stateAt(variantId, placeId);
        return { variantId, available: available === null ? null : Math.max(0, available), soldOut: soldOut !== null };
      });
      return { version: position, patch: { levels } };
    },
  });
}
