import { err, ok, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx, type Vault } from "../../platform/index.ts";
import { OrderChanged } from "../orders/events.ts";
import { codeMac } from "./code-mac.ts";
import { mustRead } from "./commands.ts";
import { collectorCode, fits, move } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import type { WholeFulfillment } from "./queries.ts";

/** How long after the hand-over it is known who came: as long as where a parcel went. */
const NAME_MONTHS = 25;

/**
 * Lets somebody else fetch it, with a code of their own [FUL-31]; named anew, another code holds and the one before opens nothing. The caller
 * holds the order's lock and has looked that this is the customer's wish. Errors: `fulfillment.other_kind`, `fulfillment.not_possible`.
 * Publishes `order.changed.v1`.
 */
export async function nameCollector(
  ctx: Ctx,
  vault: Vault,
  whole: WholeFulfillment,
  name: string,
): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const { id, place_id: placeId, record_id: recordId } = whole.fulfillment;
  const closed = whyNobodyElse(whole);
  if (closed) return err(closed);
  const code = collectorCode(ctx.newId<Id<"collection code">>());
  await sql`
    insert into fulfillment.collector (fulfillment_id, place_id, record_id, name, code_mac, code_sealed, named_at)
    values (${id}, ${placeId}, ${recordId}, ${name}, ${codeMac(vault, placeId, code)}, ${vault.seal(code)}, ${ctx.now})
    on conflict (fulfillment_id) do update
      set name = excluded.name, code_mac = excluded.code_mac, code_sealed = excluded.code_sealed, named_at = excluded.named_at`.execute(
    ctx.db,
  );
  return ok(await changed(ctx, whole));
}

/** Nobody else fetches it any more; without anybody named it stays so. As `nameCollector` else. */
export async function withdrawCollector(ctx: Ctx, whole: WholeFulfillment): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const closed = whyNobodyElse(whole);
  if (closed) return err(closed);
  if (whole.collector === null) return ok(whole);
  await sql`delete from fulfillment.collector where fulfillment_id = ${whole.fulfillment.id}`.execute(ctx.db);
  return ok(await changed(ctx, whole));
}

function whyNobodyElse({ fulfillment: { kind, state, code_sealed } }: WholeFulfillment): FulfillmentError | undefined {
  if (!fits(kind, "collect")) return { code: "fulfillment.other_kind", kind };
  return move(state, "collect").kind === "moves" && code_sealed !== null ? undefined : { code: "fulfillment.not_possible", state };
}

async function changed(ctx: Ctx, { fulfillment }: WholeFulfillment): Promise<WholeFulfillment> {
  const { id, order_id: orderId, record_id: recordId, place_id: placeId } = fulfillment;
  await sql`update fulfillment.fulfillment set version = version + 1 where id = ${id}`.execute(ctx.db);
  await sql`select orders.touch(${orderId})`.execute(ctx.db);
  await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId, placeId });
  return mustRead(ctx, id);
}

/** Keeps the name of whoever takes it, as staff wrote it down at the counter [FUL-32]. */
export async function noteReceiver(ctx: Ctx, { fulfillment }: WholeFulfillment, name: string): Promise<void> {
  await sql`
    insert into fulfillment.collector (fulfillment_id, place_id, record_id, name, named_at)
    values (${fulfillment.id}, ${fulfillment.place_id}, ${fulfillment.record_id}, ${name}, ${ctx.now})
    on conflict (fulfillment_id) do update set name = excluded.name`.execute(ctx.db);
}

/** With the hand-over the collector's code ends; who did not come was only named, and is forgotten. */
export async function endCollector(ctx: Ctx, whole: WholeFulfillment, hasCome: boolean): Promise<void> {
  const { id } = whole.fulfillment;
  if (hasCome)
    await sql`
      update fulfillment.collector set collected_at = ${ctx.now}, code_mac = null, code_sealed = null
       where fulfillment_id = ${id}`.execute(ctx.db);
  else if (whole.collector) await sql`delete from fulfillment.collector where fulfillment_id = ${id}`.execute(ctx.db);
}

/** Forgets who came for the goods of erased people; that it was handed over, and by whom, stays with the order. */
export async function eraseCollectors(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`
    update fulfillment.collector set name = null, code_mac = null, code_sealed = null
     where record_id = any(${[...recordIds]}::uuid[])`.execute(ctx.db);
}

/** Whom people named to fetch their goods, for giving out what is known of a person. */
export async function collectorsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select fulfillment_id as id, record_id, name, named_at, collected_at from fulfillment.collector
    where record_id = any(${[...recordIds]}::uuid[]) and name is not null order by fulfillment_id`.execute(ctx.db);
  return rows;
}

/** Forgets names whose time is over, some at a time. Answers how many. */
export async function forgetCollectors(ctx: Ctx, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update fulfillment.collector set name = null, code_mac = null, code_sealed = null
     where fulfillment_id in (
       select c.fulfillment_id from fulfillment.collector c join fulfillment.fulfillment f on f.id = c.fulfillment_id
        where c.name is not null and f.done_at < ${ctx.now}::timestamptz - make_interval(months => ${NAME_MONTHS}::integer)
        limit ${most} for update of c skip locked)`.execute(ctx.db);
  return Number(numAffectedRows);
}
