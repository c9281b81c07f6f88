import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import type { RecallId } from "./domain/index.ts";
import type { BatchesError } from "./errors.ts";
import { RecallChanged } from "./events.ts";
import { recallById, standingRecalls, type StoredRecall, type WantedRecall } from "./queries/recalls.ts";

/** The advisory lock under which recalls are made, so that of two who call the same back at once one does. */
const ANNOUNCE_LOCK = 7_461_312;

/**
 * Calls goods back [BAT-2]. Errors: `recall.product_unknown`, `recall.stands_already` where exactly this is called back. Publishes
 * `recall.changed.v1`.
 */
export async function announceRecall(ctx: Ctx, wanted: WantedRecall): Promise<Result<StoredRecall, BatchesError>> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const product = catalog.products.get(wanted.productId);
  const isKnown =
    product && (wanted.variantId === null || [...product.variants, ...product.retired].some(({ id }) => id === wanted.variantId));
  if (!isKnown) return err({ code: "recall.product_unknown" });
  const goods = { ...wanted, batches: [...new Set(wanted.batches)].toSorted(), serials: [...new Set(wanted.serials)].toSorted() };
  await sql`select pg_advisory_xact_lock(${ANNOUNCE_LOCK}::bigint)`.execute(ctx.db);
  const same = (await standingRecalls(ctx, goods.productId)).find((recall) => keyOf(recall) === keyOf(goods));
  if (same) return err({ code: "recall.stands_already", recallId: same.id });
  const id = ctx.newId<RecallId>();
  const { productId, variantId, batches, serials, reason, advice, soldFrom } = goods;
  await sql`
    insert into batches.recall (id, product_id, variant_id, batches, serials, reason, advice, sold_from, announced_at, announced_by)
    values (${id}, ${productId}, ${variantId}, ${batches}::text[], ${serials}::text[], ${JSON.stringify(reason)}::jsonb,
            ${advice && JSON.stringify(advice)}::jsonb, ${soldFrom}::date, ${ctx.now}, ${ctx.actor.staff?.id ?? null})`.execute(ctx.db);
  return noted(ctx, id, "announced");
}

const keyOf = ({ variantId, batches, serials }: Pick<WantedRecall, "variantId" | "batches" | "serials">): string =>
  JSON.stringify([variantId, batches, serials]);

/** Begins to write to its buyers [BAT-5]; asked again it is so already. Errors: `recall.unknown`, `recall.lifted`. Publishes `recall.changed.v1`. */
export async function tellBuyers(ctx: Ctx, id: RecallId): Promise<Result<StoredRecall, BatchesError>> {
  const recall = await recallById(ctx, id, true);
  if (!recall) return err({ code: "recall.unknown" });
  if (recall.liftedAt) return err({ code: "recall.lifted" });
  if (recall.tellingSince) return ok(recall);
  await sql`update batches.recall set telling_since = ${ctx.now} where id = ${id}`.execute(ctx.db);
  return noted(ctx, id, "telling");
}

/** Ends a recall [BAT-4]: what it stopped may be sold again. Errors: `recall.unknown`, `recall.lifted`. Publishes `recall.changed.v1`. */
export async function liftRecall(ctx: Ctx, id: RecallId): Promise<Result<StoredRecall, BatchesError>> {
  const recall = await recallById(ctx, id, true);
  if (!recall) return err({ code: "recall.unknown" });
  if (recall.liftedAt) return err({ code: "recall.lifted" });
  await sql`update batches.recall set lifted_at = ${ctx.now}, lifted_by = ${ctx.actor.staff?.id ?? null} where id = ${id}`.execute(ctx.db);
  return noted(ctx, id, "lifted");
}

const ACTIONS = { announced: "recalls.announce", telling: "recalls.tell", lifted: "recalls.lift" } as const;

async function noted(ctx: Ctx, id: RecallId, what: keyof typeof ACTIONS): Promise<Result<StoredRecall, BatchesError>> {
  const recall = await recallById(ctx, id);
  if (!recall) throw new Error(`recall ${id} was just written and is not there`);
  const { productId, variantId } = recall;
  await auditWrite(ctx, { action: ACTIONS[what], subject: `recall/${id}` });
  await publish(ctx, RecallChanged, `recall/${id}`, { recallId: id, productId, variantId, what });
  return ok(recall);
}
