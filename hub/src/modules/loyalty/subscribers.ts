import { asId, type RecordId } from "@weft/kernel";
import { on, subscriber } from "../../platform/index.ts";
import { CustomerLinked, CustomerUnlinked } from "../customers/events.ts";
import { OrderClaimed, OrderPlaced } from "../orders/events.ts";
import { reviewTier, watch } from "./commands/index.ts";
import { PartnerPoints, PointsGranted, PointsTakenBack } from "./events.ts";
import { programNow } from "./snapshot.ts";

/**
 * Tiers follow sales, returns and links within about a second [LOY-15]. Everything is counted anew, so a fact that comes twice changes nothing; a
 * program without tiers is not asked.
 */
export const loyaltySubscribers = [
  subscriber("loyalty.tiers", [
    on(OrderPlaced, (ctx, { data }) => review(ctx, data.points > 0 ? [data.recordId] : [])),
    on(OrderClaimed, (ctx, { data }) => review(ctx, [data.recordId])),
    on(PointsTakenBack, (ctx, { data }) => review(ctx, [data.recordId])),
    on(PartnerPoints, (ctx, { data }) => review(ctx, [data.recordId])),
    on(CustomerLinked, (ctx, { data }) => review(ctx, data.recordIds)),
    on(CustomerUnlinked, (ctx, { data }) => review(ctx, data.recordIds)),
  ]),
  // Late by a second or so: nothing is refused for it [LOY-30]. A fact that comes twice is told once more, and is one task.
  subscriber("loyalty.watch", [
    on(OrderPlaced, (ctx, { data }) =>
      data.points > 0 && data.recordId ? watch(ctx, recordOf(data.recordId), "sales") : Promise.resolve(),
    ),
    on(PointsGranted, (ctx, { data }) => watch(ctx, recordOf(data.recordId), "grants", data.grantId)),
    on(PointsTakenBack, (ctx, { data }) => watch(ctx, recordOf(data.recordId), "returns")),
  ]),
];

/** Events carry ids as text; this was a record's when it was published. */
const recordOf = (id: string): RecordId => asId<RecordId>(id);

async function review(ctx: Parameters<typeof reviewTier>[0], recordIds: readonly (string | null)[]): Promise<void> {
  if (!(await programNow(ctx))?.rule.tiers) return;
  for (const id of recordIds) if (id) await reviewTier(ctx, id as RecordId); // the events carry ids as text; these were records' when they were published
}
