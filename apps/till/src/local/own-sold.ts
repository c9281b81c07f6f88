import type { Locale, LocalizedText } from "@weft/contracts/client";
import { soldGoods, type SaleBody, type SoldGoods } from "../../../../hub/src/modules/till/domain/index.ts";
import type { SoldName } from "../book/return-facts.ts";
import type { BodyOfKind, OutboxRow } from "../outbox/rows.ts";

/** A sale of this register, from what it kept of it, and what of it came back since. */
export type OwnSold = {
  readonly sale: SoldGoods;
  /** Of its receipt. */
  readonly number: string;
  readonly businessDate: string;
  readonly at: string;
  /** As its receipt called the goods, by line. */
  readonly names: ReadonlyMap<string, SoldName>;
  readonly before: ReadonlyMap<string, number>;
};

/** Acts by which goods come back. */
const BRINGS: ReadonlySet<string> = new Set(["return.take", "exchange.take", "exchange.record"]);

/** Units of an order that came back at this register, by line. */
export function cameBack(orderId: string, acts: readonly OutboxRow[]): ReadonlyMap<string, number> {
  const back = new Map<string, number>();
  for (const { command, answer } of acts) {
    if (!BRINGS.has(String(command["kind"])) || (answer && answer.outcome !== "done")) continue;
    const body = command["body"] as BodyOfKind<"return.take" | "exchange.take" | "exchange.record">; // of these kinds
    if (body.orderId !== orderId) continue;
    for (const { orderLineId, quantity } of body.lines) back.set(orderLineId, (back.get(orderLineId) ?? 0) + quantity);
  }
  return back;
}

/** What a sale is shown by: the number of its receipt or order, or the address of its e-receipt. `signed`: the act to which this register gave that number. */
type ShownSale = { readonly shown: string; readonly signed: string | undefined };

/** The sale that was shown, where the hub completed it for this register and goods of it come back without the hub [TIL-72]. */
export function completedAs(acts: readonly OutboxRow[], { shown, signed }: ShownSale): OutboxRow | undefined {
  const number = shown.trim().toUpperCase();
  return acts.findLast(({ id, command, answer }) => {
    if (command["kind"] !== "sale.complete" || answer?.outcome !== "done" || !answer.sold) return false;
    const { receiptToken } = command["body"] as BodyOfKind<"sale.complete">; // of its kind
    const isAddress = receiptToken !== undefined && shown.includes(receiptToken);
    return isAddress || id === signed || number === answer.receiptNumber || number === answer.sold.orderNumber;
  });
}

type Completed = {
  /** The number that this register gave its receipt. */
  readonly given: string | null;
  readonly locale: Locale;
  readonly acts: readonly OutboxRow[];
};

/** The same as goods of it come back: all that its answer said. */
export function soldWithHub({ command, answer }: OutboxRow, { given, locale, acts }: Completed): OwnSold | undefined {
  const textIn = (text: LocalizedText): string => text[locale] ?? text.en;
  const { sold, orderId = null, receiptNumber } = answer ?? {};
  if (!sold || orderId === null) return undefined;
  return {
    sale: soldGoods(orderId, sold),
    number: receiptNumber ?? given ?? sold.orderNumber,
    businessDate: sold.businessDate,
    at: String(command["at"]),
    names: new Map(sold.lines.map(({ id, name, options }) => [id, { name: textIn(name), options: options.map(textIn) }])),
    before: cameBack(orderId, acts),
  };
}

/** As the receipt of a sale that this register made by itself called the goods. A deposit stands behind its goods there, as a line of its own. */
export function namesOf(sale: Pick<SaleBody, "lines">, receipt: { readonly lines: readonly SoldName[] }): ReadonlyMap<string, SoldName> {
  const names = new Map<string, SoldName>();
  let at = 0;
  for (const { id, deposit } of sale.lines) {
    const told = receipt.lines[at];
    if (told) names.set(id, { name: told.name, options: told.options });
    at += deposit ? 2 : 1;
  }
  return names;
}
