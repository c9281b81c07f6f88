import type { LoyaltyLotView, LoyaltyLotsView } from "@weft/contracts";
import { err, ok, type OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { customerOf, recordIdOf, recordsOf } from "../../modules/customers/index.ts";
import { lotsOf } from "../../modules/ledger/index.ts";
import { LOYALTY_PROBLEMS, pointsUnit, programNow, type LoyaltyError } from "../../modules/loyalty/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { read, type ReadCtx, type Route } from "../../platform/index.ts";

/** What a balance is made of, down to lots, rules, orders and what was taken from each [LOY-18]. */
export const lotsRoute: Route = read(
  "loyalty.lots",
  async (ctx, { params }) => {
    const recordId = await recordIdOf(ctx, params.id);
    if (!recordId) return err<LoyaltyError>({ code: "customer.unknown" });
    const program = await programNow(ctx);
    if (!program) return ok<LoyaltyLotsView>({ items: [], asOf: ctx.now.toISOString() });
    const recordIds = await recordsOf(ctx, await customerOf(ctx, recordId));
    const lots = await lotsOf(ctx, recordIds, pointsUnit(program.rule.programId));
    const numbers = await numbersOf(
      ctx,
      lots.flatMap(({ orderId, uses }) => [orderId, ...uses.map((use) => use.orderId)]),
    );
    const { places } = await ctx.snapshots.current(placesSnapshot);
    return ok<LoyaltyLotsView>({
      items: lots.map((lot): LoyaltyLotView => ({
        id: lot.id,
        kind: lot.kind,
        because: lot.because,
        at: lot.at.toISOString(),
        usableAt: lot.usableAt?.toISOString() ?? null,
        expiresAt: lot.expiresAt?.toISOString() ?? null,
        points: lot.quantity,
        left: lot.remaining,
        orderId: lot.orderId,
        orderNumber: numberOf(numbers, lot.orderId),
        placeName: (lot.placeId && places.get(lot.placeId)?.name) ?? null,
        uses: lot.uses.map(({ kind, at, quantity, orderId }) => ({
          kind,
          at: new Date(at).toISOString(),
          points: quantity,
          orderId,
          orderNumber: numberOf(numbers, orderId),
        })),
      })),
      asOf: ctx.now.toISOString(),
    });
  },
  { problems: LOYALTY_PROBLEMS },
);

const numberOf = (numbers: ReadonlyMap<string, string>, orderId: OrderId | null): string | null =>
  orderId === null ? null : (numbers.get(orderId) ?? null);

async function numbersOf(ctx: Pick<ReadCtx, "db">, orderIds: readonly (OrderId | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(orderIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; number: string }>`
    select id, number from orders.read_day where id = any(${ids}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, number }) => [id, number]));
}
