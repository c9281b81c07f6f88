import type { Locale, LocalizedText, ReceiptView } from "@weft/contracts";
import { currencyExponent, err, ok, type OrderId, type RecordId, type Result, type UnitPrice } from "@weft/kernel";
import { sql } from "kysely";
import { staffNames } from "../../access/index.ts";
import { loadCart, mayUseCart } from "../../carts/index.ts";
import { isGiftCardLine } from "../../checkout/index.ts";
import { balanceShown, programNow } from "../../loyalty/index.ts";
import { documentsOfOrder, readOrder, type BookEntry } from "../../orders/index.ts";
import { tendersOf, type TenderRow } from "../../payments/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { percentText } from "../../pricing/domain/index.ts";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import { languageOf, listPriceOf, roundingOf, tracedOn, weighedText } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { tseOfTicket } from "../country/germany/on-receipt.ts";
import { ticketOf, type Ticket } from "./ticket.ts";
import { readToCome } from "./to-come.ts";

/**
 * The receipt of an order, in the language asked for, else in that of the place. An order that no register took money for has the order's
 * own number and no journal hash. Errors: `till.no_receipt`, also where the caller may not see the order.
 */
export async function readReceipt(
  ctx: ReadCtx,
  vault: Vault,
  orderId: OrderId,
  locale: Locale | undefined,
): Promise<Result<ReceiptView, TillError>> {
  const entry = await readOrder(ctx, orderId);
  if (!entry || !(await maySee(ctx, entry))) return err({ code: "till.no_receipt" });
  return ok(await receiptOfEntry(ctx, vault, entry, locale));
}

/** The receipt of an order that was read already, for whoever may see it. */
export async function receiptOfEntry(ctx: ReadCtx, vault: Vault, entry: BookEntry, locale: Locale | undefined): Promise<ReceiptView> {
  const { order } = entry;
  const orderId = order.id;
  const [tenders, ticket, where, documents] = await Promise.all([
    tendersOf(ctx, [orderId]),
    ticketOf(ctx, orderId),
    whereOf(ctx, entry),
    documentsOfOrder(ctx, orderId),
  ]);
  // An invoice over a month says what was ordered for a company: it is for its owners.
  const invoice = documents.find(({ kind, companyId }) => kind === "invoice" && companyId === null)?.number;
  const language = locale ?? languageOf(where.country);
  const points = await pointsOf(ctx, entry, language);
  const toCome = await readToCome(ctx, vault, orderId, language);
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    number: ticket?.number ?? order.number,
    orderNumber: order.number,
    orderId: order.id,
    at: (ticket?.at ?? order.placed_at).toISOString(),
    timeZone: order.time_zone,
    businessDate: order.business_date,
    entity: where.entity,
    place: where.place,
    company: entry.company && { name: entry.company.name, vatNumber: entry.company.vatNumber },
    ...(ticket?.tab && { tab: ticket.tab }),
    registerName: ticket?.registerName ?? null,
    cashier: await cashierOf(ctx, ticket),
    lines: entry.lines.flatMap((line) => linesOf(line, order.currency, language)),
    ...(order.note && { note: order.note }),
    toCome,
    subtotal: money(order.subtotal),
    discount: money(order.discount),
    promotions: promotionsOn(order, language).map(({ name, amount }) => ({ name, amount: money(amount) })),
    total: money(order.total),
    taxes: order.taxes.map(({ rate, net, tax, gross }) => ({
      rate: percentText(rate),
      net: money(net),
      tax: money(tax),
      gross: money(gross),
    })),
    tenders: tenders
      .filter(({ state }) => state !== "failed" && state !== "voided" && state !== "settled")
      .map((tender) => presentTender(tender)),
    points,
    training: ticket?.training ?? false,
    ...(invoice !== undefined && { invoice }),
    ticket: ticket?.place ?? null,
    tse: ticket?.place && where.country === "DE" ? await tseOfTicket(ctx, ticket.place) : null,
    journalHash: ticket?.hash.toString("hex") ?? null,
  };
}

/** A line, and behind it the deposit on its packaging, stated apart [PRC-22]. */
function linesOf(line: BookEntry["lines"][number], currency: string, language: Locale): ReceiptView["lines"] {
  const { name, options, ordered: quantity, unit_price: unitPrice, total, tax_rate: rate, deposit } = line;
  const goods = {
    orderLineId: line.id,
    name: textIn(name, language),
    isGiftCard: isGiftCardLine(line),
    options: options.map((option) => textIn(option.name, language)),
    quantity,
    ...(line.unit === "gram" && { weighed: weighedText(quantity, listPriceOf(unitPrice, line.because), language) }),
    ...(line.is_typed && { isTyped: true as const }),
    ...tracedOn(line.trace ?? undefined, line.because),
    ...(line.note && { note: line.note }),
    unitPrice: unitPriceText(unitPrice, language),
    total: { amount: total - (deposit?.total ?? 0), currency },
    taxRate: percentText(rate),
  };
  if (!deposit) return [goods];
  const each = { amount: deposit.each, scale: 0, currency, per: { quantity: 1, unit: "piece" } } as const;
  const apart = { unitPrice: unitPriceText(each, language), total: { amount: deposit.total, currency } };
  return [
    goods,
    { name: textIn(deposit.name, language), isGiftCard: false, options: [], quantity, ...apart, taxRate: percentText(deposit.taxRate) },
  ];
}

function presentTender({ kind, amount, received, change, tip, currency }: TenderRow): ReceiptView["tenders"][number] {
  const money = (value: number | null) => (value === null ? null : { amount: value, currency });
  const rounding = kind === "cash" ? roundingOf({ amount, received, change, tip }) : 0;
  return {
    kind,
    amount: { amount, currency },
    received: money(received),
    change: money(change),
    rounding: money(rounding === 0 ? null : rounding),
    tip: money(tip === 0 ? null : tip),
  };
}

/** Who may use the cart that it was, and the till and staff of its place. */
/** Whether a caller may see the receipt of an order, and ask for its invoice. */
export async function maySee(ctx: ReadCtx, { order }: BookEntry): Promise<boolean> {
  const { staff, device, kind, channelId } = ctx.actor;
  if (kind === "system") return true;
  if (staff) return staff.placeIds.length === 0 || (order.place_id !== null && staff.placeIds.includes(order.place_id));
  if (device) return device.placeId === order.place_id;
  if (kind === "secret") return channelId === order.channel_id;
  const cart = order.cart_id && (await loadCart(ctx, order.cart_id));
  return cart ? mayUseCart(ctx.actor, cart) : false;
}

async function cashierOf(ctx: Pick<ReadCtx, "db">, ticket: Ticket | undefined): Promise<string | null> {
  if (!ticket?.operatorId) return null;
  return (await staffNames(ctx, [ticket.operatorId])).get(ticket.operatorId) ?? null;
}

type Where = { readonly country: string; readonly entity: ReceiptView["entity"]; readonly place: ReceiptView["place"] };

async function whereOf(ctx: Pick<ReadCtx, "snapshots">, { order }: BookEntry): Promise<Where> {
  const { entities, places } = await ctx.snapshots.current(placesSnapshot);
  const entity = entities.get(order.entity_id);
  const place = order.place_id === null ? undefined : places.get(order.place_id);
  const address = place ? [place.address.line1, `${place.address.postcode} ${place.address.city}`].join(", ") : "";
  return {
    country: place?.address.country ?? entity?.country ?? "",
    entity: { name: entity?.name ?? "", vatId: entity?.vatId ?? null, country: entity?.country ?? "" },
    place: { name: place?.name ?? "", address, phone: place?.phone ?? null },
  };
}

/** What the sale earned, and what the customer has now or had last night, by the levels; null for somebody who is not known. */
async function pointsOf(ctx: ReadCtx, { order, customer }: BookEntry, locale: Locale): Promise<ReceiptView["points"]> {
  if (customer.id === null || order.record_id === null) return null;
  const program = await programNow(ctx);
  if (!program) return null;
  const { rows } = await sql<{ id: RecordId }>`select customers.records_of(${order.record_id}) as id`.execute(ctx.db);
  const recordIds = rows.map(({ id }) => id);
  const { points, balanceAsOf } = await balanceShown(ctx, recordIds, program.rule.programId);
  return { customerId: customer.id, earned: order.points_earned, balance: points, balanceAsOf, rewards: rewardsOn(order, locale) };
}

/** The order keeps what its rewards were called and cost when it was placed. */
export function rewardsOn({ because }: BookEntry["order"], locale: Locale): { name: string; points: number }[] {
  return because.flatMap(({ kind, data }) => {
    const { name, points } = data ?? {};
    // As checkout wrote it: a text in the languages of the program.
    return kind === "reward" && typeof points === "number" ? [{ name: textIn(name as LocalizedText, locale), points }] : [];
  });
}

/** The order keeps what its promotions were called and took off when it was placed. */
function promotionsOn({ because }: BookEntry["order"], locale: Locale): { name: string; amount: number }[] {
  return because.flatMap(({ kind, data }) => {
    const { name, amount } = data ?? {};
    // As checkout wrote it: a text in the languages of the promotion.
    return kind === "promotion" && typeof amount === "number" ? [{ name: textIn(name as LocalizedText, locale), amount }] : [];
  });
}

function textIn(text: LocalizedText, locale: Locale): string {
  return text[locale] ?? text.en;
}

/** A unit price as it is read in a language, with the digits below the minor unit where it has some. */
export function unitPriceText({ amount, scale, currency }: UnitPrice, locale: Locale): string {
  const digits = currencyExponent(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits + scale,
  });
  return format.format(amount / 10 ** (digits + scale));
}

/** The receipt that a till gave for an order, for the order's own page. */
export async function receiptOf(
  ctx: Pick<ReadCtx, "db">,
  orderId: OrderId,
): Promise<{ readonly number: string; readonly registerName: string } | null> {
  const row = await ctx.db
    .selectFrom("till.read_receipt")
    .select(["number", "register_name as registerName"])
    .where("order_id", "=", orderId)
    .executeTakeFirst();
  return row ?? null;
}
