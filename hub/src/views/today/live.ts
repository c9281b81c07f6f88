import { asId, type PlaceId } from "@weft/kernel";
import { FulfillmentChanged, FulfillmentOverdue, FulfillmentRejected } from "../../modules/fulfillment/events.ts";
import { OrderCanceled, OrderChanged, OrderPlaced } from "../../modules/orders/events.ts";
import { placesInScope, placesSnapshot } from "../../modules/places/index.ts";
import { StockConflictChanged, StockDocumentChanged } from "../../modules/stock/events.ts";
import { TaskChanged } from "../../modules/tasks/events.ts";
import { ShiftClosed, ShiftOpened, TicketWritten } from "../../modules/till/events.ts";
import { livePresenter, type LivePresenter, type ReadCtx } from "../../platform/index.ts";

const SECOND_MS = 1000;

/**
 * Says that something of the day moved: `today/all`, `today/<group>` or `today/<place>`. A chain sells several times a second, so there is
 * one message for a second, whatever happened in it, and it carries nothing: a screen asks when that second is over [TDY-6].
 */
export const todayLive: LivePresenter = livePresenter({
  kind: "today",
  affectedBy: [
    OrderPlaced,
    OrderChanged,
    OrderCanceled,
    FulfillmentChanged,
    FulfillmentOverdue,
    FulfillmentRejected,
    StockConflictChanged,
    StockDocumentChanged,
    TaskChanged,
    ShiftOpened,
    ShiftClosed,
    TicketWritten,
  ].map((event) => ({
    event,
    subject({ data }, ctx) {
      const { placeId } = data as { readonly placeId: string | null }; // each of these facts names its place, or that it has none
      return subjectsOf(ctx, placeId);
    },
  })),
  async authorize(ctx, id) {
    if (!ctx.actor.staff) return null;
    if (id === "all" || (await placesInScope(ctx, { placeId: id })).ok) return "staff";
    const group = await placesInScope(ctx, { groupId: id });
    return group.ok && group.value.places.length > 0 ? "staff" : null;
  },
  present: async () => ({ version: Math.floor(Date.now() / SECOND_MS), patch: {} }),
});

async function subjectsOf(ctx: Pick<ReadCtx, "snapshots">, placeId: string | null): Promise<string[]> {
  const place = placeId === null ? undefined : (await ctx.snapshots.current(placesSnapshot)).places.get(asId<PlaceId>(placeId));
  return ["all", ...(placeId === null ? [] : [placeId]), ...(place?.groupIds ?? [])].map((id) => `today/${id}`);
}
