import { ok, err, type BusinessDate, type ChannelId, type OrderId, type PlaceId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { answersForAll, isGranted, mayActAt } from "../access/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { carriesBetween, type Proof, type Terms } from "../channels/index.ts";
import { readOrder, type BookEntry } from "../orders/index.ts";
import { businessDateAt, documentPlace, type DocumentPlace } from "../places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { judgeReturn, RETURN_POLICY, returnableOf, returnableUntil, type ReturnableLine, type ReturnClosed } from "./domain/index.ts";
import type { ReturnError } from "./errors.ts";

/** Where goods are brought, and by which channel. */
export type Counter = { readonly placeId: PlaceId; readonly channelId: ChannelId | null };

/** An order as it stands for those who would take goods of it back at a place. */
export type Standing = {
  readonly entry: BookEntry;
  readonly place: DocumentPlace & { readonly today: BusinessDate };
  readonly lines: readonly ReturnableLine[];
  readonly closed: ReturnClosed | null;
  readonly until: BusinessDate;
  readonly proof: Proof;
};

type Reader = Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">;

/**
 * What of an order can come back at a place now [RET-7]. Errors: `order.unknown`, also for one that the link levels do not carry here [RET-8],
 * `return.other_place` for staff who do not work there.
 */
export async function standingOf(ctx: Reader, orderId: OrderId, counter: Counter): Promise<Result<Standing, ReturnError>> {
  const place = await documentPlace(ctx, counter.placeId);
  if (!place || !mayActAt(ctx.actor, counter.placeId)) return err({ code: "return.other_place" });
  const entry = await readOrder(ctx, orderId);
  const carried = entry && (await carriedHere(ctx, entry, counter));
  if (!entry || !carried) return err({ code: "order.unknown" });
  const { order } = entry;
  const lines = await returnableLines(ctx, entry);
  const today = businessDateAt(place, ctx.now);
  const brought = {
    mode: order.mode,
    entityId: order.entity_id,
    currency: order.currency,
    businessDate: order.business_date,
    returnable: lines.reduce((sum, line) => (line.kind === "goods" ? sum + returnableOf(line) : sum), 0),
    refundTo: carried.refundTo,
    returnsOfCustomer: await returnsOfCustomer(ctx, order.record_id),
  };
  return ok({
    entry,
    place: { ...place, today },
    lines,
    closed: judgeReturn(brought, { ...place, today }, RETURN_POLICY),
    until: returnableUntil(brought, RETURN_POLICY),
    proof: carried.proof,
  });
}

/** By which proof the levels carry the order to the counter, and how its money goes back there; null when they do not [RET-8]. */
async function carriedHere(
  ctx: Reader,
  { order }: BookEntry,
  { placeId, channelId }: Counter,
): Promise<{ readonly refundTo: Terms["order"]["refundTo"]; readonly proof: Proof } | null> {
  if (answersForAll(ctx.actor)) return { refundTo: "tender", proof: "none" };
  const from = { channelId: order.channel_id, placeId: order.place_id };
  for (const proof of ["none", "order_number"] as const) {
    if (proof === "order_number" && !(await isGranted(ctx, [`order/${order.id}`]))) return null;
    const carriage = await carriesBetween(ctx, from, { channelId, placeId }, "order", proof);
    if (carriage.carried) return { refundTo: carriage.terms.refundTo, proof };
    if (carriage.because === "siloed") return null;
  }
  return null;
}

async function returnableLines(ctx: Pick<Reader, "snapshots">, { lines }: BookEntry): Promise<ReturnableLine[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return lines.map(({ id, kind, ordered, canceled, fulfilled, returned, total, tax, tax_rate, variant_id }) => ({
    id,
    kind,
    ordered,
    canceled,
    fulfilled,
    returned,
    total,
    tax,
    taxRate: tax_rate,
    isRestockable: variant_id !== null && (catalog.byVariant(variant_id)?.tracked ?? false),
  }));
}

/** How often a customer brought something back within the days that the policy counts. */
async function returnsOfCustomer(ctx: Pick<Reader, "db" | "now">, recordId: RecordId | null): Promise<number> {
  const days = RETURN_POLICY.mostPerCustomer?.days;
  if (recordId === null || days === undefined) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from returns.return_order
     where mode = 'live' and record_id = any(array(select customers.records_of(${recordId}))) and at > ${ctx.now}::timestamptz - make_interval(days => ${days})`.execute(
    ctx.db,
  );
  return rows[0]?.count ?? 0;
}
