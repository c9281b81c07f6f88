import type { OrderSummaryView, OrderView } from "@weft/contracts";
import type { OrderId, PlaceId } from "@weft/kernel";
import type { ReadCtx, Vault } from "../../platform/index.ts";
import { fulfillmentsOf, presentFulfillment } from "../../modules/fulfillment/index.ts";
import { buyerOf, namesOf, presentOrder, readOrder, type BookEntry, type Names, type OrderRow } from "../../modules/orders/index.ts";
import { presentTender, tendersOf } from "../../modules/payments/index.ts";

export type OrderViewDeps = {
  readonly vault: Vault;
  /** The receipt that a till gave for an order. */
  readonly receiptOf: (
    ctx: Pick<ReadCtx, "db">,
    orderId: OrderId,
  ) => Promise<{ readonly number: string; readonly registerName: string } | null>;
};

/** Its customer sees the collection code; everyone else sees the order without it. */
export type Viewer = "customer" | "others";

/** An order with all that stands beside it, for whoever looks; null when there is none. */
export async function showOrder(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  deps: OrderViewDeps,
  id: OrderId,
  viewer: Viewer,
): Promise<OrderView | null> {
  const entry = await readOrder(ctx, id);
  return entry && showEntry(ctx, deps, entry, viewer);
}

export async function showEntry(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  deps: OrderViewDeps,
  entry: BookEntry,
  viewer: Viewer,
): Promise<OrderView> {
  const { id } = entry.order;
  const tenders = await tendersOf(ctx, [id]);
  const fulfillments = await fulfillmentsOf(ctx, id);
  const names = await namesOf(ctx.snapshots);
  const showsAddress = viewer === "customer";
  const shown = fulfillments.map((whole) =>
    presentFulfillment(
      {
        ...whole,
        collectCode: codeFor(viewer, deps.vault, whole.fulfillment),
        collectorCode: codeFor(viewer, deps.vault, whole.collector),
        showsAddress,
      },
      names,
    ),
  );
  return presentOrder(
    { ...entry, tenders: tenders.map(presentTender), fulfillments: shown, receipt: await deps.receiptOf(ctx, id) },
    names,
  );
}

function codeFor(viewer: Viewer, vault: Vault, sealed: { readonly code_sealed: string | null } | null): string | null {
  return viewer === "customer" && sealed && sealed.code_sealed !== null ? vault.open(sealed.code_sealed) : null;
}

/** An order as a row of a list. */
export function presentSummary(row: OrderRow, names: Names): OrderSummaryView {
  const buyer = buyerOf(row.customer, row.contact_name);
  const placeId: PlaceId | null = row.place_id;
  return {
    id: row.id,
    number: row.number,
    sourceNumber: row.external_id,
    mode: row.mode,
    state: row.state,
    paymentState: row.payment_state,
    fulfillmentState: row.fulfillment_state,
    channelKind: names.channelKind(row.channel_id),
    placeName: placeId && names.placeName(placeId),
    customerId: buyer.id,
    customerName: buyer.name,
    placedAt: row.placed_at.toISOString(),
    timeZone: row.time_zone,
    total: { amount: row.total, currency: row.currency },
    itemCount: row.item_count,
    firstItems: [...row.first_items],
  };
}
