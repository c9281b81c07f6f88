import { err, ok, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { mayActAt } from "../../access/index.ts";
import { channelAt } from "../../channels/index.ts";
import { documentPlace } from "../../places/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { ReturnId } from "../commands.ts";
import { inspect, mayMove, type BroughtUnits, type InspectedUnits, type RequestMove, type RequestState } from "../domain/index.ts";
import type { ReturnError } from "../errors.ts";
import { ReturnRequestChanged } from "../events.ts";
import { lockBoth } from "../lock.ts";
import { takeReturn, type TakenReturn, type WantedReturn } from "../take-return.ts";
import { lockRequest, readRequest, type RequestId, type StoredRequest } from "./read.ts";

/** Takes an announcement back. Errors: `return.unknown`, `return.request_closed`. Publishes `return.request_changed.v1`. */
export async function cancelRequest(ctx: Ctx, id: RequestId): Promise<Result<StoredRequest, ReturnError>> {
  const found = await movable(ctx, id, "cancel");
  if (!found.ok) return found;
  await moveRequest(ctx, found.value, { to: "canceled", step: "canceled" });
  return found;
}

/**
 * The goods are there, at a place of the legal entity that sold them. Errors: `return.unknown`, `return.request_closed`, `return.other_place`.
 * Publishes `return.request_changed.v1`.
 */
export async function receiveRequest(ctx: Ctx, id: RequestId, placeId: PlaceId): Promise<Result<StoredRequest, ReturnError>> {
  const found = await movable(ctx, id, "receive");
  if (!found.ok) return found;
  const place = await documentPlace(ctx, placeId);
  if (!place || !mayActAt(ctx.actor, placeId)) return err({ code: "return.other_place" });
  await moveRequest(ctx, found.value, { to: "received", step: "received", placeId });
  return found;
}

/**
 * Decides about what was received [RET-12]: what is taken becomes a return as at a counter, judged by the day on which it was announced; what is
 * not taken is said why. Errors: `return.unknown`, `return.request_closed`, those of `inspect` and `takeReturn`.
 */
export async function inspectRequest(
  ctx: Ctx,
  id: RequestId,
  found: { readonly lines: readonly InspectedUnits[]; readonly reason: string | undefined },
): Promise<Result<StoredRequest, ReturnError>> {
  const locked = await movable(ctx, id, "inspect");
  if (!locked.ok) return locked;
  const request = locked.value;
  const placeId = request.state === "received" ? request.placeId : null;
  if (placeId === null) return err({ code: "return.not_received" });
  if (!mayActAt(ctx.actor, placeId)) return err({ code: "return.other_place" });
  const units = inspect(request.lines, found.lines, found.reason);
  if (!units.ok) return units;
  if (units.value.length === 0) {
    await keepAccepted(ctx, id, []);
    await moveRequest(ctx, request, { to: "refused", step: "refused", reason: found.reason });
    return locked;
  }
  const channelId = ctx.actor.channelId ?? (await channelAt(ctx.snapshots, placeId)) ?? request.channelId;
  const returnId = ctx.newId<ReturnId>();
  const wanted = { id: returnId, orderId: request.orderId, placeId, channelId, units: units.value, hasDrawer: false };
  const taken = await takeReturn(ctx, { ...wanted, announcedOn: request.businessDate });
  if (!taken.ok) return taken;
  await keepAccepted(ctx, id, units.value);
  await moveRequest(ctx, request, { to: "accepted", step: "inspected", placeId, reason: found.reason, returnId });
  return locked;
}

/**
 * Takes goods back at a counter; what was announced of them is judged by the day on which it was, and ends with the return. Errors: those of
 * `takeReturn` and `endRequest`.
 */
export async function takeAnnounced(
  ctx: Ctx,
  requestId: RequestId | null,
  wanted: WantedReturn,
): Promise<Result<TakenReturn, ReturnError>> {
  if (!requestId) return takeReturn(ctx, wanted);
  const announcedOn = await announcedDay(ctx, requestId);
  if (!announcedOn.ok) return announcedOn;
  const taken = await takeReturn(ctx, { ...wanted, announcedOn: announcedOn.value });
  if (!taken.ok) return taken;
  const { id: returnId, orderId, placeId, units } = wanted;
  const ended = await endRequest(ctx, requestId, { orderId, placeId, returnId, units });
  return ended.ok ? taken : ended;
}

/**
 * What was announced came over a counter: the return that was just taken ends the announcement, with the units that were taken of it.
 * Errors: `return.unknown`, also for that of another order, `return.request_closed`.
 */
export async function endRequest(
  ctx: Ctx,
  id: RequestId,
  taken: { readonly orderId: string; readonly placeId: PlaceId; readonly returnId: ReturnId; readonly units: readonly BroughtUnits[] },
): Promise<Result<null, ReturnError>> {
  const found = await movable(ctx, id, "inspect");
  if (!found.ok) return found;
  if (found.value.orderId !== taken.orderId) return err({ code: "return.unknown" });
  await keepAccepted(ctx, id, taken.units);
  await moveRequest(ctx, found.value, { to: "accepted", step: "inspected", placeId: taken.placeId, returnId: taken.returnId });
  return ok(null);
}

/** The day on which a return was announced: by it the rules are judged. Errors: `return.unknown`. */
export async function announcedDay(ctx: Pick<Ctx, "db">, id: RequestId): Promise<Result<StoredRequest["businessDate"], ReturnError>> {
  const request = await readRequest(ctx, id);
  return request ? ok(request.businessDate) : err({ code: "return.unknown" });
}

/** Under the locks of customer, order and request, in this order. */
async function movable(ctx: Ctx, id: RequestId, move: RequestMove): Promise<Result<StoredRequest, ReturnError>> {
  const before = await readRequest(ctx, id);
  if (!before) return err({ code: "return.unknown" });
  await lockBoth(ctx, before.orderId);
  const request = await lockRequest(ctx, id);
  if (!request) return err({ code: "return.unknown" });
  const may = mayMove(request.state, move);
  return may.ok ? ok(request) : may;
}

/** Lines of which nothing was taken say so with a nought. */
async function keepAccepted(ctx: Ctx, id: RequestId, units: readonly BroughtUnits[]): Promise<void> {
  const rows = units.map(({ orderLineId, quantity, disposition }) => ({ id: orderLineId, quantity, disposition }));
  await sql`
    update returns.request_line l
       set accepted = least(l.quantity, coalesce((select sum(u.quantity) from json_to_recordset(${JSON.stringify(rows)}::json) as u(id uuid, quantity integer)
                                                   where u.id = l.order_line_id), 0)),
           disposition = (select min(u.disposition) from json_to_recordset(${JSON.stringify(rows)}::json) as u(id uuid, disposition text)
                           where u.id = l.order_line_id)
     where l.request_id = ${id}`.execute(ctx.db);
}

type Move = {
  readonly to: RequestState;
  readonly step: "received" | "inspected" | "refused" | "canceled";
  readonly placeId?: PlaceId;
  readonly reason?: string | undefined;
  readonly returnId?: ReturnId;
};

async function moveRequest(ctx: Ctx, request: StoredRequest, { to, step, placeId, reason, returnId }: Move): Promise<void> {
  const { id, orderId, recordId, channelId } = request;
  const { staff } = ctx.actor;
  await sql`
    select returns.move_request(${id}, ${to}, ${step}, ${ctx.now}, ${ctx.actor.channelId}, ${placeId ?? null}, ${staff?.id ?? null}, ${staff?.name ?? null},
                                ${reason ?? null}, ${returnId ?? null})`.execute(ctx.db);
  await publish(ctx, ReturnRequestChanged, `order/${orderId}`, {
    requestId: id,
    orderId,
    recordId,
    channelId: ctx.actor.channelId ?? channelId,
    placeId: placeId ?? request.placeId,
    state: to,
  });
}
