import type { PlaceId, ProductId } from "@weft/kernel";
import { sql } from "kysely";
import { defineSnapshot, publish, type Ctx, type Db } from "../../platform/index.ts";
import { TimesLearned } from "./events.ts";

/** What one piece of a product took at a place: the median of what was measured, within half and double of what is set, and from how many. */
export type LearnedTime = { readonly productId: ProductId; readonly seconds: number; readonly samples: number };

/** What was learned at places, by `place/product`, in memory; only places that go by it look here [QUE-4]. */
export const learnedTimesSnapshot = defineSnapshot<ReadonlyMap<string, number>>({
  name: "promises.learned_times",
  load: loadLearnedTimes,
  invalidatedBy: [TimesLearned],
});

async function loadLearnedTimes(db: Db): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; seconds: number }>`
    select place_id || '/' || product_id as key, seconds from promises.learned_time`.execute(db);
  return new Map(rows.map(({ key, seconds }) => [key, seconds]));
}

/** Keeps what was learned at a place, and nothing of before. Publishes `promise.times_learned.v1`. */
export async function keepLearnedTimes(ctx: Ctx, placeId: PlaceId, times: readonly LearnedTime[]): Promise<void> {
  await sql`delete from promises.learned_time where place_id = ${placeId}`.execute(ctx.db);
  await sql`
    insert into promises.learned_time (place_id, product_id, seconds, samples, learned_at)
    select ${placeId}, product_id, seconds, samples, ${ctx.now}
      from unnest(${times.map(({ productId }) => productId)}::uuid[], ${times.map(({ seconds }) => seconds)}::integer[],
                  ${times.map(({ samples }) => samples)}::integer[]) as t(product_id, seconds, samples)`.execute(ctx.db);
  await publish(ctx, TimesLearned, `place/${placeId}`, { placeId });
}
