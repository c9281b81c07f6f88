import { LOCALES, type Locale } from "@weft/contracts";
import { asId, businessDate, type HubEvent, type OrderId } from "@weft/kernel";
import { setSubscriber, type Ctx, type Subscriber } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { preferencesOf, recordSetsOf } from "../../consent/index.ts";
import { reachOf } from "../../customers/index.ts";
import { tendersOf, type TenderRow } from "../../payments/index.ts";
import { placesSnapshot, type Places } from "../../places/index.ts";
import { OrderCanceled, OrderChanged, OrderPlaced } from "../events.ts";
import { dueOrders, settleReductions, type DocumentId, type DueOrder, type NamedBuyer } from "./due.ts";
import { giveNumbers, type Unnumbered } from "./give-numbers.ts";
import { planCreditNote, planInvoice, type DocumentData } from "./plan.ts";
import { dataOf, entityOf, tendersPaid } from "./data.ts";

/**
 * Who gives the numbers: one subscriber, which one node of all runs at a time, event by event in the order of the log. Its numbers, its
 * documents and its step forward share a transaction, so wherever it is killed it goes on with the next number [DOC-1].
 */
export const documentsSubscriber: Subscriber = setSubscriber(
  "orders.documents",
  [OrderPlaced, OrderChanged, OrderCanceled],
  issueDocuments,
);

/** Gives the documents that are due for the orders of these events, in their order; told again it gives none anew [DOC-2]. */
export async function issueDocuments(ctx: Ctx, events: readonly HubEvent[]): Promise<void> {
  const positions = new Map<OrderId, number>();
  for (const { data, position } of events) {
    const orderId = asId<OrderId>((data as { readonly orderId: string }).orderId); // each of these facts names its order
    if (!positions.has(orderId)) positions.set(orderId, position);
  }
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const counters = [...channels.values()].filter(({ kind }) => kind === "store").map(({ id }) => id);
  const due = await dueOrders(ctx, [...positions.keys()], counters);
  if (due.size === 0) return;
  const tenders = await tendersOf(ctx, [...due.keys()]);
  const around: Around = { ctx, places: await ctx.snapshots.current(placesSnapshot), tenders };
  const written: Written = { documents: [], buyers: [], settled: [] };
  for (const [orderId, position] of positions) {
    const order = due.get(orderId);
    if (order) await writeDocuments(around, order, position, written);
  }
  if (written.documents.length === 0) return;
  await giveNumbers(ctx, written.documents, written.buyers);
  await settleReductions(ctx, written.settled);
}

type Around = { readonly ctx: Ctx; readonly places: Places; readonly tenders: readonly TenderRow[] };
type Written = {
  readonly documents: Unnumbered[];
  readonly buyers: NamedBuyer[];
  readonly settled: { orderId: OrderId; source: string; documentId: DocumentId }[];
};

/** The invoice without what was canceled before it, then a credit note for each thing that was given up of it since. */
async function writeDocuments(around: Around, due: DueOrder, position: number, written: Written): Promise<void> {
  const { order, reductions } = due;
  const language = due.invoice?.language ?? (await languageOf(around.ctx, due));
  const leftOut = due.invoice ? [] : reductions.filter(({ kind }) => kind === "canceled");
  const base = baseOf(around, due, language, position);
  let invoice: { readonly id: DocumentId; readonly number: string | null } | null = due.invoice;
  if (!invoice) {
    const amounts = planInvoice(
      { lines: due.lines, taxes: order.taxes },
      leftOut.flatMap(({ lines }) => lines),
      language,
    );
    if (amounts.total === 0) return;
    const id = around.ctx.newId<DocumentId>();
    const data: DocumentData = {
      ...dataOf(around.places, due, order.place_id),
      ...amounts,
      tenders: tendersPaid(around.tenders, order.id),
      reverses: null,
    };
    written.documents.push({ ...base, id, kind: "invoice", cause: "order", placeId: order.place_id, reverses: null, data });
    nameBuyer(written, due, id);
    for (const { source } of leftOut) written.settled.push({ orderId: order.id, source, documentId: id });
    invoice = { id, number: null };
  }
  for (const { source, placeId, lines } of reductions.filter((each) => !leftOut.includes(each))) {
    const id = around.ctx.newId<DocumentId>();
    const amounts = planCreditNote({ lines: due.lines, taxes: order.taxes }, lines, language);
    const at = placeId ?? order.place_id;
    const data: DocumentData = { ...dataOf(around.places, due, at), ...amounts, tenders: [], reverses: invoice.number };
    written.documents.push({ ...base, id, kind: "credit_note", cause: source, placeId: at, reverses: invoice.id, data });
    nameBuyer(written, due, id);
    written.settled.push({ orderId: order.id, source, documentId: id });
  }
}

function nameBuyer({ buyers }: Written, { order, company, buyerName }: DueOrder, documentId: DocumentId): void {
  if (!company && buyerName) buyers.push({ documentId, recordId: order.record_id, name: buyerName });
}

/** The language that the buyer reads, as messages choose it: what they wish, what they ordered in, what is known of them. */
async function languageOf(ctx: Ctx, { order, language, isKnown }: DueOrder): Promise<Locale> {
  const { record_id: recordId, channel_id } = order;
  const known = recordId !== null && isKnown;
  const wished = known ? (await preferencesOf(ctx, (await recordSetsOf(ctx, recordId)).customer, channel_id)).language : null;
  const text = wished ?? language ?? (known ? (await reachOf(ctx, recordId)).locale : null);
  return LOCALES.find((locale) => locale === text?.slice(0, 2)) ?? "en";
}

function baseOf({ ctx, places }: Around, { order }: DueOrder, language: Locale, logPosition: number) {
  const entity = entityOf(places, order.entity_id);
  return {
    orderId: order.id,
    entityId: order.entity_id,
    channelId: order.channel_id,
    businessDate: businessDate(ctx.now, entity.timeZone, 0),
    timeZone: entity.timeZone,
    country: order.taxes[0]?.country ?? entity.country,
    logPosition,
    language,
    currency: order.currency,
  };
}
