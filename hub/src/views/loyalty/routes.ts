import type { LoyaltyEntryView } from "@weft/contracts";
import { err, ok, type OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { customerOf, recordIdOf, recordsOf } from "../../modules/customers/index.ts";
import {
  LOYALTY_PROBLEMS,
  pointsHistory,
  programNow,
  redemptionsOf,
  type LoyaltyError,
  type Redeemed,
} from "../../modules/loyalty/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { lotsRoute } from "./lots.ts";
import { simulateDraft } from "./simulation.ts";
import { pageFrom, read, readCursor, type ReadCtx, type Route } from "../../platform/index.ts";

type Goods = LoyaltyEntryView["goods"][number] & { readonly orderId: OrderId };

/** The history of points, each movement with what was bought and redeemed: loyalty knows the points, the order book knows the goods. */
export const loyaltyViewRoutes: readonly Route[] = [
  lotsRoute,
  read("loyalty.simulate", (ctx, { body }) => simulateDraft(ctx, body), { problems: LOYALTY_PROBLEMS }),
  read(
    "loyalty.history",
    async (ctx, { params, query }) => {
      const recordId = await recordIdOf(ctx, params.id);
      if (!recordId) return err<LoyaltyError>({ code: "customer.unknown" });
      const program = await programNow(ctx);
      if (!program) return ok({ items: [], nextCursor: null });
      const rows = await pointsHistory(ctx, {
        recordIds: await recordsOf(ctx, await customerOf(ctx, recordId)),
        programId: program.rule.programId,
        before: readCursor(z.uuid(), query.cursor),
        limit: query.limit + 1,
      });
      const orderIds = [...new Set(rows.flatMap(({ orderId }) => orderId ?? []))];
      const [goods, redeemed] = [await goodsOf(ctx, orderIds), await redemptionsOf(ctx, orderIds)];
      const { places } = await ctx.snapshots.current(placesSnapshot);
      const present = (entry: (typeof rows)[number]): LoyaltyEntryView => ({
        id: entry.id,
        at: entry.at.toISOString(),
        points: entry.amount,
        kind: entry.kind,
        because: entry.because,
        orderId: entry.orderId,
        placeName: (entry.placeId && places.get(entry.placeId)?.name) ?? null,
        timeZone: (entry.placeId && places.get(entry.placeId)?.timeZone) ?? null,
        goods: goods.filter(({ orderId }) => orderId === entry.orderId).map(({ name, quantity }) => ({ name, quantity })),
        rewards: isOfRewards(entry.kind) ? rewardsIn(redeemed, entry.orderId) : [],
      });
      return ok(pageFrom(rows, query.limit, present, ({ id }) => id));
    },
    { problems: LOYALTY_PROBLEMS },
  ),
];

const isOfRewards = (kind: string): boolean => kind === "burn" || kind === "give_back";

function rewardsIn(redeemed: readonly Redeemed[], orderId: OrderId | null): LoyaltyEntryView["rewards"] {
  return redeemed.filter((one) => one.orderId === orderId).map(({ name, points }) => ({ name, points }));
}

/** The dearest three things of each order; what is weighed counts as one. */
async function goodsOf(ctx: Pick<ReadCtx, "db">, orderIds: readonly OrderId[]): Promise<Goods[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<Goods>`
    select l.order_id as "orderId", l.name, case l.unit when 'gram' then 1 else l.ordered end as quantity
    from unnest(${[...orderIds]}::uuid[]) o (id),
         lateral (select * from orders.read_line l where l.order_id = o.id order by l.subtotal desc, l.position limit 3) l`.execute(ctx.db);
  return rows;
}
