import type { RecalledPurchaseView, RecallFiguresView, RecalledSaleView } from "@weft/contracts";
import { asId, err, ok, type CustomerId, type Problems, type RecordId } from "@weft/kernel";
import { z } from "zod";
import { visibleFields } from "../../modules/access/index.ts";
import {
  BATCHES_PROBLEMS,
  nameOfRecalled,
  presentRecall,
  recallsSnapshot,
  recallById,
  recallsPage,
  type BatchesError,
  type RecallId,
  type StoredRecall,
} from "../../modules/batches/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { customersByIds, customersOf, servedCustomer } from "../../modules/customers/index.ts";
import { receiversOfRecall, sumsOfRecall, unreachedByRecall } from "../../modules/messages/index.ts";
import { boughtCalledBack, buyerIdOf, namesOf, salesCalledBack, sumsCalledBack, type SaleCalledBack } from "../../modules/orders/index.ts";
import { pageFrom, read, readCursor, type Input, type ReadCtx, type Route } from "../../platform/index.ts";

type RecallsError = BatchesError | { readonly code: "customer.unknown" };
const RECALLS_PROBLEMS: Problems<RecallsError> = {
  ...BATCHES_PROBLEMS,
  "customer.unknown": { status: 404, title: "There is no such customer" },
};
const PROBLEMS = { problems: RECALLS_PROBLEMS };
const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** What became of goods that are called back: how many were sold where, to whom, and whether they know. */
export const recallViewRoutes: readonly Route[] = [
  read("recalls.list", listRecalls, PROBLEMS),
  read(
    "recalls.read",
    async (ctx, { params }) => {
      const recall = await recallById(ctx, asId<RecallId>(params.id));
      return recall ? ok(await figuresOf(ctx, recall)) : err<BatchesError>({ code: "recall.unknown" });
    },
    PROBLEMS,
  ),
  read("recalls.sales", listSales, {
    ...PROBLEMS,
    audit: ({ params }, { items }) => (items.some(({ customer }) => customer) ? `buyers of recall/${params.id}` : null),
  }),
  read(
    "recalls.ofCustomer",
    async (ctx, { params }) => {
      const served = await servedCustomer(ctx, params.id);
      return served ? ok({ items: await boughtBy(ctx, served.recordIds) }) : err<RecallsError>({ code: "customer.unknown" });
    },
    // Reads of somebody else's data are audited, where there is any.
    { ...PROBLEMS, audit: ({ params }, { items }) => (items.length > 0 ? `customer/${params.id}` : null) },
  ),
];

/** What of the records is called back and still with them [BAT-7]. While nothing is called back it is no statement. */
async function boughtBy(ctx: ReadCtx, recordIds: readonly RecordId[]): Promise<RecalledPurchaseView[]> {
  const standing = await ctx.snapshots.current(recallsSnapshot);
  if (standing.length === 0) return [];
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const found: RecalledPurchaseView[] = [];
  for (const recall of standing)
    for (const { orderId, number, at, trace } of await boughtCalledBack(ctx, recall, recordIds))
      found.push({
        recallId: recall.id,
        orderId,
        orderNumber: number,
        at: at.toISOString(),
        name: nameOfRecalled(catalog, recall),
        batch: trace?.batch ?? null,
        serial: trace?.serial ?? null,
        reason: recall.reason,
      });
  return found.toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

async function listRecalls(ctx: ReadCtx, { query: { standing, cursor, limit } }: Input<"recalls.list">) {
  const found = await recallsPage(ctx, { standing, after: readCursor(Cursor, cursor), limit: limit + 1 });
  const page = pageFrom(
    found,
    limit,
    (row) => row,
    ({ announcedAt, id }) => [announcedAt.toISOString(), id],
  );
  return ok({ ...page, items: await presentRecall(ctx, page.items) });
}

async function figuresOf(ctx: ReadCtx, recall: StoredRecall): Promise<RecallFiguresView> {
  const [[view], sums, told, { placeName }] = [
    await presentRecall(ctx, [recall]),
    await sumsCalledBack(ctx, recall),
    await sumsOfRecall(ctx, recall.id),
    await namesOf(ctx.snapshots),
  ];
  if (!view) throw new Error("one recall is presented as one");
  const { queued, sent, failed, no_address: noAddress, left_alone: leftAlone } = told;
  return {
    ...view,
    sold: sums.places.reduce((sum, { sold }) => sum + sold, 0),
    unit: sums.unit,
    places: sums.places.map(({ placeId, sold }) => ({ placeId, name: placeId && placeName(placeId), sold })),
    purchases: { known: sums.known, unknown: sums.unknown },
    told: { queued, sent, failed, noAddress, leftAlone },
  };
}

async function listSales(ctx: ReadCtx, { params, query: { cursor, limit, unreached } }: Input<"recalls.sales">) {
  const recall = await recallById(ctx, asId<RecallId>(params.id));
  if (!recall) return err<BatchesError>({ code: "recall.unknown" });
  const buyers = unreached ? await unreachedByRecall(ctx, recall.id) : undefined;
  const found = await salesCalledBack(ctx, recall, { after: readCursor(Cursor, cursor), limit: limit + 1, buyers });
  const page = pageFrom(
    found,
    limit,
    (row) => row,
    ({ at, lineId }) => [at.toISOString(), lineId],
  );
  return ok({ ...page, items: await presentSales(ctx, recall, page.items) });
}

async function presentSales(ctx: ReadCtx, recall: StoredRecall, sales: readonly SaleCalledBack[]): Promise<RecalledSaleView[]> {
  const recordIds = [...new Set(sales.flatMap(({ recordId }) => recordId ?? []))];
  const told = await receiversOfRecall(ctx, recall.id, [...new Set(sales.map(buyerIdOf))]);
  const people = await peopleOf(ctx, recordIds);
  const { placeName } = await namesOf(ctx.snapshots);
  return sales.map(({ orderId, number, recordId, placeId, at, quantity, returned, unit, trace }) => ({
    orderId,
    orderNumber: number,
    at: at.toISOString(),
    placeName: placeId && placeName(placeId),
    quantity,
    returned,
    unit,
    batch: trace?.batch ?? null,
    serial: trace?.serial ?? null,
    customer: (recordId && people.get(recordId)) ?? null,
    told: told.get(buyerIdOf({ recordId, orderId })) ?? null,
  }));
}

/** Who bought, by record, as far as anybody is known; names for those who may see them. */
async function peopleOf(ctx: ReadCtx, recordIds: readonly RecordId[]): Promise<Map<RecordId, NonNullable<RecalledSaleView["customer"]>>> {
  const customers = await customersOf(ctx, recordIds);
  const known = await customersByIds(ctx, [...new Set(customers.values())]);
  const mayReadNames = visibleFields(ctx.actor).has("contact");
  const shown = new Map<CustomerId, string | null>(
    known
      .filter(({ state }) => state === "active")
      .map(({ id, givenName, familyName }) => [
        asId<CustomerId>(id),
        mayReadNames ? [givenName, familyName].filter(Boolean).join(" ") || null : null,
      ]),
  );
  return new Map(
    [...customers].flatMap(([recordId, id]) => (shown.has(id) ? [[recordId, { id, name: shown.get(id) ?? null }] as const] : [])),
  );
}
