import type { OrderView } from "@weft/contracts";
import { asIdOrNull, err, ok, type ChannelId, type PlaceId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, type Actor, type ReadCtx, type Route, type ShownTouch } from "../../platform/index.ts";
import { answersForAll } from "../../modules/access/index.ts";
import { channelsCarrying, channelsSnapshot, standpointOf } from "../../modules/channels/index.ts";
import type { CompanyId } from "../../modules/companies/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../../modules/customers/index.ts";
import {
  ORDER_PROBLEMS,
  listOrders,
  namesOf,
  readOrder,
  type OrderError,
  type OrderFilter,
  type OrderRow,
} from "../../modules/orders/index.ts";
import { presentSummary, showEntry, type OrderViewDeps } from "./query.ts";
import { orderId, viewerOf } from "./rights.ts";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);
const EVERYTHING: Omit<OrderFilter, "before" | "limit"> = {
  recordIds: null,
  number: null,
  sourceNumber: null,
  placeIds: null,
  channelIds: null,
  companyId: null,
  state: null,
  from: null,
  to: null,
};

export const orderViewRoutes = (deps: OrderViewDeps): readonly Route[] => [
  read(
    "orders.list",
    async (ctx, { query }) => {
      const filter = {
        ...EVERYTHING,
        number: query.query ? numberLike(query.query) : null,
        sourceNumber: query.query?.trim() ?? null,
        placeIds: placesSeen(ctx.actor, (query.placeId ?? null) as PlaceId | null), // an id by the contract
        channelIds: await channelsSeen(ctx, query.channelKind ?? null),
        companyId: asIdOrNull<CompanyId>(query.companyId),
        state: query.state ?? null,
        from: query.from ?? null,
        to: query.to ?? null,
      };
      return ok(await page(ctx, filter, query));
    },
    { problems: ORDER_PROBLEMS },
  ),
  read(
    "orders.read",
    async (ctx, { params }) => {
      const entry = await readOrder(ctx, orderId(params.id));
      const viewer = entry && (await viewerOf(ctx, entry));
      return entry && viewer ? ok(await showEntry(ctx, deps, entry, viewer)) : err<OrderError>({ code: "order.unknown" });
    },
    {
      problems: ORDER_PROBLEMS,
      audit: (_input, { customerId }) => customerId && `customer/${customerId}`,
      shown: (order, _input, actor) => shownOrder(order, actor),
    },
  ),
  read(
    "orders.ofCustomer",
    async (ctx, { params, query }) => {
      const recordId = await recordIdOf(ctx, params.id);
      const recordIds = recordId ? await recordsOf(ctx, await customerOf(ctx, recordId)) : [];
      return ok(await page(ctx, { ...EVERYTHING, recordIds }, query));
    },
    { problems: ORDER_PROBLEMS, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
];

async function page(
  ctx: ReadCtx,
  filter: Omit<OrderFilter, "before" | "limit">,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const after = readCursor(Cursor, cursor);
  const before = after && { placedAt: new Date(after[0]), id: after[1] };
  const rows = await listOrders(ctx, { ...filter, before, limit: limit + 1 });
  const names = await namesOf(ctx.snapshots);
  return pageFrom(
    rows,
    limit,
    (row: OrderRow) => presentSummary(row, names),
    (row) => [row.placed_at.toISOString(), row.id],
  );
}

/** People type `10023` for `W-10023`, and lower case. */
function numberLike(text: string): string {
  const typed = text.trim().toUpperCase();
  return /^\d+$/.test(typed) ? `W-${typed}` : typed;
}

/** The places whose orders a member of staff lists: their own, or the one asked for among them. */
function placesSeen({ staff }: Actor, asked: PlaceId | null): readonly PlaceId[] | null {
  const own = staff?.placeIds ?? [];
  if (asked === null) return own.length > 0 ? own : null;
  return own.length === 0 || own.includes(asked) ? [asked] : [];
}

/**
 * A secret key lists its own channel's orders; staff those that the link levels carry to them [ORD-7], or of one kind. Who answers for all
 * answers for no circle [CHA-9].
 */
async function channelsSeen(ctx: ReadCtx, kind: string | null): Promise<readonly ChannelId[] | null> {
  const { actor } = ctx;
  const carried = answersForAll(actor) ? null : await channelsCarrying(ctx, standpointOf(ctx), "order");
  const own = actor.kind === "secret" && actor.channelId ? [actor.channelId] : carried;
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const retailers = [...channels.values()].filter(({ circle }) => circle === null);
  if (kind === null) return own ?? (retailers.length === channels.size ? null : retailers.map(({ id }) => id));
  const ofKind = retailers.filter((channel) => channel.kind === kind).map(({ id }) => id);
  return own ? ofKind.filter((id) => own.includes(id)) : ofKind;
}

/** What of an order a channel was shown: its state on all three axes. */
function shownOrder(order: OrderView, actor: Actor): ShownTouch | null {
  if (actor.channelId === null) return null;
  const { id, number, version, state, paymentState, fulfillmentState, total } = order;
  return {
    recordId: actor.customer?.recordId ?? order.customerId, // a customer's id is that of one of the records
    channelId: actor.channelId,
    placeId: actor.device?.placeId ?? null,
    subject: `order/${id}`,
    version,
    kind: "order.shown",
    shown: { order: { id, number, state, paymentState, fulfillmentState, total } },
  };
}
