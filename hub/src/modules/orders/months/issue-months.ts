import { businessDate, type OrderId } from "@weft/kernel";
import { sql } from "kysely";
import { job, publish, type Ctx, type Job } from "../../../platform/index.ts";
import { creditOf, lockForBooking, type CompanyId } from "../../companies/index.ts";
import { tendersOf } from "../../payments/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { dataOf, entityOf } from "../documents/data.ts";
import { settleAdditions, settleReductions, type DocumentId } from "../documents/due.ts";
import { giveNumbers, type Unnumbered } from "../documents/give-numbers.ts";
import type { DocumentData } from "../documents/plan.ts";
import { OrderChanged } from "../events.ts";
import { companiesToInvoice, openOrdersOf, type OpenOrder } from "./open-orders.ts";
import { languageOfCompany, payBy, planMonth } from "./plan-month.ts";

/** When nothing else was agreed. */
const TERMS_DAYS = 14;

/**
 * Writes the invoices of a company over its orders on account that stand on none yet [DOC-11]: one per legal entity, month, currency and country of
 * taxation, with the next number of the series. Under the company's lock, so two at a time write each order once. What came back before is left
 * to a credit note. Answers how many. Publishes `order.changed.v1` for each order that is on one.
 */
export async function issueMonths(ctx: Ctx, companyId: CompanyId, which: "past_months" | "all"): Promise<number> {
  if (!(await lockForBooking(ctx, companyId))) return 0;
  const groups = Map.groupBy(await openOrdersOf(ctx, companyId, which), keyOf);
  let written = 0;
  for (const [, orders] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) if (await writeMonth(ctx, companyId, orders)) written += 1;
  return written;
}

const monthOfOrder = ({ businessDate: day }: OpenOrder): string => day.slice(0, 7);
const countryOf = ({ taxes, company }: OpenOrder): string => taxes[0]?.country ?? company.country;

function keyOf(order: OpenOrder): string {
  return [monthOfOrder(order), order.entityId, order.currency, countryOf(order), order.taxIncluded].join(" ");
}

async function writeMonth(ctx: Ctx, companyId: CompanyId, orders: readonly OpenOrder[]): Promise<boolean> {
  const newest = orders.at(-1);
  if (!newest) return false;
  const language = languageOfCompany(newest.company.country);
  const canceled = (order: OpenOrder) => order.reductions.filter(({ kind }) => kind === "canceled");
  const amounts = planMonth(
    orders.map((order) => ({ ...order, leftOut: canceled(order).flatMap(({ lines }) => lines) })),
    language,
  );
  if (amounts.total === 0) return false;
  const places = await ctx.snapshots.current(placesSnapshot);
  const entity = entityOf(places, newest.entityId);
  const issuedOn = businessDate(ctx.now, entity.timeZone, 0);
  const own = (await creditOf(ctx, companyId)).find(({ currency }) => currency === newest.currency);
  const id = ctx.newId<DocumentId>();
  const month = monthOfOrder(newest);
  const due = payBy(issuedOn, own?.isGiven ? own.termsDays : TERMS_DAYS);
  const sold = {
    order: { number: "", business_date: issuedOn, entity_id: newest.entityId, tax_included: newest.taxIncluded },
    company: newest.company,
  };
  const data: DocumentData = {
    ...dataOf(places, sold, null),
    ...amounts,
    tenders: await tendersOfMonth(ctx, orders),
    reverses: null,
    month: { month, payBy: due },
  };
  await giveNumbers(ctx, [documentOf(orders, { id, companyId, month, due, language, data, issuedOn, zone: entity.timeZone })], []);
  await settle(ctx, id, orders, canceled);
  return true;
}

type NewMonth = {
  readonly id: DocumentId;
  readonly companyId: CompanyId;
  readonly month: string;
  readonly due: string;
  readonly language: string;
  readonly data: DocumentData;
  readonly issuedOn: string;
  readonly zone: string;
};

/** Of a month that was closed before its end there may be a second: its cause names the first order that it says. */
function documentOf(orders: readonly OpenOrder[], { id, companyId, month, due, language, data, issuedOn, zone }: NewMonth): Unnumbered {
  const [first] = orders;
  if (!first) throw new Error("an invoice of a month says at least one order");
  return {
    id,
    orderId: null,
    kind: "invoice",
    cause: `month ${month} from ${first.number}`,
    entityId: first.entityId,
    placeId: null,
    channelId: first.channelId,
    businessDate: issuedOn,
    timeZone: zone,
    country: countryOf(first),
    logPosition: 0,
    reverses: null,
    language,
    currency: first.currency,
    data,
    companyId,
    month: `${month}-01`,
    payBy: due,
  };
}

/** What was paid otherwise, and what the company owes. */
async function tendersOfMonth(ctx: Ctx, orders: readonly OpenOrder[]): Promise<DocumentData["tenders"]> {
  const sums = new Map<string, { kind: string; amount: number; isDue: boolean }>();
  for (const { kind, state, amount } of await tendersOf(
    ctx,
    orders.map(({ id }) => id),
  )) {
    if (kind === "account" || (state !== "captured" && state !== "due")) continue;
    const key = `${kind} ${state}`;
    sums.set(key, { kind, amount: (sums.get(key)?.amount ?? 0) + amount, isDue: state === "due" });
  }
  const { rows } = await sql<{ owed: number }>`
    select coalesce(sum(owed), 0)::bigint as owed from payments.read_account_tender
     where order_id = any(${orders.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  return [...sums.values(), { kind: "account", amount: rows[0]?.owed ?? 0, isDue: true }];
}

async function settle(
  ctx: Ctx,
  documentId: DocumentId,
  orders: readonly OpenOrder[],
  canceled: (order: OpenOrder) => OpenOrder["reductions"],
): Promise<void> {
  const ids = orders.map(({ id }) => id);
  await sql`update orders.account_order set document_id = ${documentId} where order_id = any(${ids}::uuid[])`.execute(ctx.db);
  await settleReductions(
    ctx,
    orders.flatMap((order) => canceled(order).map(({ source }) => ({ orderId: order.id, source, documentId }))),
  );
  await settleAdditions(
    ctx,
    orders.flatMap(({ additions }) => additions.map((changeId) => ({ changeId, documentId }))),
  );
  await tellOrders(ctx, ids);
}

/** Screens that show these orders are told; and what came back of them before their invoice gets its credit note. */
export async function tellOrders(ctx: Ctx, ids: readonly OrderId[]): Promise<void> {
  for (const orderId of ids) {
    await sql`select orders.touch(${orderId})`.execute(ctx.db);
    await publish(ctx, OrderChanged, `order/${orderId}`, { orderId, recordId: null, placeId: null });
  }
}

/** Early in the morning what was bought on account in months that are over gets its invoice; told again it writes none anew. */
export const monthsJobs: readonly Job[] = [
  job(
    "orders.months",
    async (desk) => {
      for (const companyId of await companiesToInvoice(desk.read)) await desk.write((ctx) => issueMonths(ctx, companyId, "past_months"));
    },
    { cron: "23 4 * * *" },
  ),
];
