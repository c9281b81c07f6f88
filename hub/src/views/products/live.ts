import type { PlaceId, VariantId } from "@weft/kernel";
import { CatalogChanged, SoldOutChanged } from "../../modules/catalog/events.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { PlaceChanged, PlaceGroupChanged } from "../../modules/places/events.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { PricingChanged, PromotionsTurned } from "../../modules/pricing/events.ts";
import { pricingSnapshot } from "../../modules/pricing/index.ts";
import { PaceChanged } from "../../modules/promises/events.ts";
import { freshPaces, goodsStates } from "../../modules/promises/index.ts";
import { StockChanged } from "../../modules/stock/events.ts";
import { livePresenter, type LivePresenter, type ReadCtx } from "../../platform/index.ts";

/** So many variants of a store are told together: those that changed last. A screen that was away longer asks for its page again. */
const MOST_TOLD = 200;
/** Memory follows a fact some milliseconds later. Told before it does, a screen would ask too early; after so long it is told anyway. */
const MOST_WAIT_MS = 2000;
const LOOK_AGAIN_MS = 10;

type Changes = { position: number; readonly variants: Set<VariantId> };

/**
 * Stock and sold-out marks of a store as they change, for whoever shows its goods: `{ levels: [{ variantId, available, soldOut }], menu }`, of
 * the variants that changed lately. `available` is null for what the store does not count. `menu` is another text whenever goods, prices or
 * promotions are different, also by the clock, or the store prepares at another pace: a screen asks for them again. Which changed is remembered per node, the figures are read
 * when they are told; the version is the place of the last change in the log.
 */
export function storeLive(): LivePresenter {
  const changesOf = new Map<string, Changes>();
  let menu = 0;
  const turned = new Map<string, number>();

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

  async function noteMenu(ctx: ReadCtx, position: number, announced: Revisions): Promise<string[]> {
    // Not while it is presented: that would hold back what else is.
    await untilKnown(ctx, announced);
    menu = Math.max(menu, position);
    return [...(await ctx.snapshots.current(placesSnapshot)).places.keys()].map((id) => `store/${id}`);
  }

  const stockChanges = [StockChanged, SoldOutChanged].map((event) => ({
    event,
    async subject({ data, position }: { readonly data: unknown; readonly position: number }, ctx: ReadCtx) {
      const { placeId, variantId } = data as { placeId: string; variantId: VariantId }; // both events have them
      const catalog = await ctx.snapshots.current(catalogSnapshot);
      // What is made of it can be had more or less often, too [CAT-11].
      for (const whole of catalog.wholesWith(variantId)) note(placeId, whole, position);
      return note(placeId, variantId, position);
    },
  }));
  return livePresenter({
    kind: "store",
    affectedBy: [
      ...stockChanges,
      ...(
        [
          [CatalogChanged, "catalog"],
          [PricingChanged, "pricing"],
        ] as const
      ).map(([event, what]) => ({
        event,
        subject: ({ data, position }: { readonly data: unknown; readonly position: number }, ctx: ReadCtx) =>
          noteMenu(ctx, position, { [what]: (data as { revision: number }).revision }), // both events have it
      })),
      // What a place sells at which time of the day is a setting of it, or of a group above it.
      ...(
        [
          [PaceChanged, freshPaces],
          [PlaceChanged, (snapshots: ReadCtx["snapshots"]) => snapshots.fresh(placesSnapshot)],
        ] as const
      ).map(([event, renew]) => ({
        event,
        async subject({ data, position }: { readonly data: unknown; readonly position: number }, { snapshots }: ReadCtx) {
          const { placeId } = data as { placeId: string }; // both events have it
          // A screen that hears of it asks at once: it must not be given what was before, which it would show for a minute.
          await renew(snapshots);
          turned.set(placeId, position);
          return `store/${placeId}`;
        },
      })),
      {
        event: PlaceGroupChanged,
        async subject({ position }, ctx) {
          await ctx.snapshots.fresh(placesSnapshot);
          return noteMenu(ctx, position, {});
        },
      },
      { event: PromotionsTurned, subject: ({ position }, ctx) => noteMenu(ctx, position, {}) },
    ],
    // What a shop window shows: to everyone who may read the catalog.
    authorize: async ({ actor }) => (actor.kind === "anonymous" ? null : "window"),
    async present(ctx, id) {
      const { position, variants } = changesOf.get(id) ?? { position: 0, variants: new Set<VariantId>() };
      const variantIds = [...variants];
      const placeId = id as PlaceId; // the store that was followed
      const stateAt = await goodsStates(ctx, variantIds, [placeId]);
      const levels = variantIds.map((variantId) => {
        const { available, soldOut, ahead } = stateAt(variantId, placeId);
        return {
          variantId,
          available: available === null ? null : Math.max(0, available),
          soldOut: soldOut !== null,
          ahead: ahead && ahead.left > 0 ? { kind: ahead.kind, left: ahead.left, on: ahead.on } : null,
        };
      });
      const own = turned.get(id);
      return {
        version: Math.max(position, menu, own ?? 0),
        patch: { levels, menu: own === undefined ? String(menu) : `${menu} ${own}` },
      };
    },
  });
}

type Revisions = { readonly catalog?: number; readonly pricing?: number };

/** Waits until memory has what was announced. */
async function untilKnown({ snapshots }: Pick<ReadCtx, "snapshots">, { catalog = 0, pricing = 0 }: Revisions): Promise<void> {
  const end = performance.now() + MOST_WAIT_MS;
  while (performance.now() < end) {
    const isCatalog = (await snapshots.current(catalogSnapshot)).revision >= catalog;
    if (isCatalog && (await snapshots.current(pricingSnapshot)).revision >= pricing) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
