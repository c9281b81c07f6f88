import type { ChannelKind, LocalizedText, ReturnRequestView, Disposition, ReturnReason } from "@weft/contracts";
import type { BusinessDate, ChannelId, Id, LineId, OrderId, PlaceId, RecordId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { catalogSnapshot } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { buyerOf, namesOf, type Customer } from "../../orders/index.ts";
import { paidBackOf } from "../../payments/index.ts";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import type { ReturnId } from "../commands.ts";
import type { RequestState } from "../domain/index.ts";

export type RequestId = Id<"return request">;

type Line = {
  readonly orderLineId: LineId;
  readonly variantId: VariantId | null;
  readonly name: LocalizedText;
  readonly options: readonly { readonly name: LocalizedText }[];
  readonly quantity: number;
  readonly reason: ReturnReason;
  readonly accepted: number | null;
  readonly disposition: Disposition | null;
};

type Step = {
  readonly state: ReturnRequestView["steps"][number]["state"];
  readonly at: string;
  readonly placeId: PlaceId | null;
  readonly staffName: string | null;
  readonly reason: string | null;
};

/** An announced return as it is kept. */
export type StoredRequest = {
  readonly id: RequestId;
  readonly number: string;
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly recordId: RecordId | null;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId;
  readonly businessDate: BusinessDate;
  readonly timeZone: string;
  readonly way: "store" | "parcel";
  readonly wish: "money" | "exchange";
  readonly state: RequestState;
  readonly codeSealed: string | null;
  readonly isParcelFree: boolean;
  readonly returnId: ReturnId | null;
  readonly returnNumber: string | null;
  readonly returnTotal: number | null;
  readonly currency: string;
  readonly requestedAt: Date;
  readonly version: number;
  readonly customer: Customer | null;
  readonly lines: readonly Line[];
  readonly steps: readonly Step[];
};

const COLUMNS = sql`
  r.id, r.number, r.order_id as "orderId", r.order_number as "orderNumber", r.record_id as "recordId", r.place_id as "placeId", r.channel_id as "channelId",
  r.business_date::text as "businessDate", r.time_zone as "timeZone", r.way, r.wish, r.state, r.code_sealed as "codeSealed", r.is_parcel_free as "isParcelFree",
  r.return_id as "returnId", back.number as "returnNumber", back.total as "returnTotal", o.currency, r.requested_at as "requestedAt", r.version,
  customers.brief(r.record_id) as customer,
  (select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'variantId', b.variant_id, 'name', b.name, 'options', b.options, 'quantity', l.quantity,
                                       'reason', l.reason, 'accepted', l.accepted, 'disposition', l.disposition) order by l.position)
     from returns.request_line l join orders.read_line b on b.id = l.order_line_id where l.request_id = r.id) as lines,
  (select jsonb_agg(jsonb_build_object('state', s.state, 'at', s.at, 'placeId', s.place_id, 'staffName', s.staff_name, 'reason', s.reason) order by s.position)
     from returns.request_step s where s.request_id = r.id) as steps`;
const FROM = sql`returns.request r join orders.read_state o on o.id = r.order_id left join returns.return_order back on back.id = r.return_id`;

/** One announced return, or null. */
export async function readRequest(ctx: Pick<ReadCtx, "db">, id: RequestId): Promise<StoredRequest | null> {
  const { rows } = await sql<StoredRequest>`select ${COLUMNS} from ${FROM} where r.id = ${id}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** The same, and nobody else moves it until this transaction ends. */
export async function lockRequest(ctx: Pick<ReadCtx, "db">, id: RequestId): Promise<StoredRequest | null> {
  await sql`select 1 from returns.request where id = ${id} for update`.execute(ctx.db);
  return readRequest(ctx, id);
}

/** The announced return of a code, or null. */
export async function requestByCode(ctx: Pick<ReadCtx, "db">, mac: Buffer): Promise<StoredRequest | null> {
  const { rows } = await sql<StoredRequest>`select ${COLUMNS} from ${FROM} where r.code_mac = ${mac}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** What was announced of an order, the oldest first. */
export async function requestsOfOrder(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<StoredRequest[]> {
  const { rows } = await sql<StoredRequest>`
    select ${COLUMNS} from ${FROM} where r.order_id = ${orderId} order by r.requested_at, r.id`.execute(ctx.db);
  return rows;
}

/** Which announced returns; what is null does not narrow. Places hold those that any store may receive as well. */
export type RequestFilter = {
  readonly state: RequestState | "open";
  readonly placeIds: readonly PlaceId[] | null;
  readonly channelKind: ChannelKind | null;
  readonly channelIds: readonly ChannelId[] | null;
  readonly way: "store" | "parcel" | null;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
};

/** Announced returns, the newest first. */
export async function listRequests(ctx: Pick<ReadCtx, "db" | "snapshots">, filter: RequestFilter): Promise<StoredRequest[]> {
  const { state, placeIds, channelKind, channelIds, way, before, limit } = filter;
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const ofKind = channelKind && [...channels.values()].filter(({ kind }) => kind === channelKind).map(({ id }) => id);
  const inState = state === "open" ? sql`r.state in ('requested', 'received')` : sql`r.state = ${state}`;
  const { rows } = await sql<StoredRequest>`
    select ${COLUMNS} from ${FROM}
     where ${inState}
       and (${placeIds && [...placeIds]}::uuid[] is null or r.place_id is null or r.place_id = any(${placeIds && [...placeIds]}::uuid[]))
       and (${ofKind}::uuid[] is null or r.channel_id = any(${ofKind}::uuid[]))
       and (${channelIds && [...channelIds]}::uuid[] is null or o.channel_id = any(${channelIds && [...channelIds]}::uuid[]))
       and (${way}::text is null or r.way = ${way}::text)
       and (${before?.at ?? null}::timestamptz is null or (r.requested_at, r.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
     order by r.requested_at desc, r.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** Units per line that are announced and not decided about. */
export async function announcedUnits(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<ReadonlyMap<LineId, number>> {
  const { rows } = await sql<{ id: LineId; units: number }>`
    select l.order_line_id as id, sum(l.quantity)::integer as units
      from returns.request r join returns.request_line l on l.request_id = r.id
     where r.order_id = ${orderId} and r.state in ('requested', 'received') group by l.order_line_id`.execute(ctx.db);
  return new Map(rows.map(({ id, units }) => [id, units]));
}

/** Announced returns as screens show them. */
export async function presentRequests(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  vault: Vault,
  requests: readonly StoredRequest[],
): Promise<ReturnRequestView[]> {
  const names = await namesOf(ctx.snapshots);
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const taken = requests.flatMap(({ returnId }) => (returnId ? [`return ${returnId}`] : []));
  const paidBack = taken.length === 0 ? new Set<string>() : await paidBackOf(ctx, taken);
  return requests.map((request) => {
    const { lines, steps, customer, codeSealed, returnTotal, currency, placeId, requestedAt } = request;
    const { id, number, orderId, orderNumber, way, wish, timeZone, isParcelFree, returnId, returnNumber, version } = request;
    const buyer = buyerOf(customer, null);
    return {
      id,
      number,
      orderId,
      orderNumber,
      way,
      wish,
      timeZone,
      isParcelFree,
      returnId,
      returnNumber,
      version,
      placeId,
      state: shownState(request, paidBack),
      code: codeSealed && vault.open(codeSealed),
      placeName: placeId && names.placeName(placeId),
      channelKind: names.channelKind(request.channelId),
      customerId: buyer.id,
      customerName: buyer.name,
      requestedAt: requestedAt.toISOString(),
      lines: lines.map(({ variantId, options, ...line }) => ({
        ...line,
        options: options.map(({ name }) => name),
        isRestockable: variantId !== null && (catalog.byVariant(variantId)?.tracked ?? false),
      })),
      steps: steps.map(({ placeId: at, ...step }) => ({
        ...step,
        at: new Date(step.at).toISOString(),
        placeName: at && names.placeName(at),
      })),
      refunded: returnTotal === null ? null : { amount: returnTotal, currency },
    };
  });
}

/** What was accepted is inspected until all of its money went back. */
function shownState({ state, returnId }: StoredRequest, paidBack: ReadonlySet<string>): ReturnRequestView["state"] {
  if (state !== "accepted") return state;
  return paidBack.has(`return ${returnId}`) ? "refunded" : "inspected";
}
