import { err, ok, type ChannelId, type Id, type PlaceId, type RecordId, type Result, type StaffId, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { catalogSnapshot, type Catalog } from "../../catalog/index.ts";
import { lockCustomer, recordForTill } from "../../customers/index.ts";
import { creditReturn } from "../../payments/index.ts";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import type { ReturnId } from "../commands.ts";
import type { UnprovenUnits } from "../domain/index.ts";
import type { ReturnError } from "../errors.ts";
import { ReturnTaken } from "../events.ts";
import { approverOf, unprovenOffer, type UnprovenOffer } from "./offer.ts";

export type WantedUnproven = {
  /** Made by the till, so that asked again it is the same return. */
  readonly id: ReturnId;
  readonly customerId: string;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly units: readonly UnprovenUnits[];
  /** What the customer was told, in minor units. */
  readonly expectedTotal: number;
  readonly approval: string | undefined;
};

/** A return without proof that was taken, with what its ticket says. */
export type TakenUnproven = {
  readonly id: ReturnId;
  readonly recordId: RecordId;
  readonly currency: string;
  readonly total: number;
  readonly lines: readonly WrittenLine[];
  readonly taxes: UnprovenOffer["plan"]["taxes"];
  /** Whether its prices have their tax in them. */
  readonly taxIncluded: boolean;
};

/**
 * Takes goods back of which nobody shows a receipt [RET-14]: document, stock and store credit in one transaction, under the lock of the customer, so
 * that of two at the same moment the second sees what the first took. No order is touched, and no points. Errors: those of `unprovenOffer`;
 * `return.needs_staff`, `return.customer_needed`, `return.already_taken`, `return.total_changed`, `return.approval_needed`. Publishes `return.taken.v1`.
 */
export async function takeUnproven(ctx: Ctx, vault: Vault, wanted: WantedUnproven): Promise<Result<TakenUnproven, ReturnError>> {
  const { staff } = ctx.actor;
  if (!staff) return err({ code: "return.needs_staff" });
  const recordId = await recordForTill(ctx, wanted.customerId);
  if (!recordId) return err({ code: "return.customer_needed" });
  await lockCustomer(ctx, recordId);
  const { rows: known } = await sql`select 1 from returns.return_order where id = ${wanted.id}`.execute(ctx.db);
  if (known.length > 0) return err({ code: "return.already_taken" });
  const offered = await unprovenOffer(ctx, wanted.placeId, recordId, wanted.units);
  if (!offered.ok) return offered;
  const { place, plan, risk, most, left } = offered.value;
  const { total } = plan;
  if (total !== wanted.expectedTotal) return err({ code: "return.total_changed", total: { amount: total, currency: place.currency } });
  const stoodBehind = { returnId: wanted.id, customerId: wanted.customerId, amount: total };
  const approvedBy = risk === "needs_approval" ? approverOf(vault, wanted.approval, stoodBehind) : null;
  if (risk === "needs_approval" && approvedBy === null) return err({ code: "return.approval_needed", most, left });
  const lines = await writeUnproven(ctx, wanted, offered.value, { recordId, approvedBy });
  await restock(ctx, wanted, lines);
  await auditWrite(ctx, {
    action: "returns.takeUnproven",
    subject: `customer/${wanted.customerId}`,
    reason: `${total} ${place.currency}, approved by ${approvedBy}`,
  });
  const { channelId, placeId } = wanted;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const fact = { returnId: wanted.id, orderId: null, recordId, channelId, placeId, total, currency: place.currency, units };
  await publish(ctx, ReturnTaken, `return/${wanted.id}`, fact);
  // The balance is the last lock.
  const { entityId, timeZone, today: businessDate, currency } = place;
  await creditReturn(ctx, {
    returnId: wanted.id,
    recordId,
    amount: { amount: total, currency },
    entityId,
    placeId,
    channelId,
    businessDate,
    timeZone,
  });
  return ok({ id: wanted.id, recordId, currency, total, lines, taxes: plan.taxes, taxIncluded: offered.value.taxIncluded });
}

type WrittenLine = ReturnType<typeof lineOf>;
type Behind = { readonly recordId: RecordId; readonly approvedBy: StaffId | null };

async function writeUnproven(
  ctx: Ctx,
  { id, channelId }: WantedUnproven,
  { place, plan }: UnprovenOffer,
  { recordId, approvedBy }: Behind,
): Promise<readonly WrittenLine[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const document = {
    id,
    record_id: recordId,
    entity_id: place.entityId,
    place_id: place.placeId,
    channel_id: channelId,
    business_date: place.today,
    time_zone: place.timeZone,
    at: ctx.now,
    currency: place.currency,
    total: plan.total,
    tax: plan.tax,
    taxes: plan.taxes,
    refunds: [{ kind: "store_credit", amount: plan.total }],
    proof: "unproven",
    approved_by: approvedBy,
    staff_id: ctx.actor.staff?.id ?? null,
    staff_name: ctx.actor.staff?.name ?? null,
  };
  const lines = plan.lines.map((line, index) => lineOf(ctx, catalog, id, line, index));
  await sql`select returns.take(${JSON.stringify(document)}::json, ${JSON.stringify(lines)}::json)`.execute(ctx.db);
  return lines;
}

function lineOf(ctx: Ctx, catalog: Catalog, returnId: ReturnId, line: UnprovenOffer["plan"]["lines"][number], index: number) {
  const found = catalog.variantOfSku(line.sku);
  if (!found) throw new Error(`${line.sku} was priced and is not in the catalog`);
  const { product, variant } = found;
  return {
    id: ctx.newId<Id<"return line">>(),
    return_id: returnId,
    position: index + 1,
    kind: "goods" as const,
    variant_id: variant.id,
    sku: line.sku,
    name: product.name,
    options: variant.name ? [variant.name] : [],
    unit: product.unit,
    quantity: line.quantity,
    unit_price: line.goods.unitPrice,
    total: line.total,
    tax: line.tax,
    tax_rate: line.goods.taxRate,
    reason: line.reason,
    disposition: line.disposition,
  };
}

/** Back on the shelf of the place that took them; what is set aside or lost never gets there [RET-9]. */
async function restock(ctx: Ctx, { id, placeId }: WantedUnproven, lines: readonly WrittenLine[]): Promise<void> {
  const onShelf = lines.filter(({ disposition }) => disposition === "restock");
  if (onShelf.length === 0) return;
  const variants: readonly VariantId[] = onShelf.map(({ variant_id }) => variant_id);
  await sql`
    select stock.restock(${id}, ${onShelf.map((line) => line.id)}::uuid[], ${variants}::uuid[], ${onShelf.map(() => placeId)}::uuid[],
                         ${onShelf.map(({ quantity }) => quantity)}::integer[])`.execute(ctx.db);
}
