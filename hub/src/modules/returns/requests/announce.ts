import { randomBytes } from "node:crypto";
import type { ReturnReason } from "@weft/contracts";
import { err, ok, type LineId, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { planReturn, returnCode, normalizeReturnCode, type RequestedUnits } from "../domain/index.ts";
import type { ReturnError } from "../errors.ts";
import { ReturnRequestChanged } from "../events.ts";
import { lockBoth } from "../lock.ts";
import { standingForCustomer, type CustomerStanding } from "../standing.ts";
import { announcedUnits, type RequestId } from "./read.ts";

export type WantedRequest = {
  readonly orderId: OrderId;
  readonly way: "store" | "parcel";
  readonly wish: "money" | "exchange";
  readonly lines: readonly { readonly orderLineId: LineId; readonly quantity: number; readonly reason: ReturnReason }[];
};

/** The keyed hash under which an announced return is found by its code. */
export const returnCodeMac = (vault: Vault, code: string): Buffer => vault.mac("return code", normalizeReturnCode(code));

/**
 * Keeps that a customer brings or sends goods back [RET-11]: judged today as a counter would, so that what is announced in time is in time when
 * it arrives. Nothing moves yet. Under the order's lock, so no unit is announced twice. Errors: `order.unknown`, `return.not_possible`,
 * `return.no_parcel`, those of `planReturn`. Publishes `return.request_changed.v1`.
 */
export async function announceReturn(ctx: Ctx, vault: Vault, wanted: WantedRequest): Promise<Result<RequestId, ReturnError>> {
  await lockBoth(ctx, wanted.orderId);
  const found = await standingForCustomer(ctx, wanted.orderId);
  if (!found.ok) return found;
  const standing = found.value;
  if (standing.closed) return err({ code: "return.not_possible", because: standing.closed });
  if (wanted.way === "parcel" && !standing.mayParcel) return err({ code: "return.no_parcel" });
  const announced = await announcedUnits(ctx, wanted.orderId);
  // Units that are on their way already are as good as back.
  const lines = standing.lines.map((line) => ({ ...line, returned: line.returned + (announced.get(line.id) ?? 0) }));
  const units = oncePerLine(wanted.lines);
  const planned = planReturn(
    lines,
    units.map((unit) => ({ ...unit, disposition: "write_off" as const })),
  );
  if (!planned.ok) return planned;
  return ok(await writeRequest(ctx, vault, wanted, standing, units));
}

/** A line that is named twice is one line, for its first reason. */
function oncePerLine(lines: WantedRequest["lines"]): RequestedUnits[] {
  const units = new Map<LineId, RequestedUnits>();
  for (const line of lines) {
    const before = units.get(line.orderLineId);
    units.set(line.orderLineId, before ? { ...before, quantity: before.quantity + line.quantity } : line);
  }
  return [...units.values()];
}

async function writeRequest(
  ctx: Ctx,
  vault: Vault,
  { way, wish }: WantedRequest,
  { entry, place, policy }: CustomerStanding,
  units: readonly RequestedUnits[],
): Promise<RequestId> {
  const { order } = entry;
  const code = returnCode(randomBytes(32));
  const id = ctx.newId<RequestId>();
  const channelId = ctx.actor.channelId ?? order.channel_id;
  const request = {
    id,
    order_id: order.id,
    order_number: order.number,
    record_id: order.record_id,
    entity_id: order.entity_id,
    place_id: way === "parcel" ? place.placeId : null,
    channel_id: channelId,
    business_date: place.today,
    time_zone: place.timeZone,
    way,
    wish,
    code_mac: returnCodeMac(vault, code).toString("hex"),
    code_sealed: vault.seal(code),
    // Whose fault it is pays for the way back.
    is_parcel_free: policy.isParcelFree || units.every(({ reason }) => reason !== "changed_mind" && reason !== "other"),
    requested_at: ctx.now,
  };
  const lines = units.map(({ orderLineId, quantity, reason }, index) => ({
    position: index + 1,
    order_line_id: orderLineId,
    quantity,
    reason,
  }));
  await sql`select returns.announce(${JSON.stringify(request)}::json, ${JSON.stringify(lines)}::json)`.execute(ctx.db);
  await publish(ctx, ReturnRequestChanged, `order/${order.id}`, {
    requestId: id,
    orderId: order.id,
    recordId: order.record_id,
    channelId,
    placeId: request.place_id,
    state: "requested",
  });
  return id;
}
