import { LOCALES, type Locale } from "@weft/contracts";
import { asId, businessDate, type HubEvent, type OrderId } from "@weft/kernel";
import { setSubscriber, type Ctx, type Subscriber } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { preferencesOf, recordSetsOf } from "../../consent/index.ts";
import { reachOf } from "../../customers/index.ts";
import { tendersOf, type TenderRow } from "../../payments/index.ts";
import { placesSnapshot, type Places } from "../../places/index.ts";
import { OrderCanceled, OrderChanged, OrderPlaced } from "../events.ts";
import {
  dueOrders,
  settleAdditions,
  settleReductions,
  type DocumentId,
  type DueOrder,
  type GivenInvoice,
  type NamedBuyer,
  type OpenReduction,
} from "./due.ts";
import { giveNumbers, type Unnumbered } from "./give-numbers.ts";
import { settleIfPaid } from "../months/book-payment.ts";
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
  const written: Written = { documents: [], buyers: [], settled: [], added: [] };
  for (const [orderId, position] of positions) {
    const order = due.get(orderId);
    if (order) await writeDocuments(around, order, position, written);
  }
  if (written.documents.length === 0) return;
  await giveNumbers(ctx, written.documents, written.buyers);
  await settleReductions(ctx, written.settled);
  await settleAdditions(ctx, written.added);
  await settleMonths(ctx, due.values());
}

/** What came back of an order on account may have been all that was open of its invoice. */
async function settleMonths(ctx: Ctx, orders: Iterable<DueOrder>): Promise<void> {
  const months = new Map([...orders].flatMap(({ monthId, companyId }) => (monthId && companyId ? [[monthId, companyId] as const] : [])));
  for (const [monthId, companyId] of months) await settleIfPaid(ctx, companyId, monthId);
}

type Around = { readonly ctx: Ctx; readonly places: Places; readonly tenders: readonly TenderRow[] };
type Written = {
  readonly documents: Unnumbered[];
  readonly buyers: NamedBuyer[];
  readonly settled: { orderId: OrderId; source: string; documentId: DocumentId }[];
  readonly added: { changeId: string; documentId: DocumentId }[];
};

/** The invoice without what was canceled before it, one for each change that brought more after it, then a credit note for each thing that was given up since. */
async function writeDocuments(around: Around, due: DueOrder, position: number, written: Written): Promise<void> {
  const language = due.invoices[0]?.language ?? due.askedIn ?? (await languageOf(around.ctx, due));
  const base = baseOf(around, due, language, position);
  const invoices: Invoice[] = due.invoices.map((given) => ({ ...given }));
  const told = new Set<string>();
  const invoice = (cause: string, changeIds: readonly string[], lines: DueOrder["lines"], leftOut: DueOrder["reductions"]): void => {
    const amounts = planInvoice(
      { lines, taxes: due.order.taxes },
      leftOut.flatMap((reduction) => reduction.lines),
      language,
    );
    if (amounts.total === 0) return;
    const id = around.ctx.newId<DocumentId>();
    const { place_id: placeId } = due.order;
    const data = {
      ...dataOf(around.places, due, placeId),
      ...amounts,
      tenders: tendersPaid(around.tenders, due.order.id),
      reverses: null,
      ...(due.receipt !== null && { receipt: due.receipt }),
    };
    written.documents.push({ ...base, id, kind: "invoice", cause, placeId, reverses: null, data });
    nameBuyer(written, due, id);
    invoices.push({ id, number: null, cause, changeIds });
    for (const changeId of changeIds) written.added.push({ changeId, documentId: id });
    for (const { source } of leftOut) written.settled.push({ orderId: due.order.id, source, documentId: id });
    for (const { source } of leftOut) told.add(source);
  };
  const canceled = due.reductions.filter(({ kind }) => kind === "canceled");
  if (invoices.length === 0) invoice("order", due.additions, due.lines, canceled);
  else if (due.isDue)
    for (const change of due.additions) {
      const ofChange = due.lines.filter(({ change_id }) => change_id === change);
      const leftOut = canceled.filter(({ changeId }) => changeId === change);
      invoice(`change ${change}`, [change], ofChange, leftOut);
    }
  for (const reduction of due.reductions) {
    const reversed = told.has(reduction.source) ? undefined : invoiceOf(invoices, reduction);
    if (reversed) writeCreditNote({ around, due, base, language, written }, reduction, reversed);
  }
}

type Invoice = Pick<GivenInvoice, "id" | "cause" | "changeIds"> & { readonly number: string | null };

/** The invoice that said what was given up; undefined while none has. */
function invoiceOf(invoices: readonly Invoice[], { changeId }: OpenReduction): Invoice | undefined {
  return invoices.find(({ cause, changeIds }) => (changeId === null ? cause === "order" : changeIds.includes(changeId)));
}

type Writing = {
  readonly around: Around;
  readonly due: DueOrder;
  readonly base: ReturnType<typeof baseOf>;
  readonly language: Locale;
  readonly written: Written;
};

function writeCreditNote(
  { around, due, base, language, written }: Writing,
  { source, placeId, lines }: OpenReduction,
  invoice: Invoice,
): void {
  const { order } = due;
  const id = around.ctx.newId<DocumentId>();
  const amounts = planCreditNote({ lines: due.lines, taxes: order.taxes }, lines, language);
  const at = placeId ?? order.place_id;
  const data: DocumentData = { ...dataOf(around.places, due, at), ...amounts, tenders: [], reverses: invoice.number };
  written.documents.push({ ...base, id, kind: "credit_note", cause: source, placeId: at, reverses: invoice.id, data });
  nameBuyer(written, due, id);
  written.settled.push({ orderId: order.id, source, documentId: id });
}

function nameBuyer({ buyers }: Written, { order, company, buyerName, buyerAddress }: DueOrder, documentId: DocumentId): void {
  if (!company && buyerName) buyers.push({ documentId, recordId: order.record_id, name: buyerName, address: buyerAddress });
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
