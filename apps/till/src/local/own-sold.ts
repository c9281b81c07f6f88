import type { SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";
import type { SoldName } from "../book/return-facts.ts";
import type { BodyOfKind, KeptSale, OutboxRow } from "../outbox/rows.ts";

/** A sale of this register, from what it kept of it, and what of it came back since. */
export type OwnSold = {
  readonly sale: SaleBody;
  readonly receipt: KeptSale["receipt"];
  readonly at: string;
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

/** As its receipt called the goods. A deposit stands behind its goods there, as a line of its own. */
export function namesOf({ sale, receipt }: Pick<OwnSold, "sale" | "receipt">): ReadonlyMap<string, SoldName> {
  const names = new Map<string, SoldName>();
  let at = 0;
  for (const { id, deposit } of sale.lines) {
    const told = receipt.lines[at];
    if (told) names.set(id, { name: told.name, options: told.options });
    at += deposit ? 2 : 1;
  }
  return names;
}
