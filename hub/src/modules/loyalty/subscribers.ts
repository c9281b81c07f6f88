import type { RecordId } from "@weft/kernel";
import { on, subscriber } from "../../platform/index.ts";
import { CustomerLinked, CustomerUnlinked } from "../customers/events.ts";
import { OrderClaimed, OrderPlaced } from "../orders/events.ts";
import { reviewTier } from "./commands/index.ts";
import { PointsTakenBack } from "./events.ts";
import { programSnapshot } from "./snapshot.ts";

/**
 * Tiers follow sales, returns and links within about a second [LOY-15]. Everything is counted anew, so a fact that comes twice changes nothing; a
 * program without tiers is not asked.
 */
export const loyaltySubscribers = [
  subscriber("loyalty.tiers", [
    on(OrderPlaced, (ctx, { data }) => review(ctx, data.points > 0 ? [data.recordId] : [])),
    on(OrderClaimed, (ctx, { data }) => review(ctx, [data.recordId])),
    on(PointsTakenBack, (ctx, { data }) => review(ctx, [data.recordId])),
    on(CustomerLinked, (ctx, { data }) => review(ctx, data.recordIds)),
    on(CustomerUnlinked, (ctx, { data }) => review(ctx, data.recordIds)),
  ]),
];

async function review(ctx: Parameters<typeof reviewTier>[0], recordIds: readonly (string | null)[]): Promise<void> {
  if (!(await ctx.snapshots.current(programSnapshot))?.rule.tiers) return;
  for (const id of recordIds) if (id) await reviewTier(ctx, id as RecordId); // the events carry ids as text; these were records' when they were published
}
