import { asId, err, ok, type LineId, type Result } from "@weft/kernel";
import { planReturn, returnableOf, type BroughtUnits, type PlannedReturn, type ReturnableLine } from "../../returns/domain/index.ts";
import type { SaleBody } from "./own-sale.ts";

/** What of a register's own sale came back before, as far as it knows: units by line. */
export type CameBack = ReadonlyMap<string, number>;

/** Why a register without the hub takes nothing of a sale back. */
export type NotHere =
  /** Paid otherwise than in cash, and nobody is known whose store credit it could become. */
  | "not_cash"
  /** All of it came back. */
  | "nothing_left";

/** How a register gives money back by itself. */
export type RefundHere = "cash" | "store_credit";

/**
 * Where the money of a sale goes without the hub [TIL-51]: cash for what was paid in cash alone; else store credit, where it is known whose. A card,
 * points and gift cards get theirs back once the hub is there.
 */
export function refundHere({ tenders, customer }: Pick<SaleBody, "tenders" | "customer">): RefundHere | NotHere {
  if (tenders.every(({ kind }) => kind === "cash")) return "cash";
  return customer?.kind === "known" && tenders.every(({ kind }) => kind === "cash" || kind === "card") ? "store_credit" : "not_cash";
}

/** The lines of a sale as they can come back here. Nothing is known of goods that come back only when something is wrong: staff see them. */
export function linesHere({ lines }: Pick<SaleBody, "lines">, before: CameBack, isTracked: (sku: string) => boolean): ReturnableLine[] {
  return lines.map(({ id, sku, quantity, total, tax, taxRate, deposit }) => ({
    id: asId<LineId>(id), // of the register's own sale
    kind: "goods",
    ordered: quantity,
    canceled: 0,
    fulfilled: quantity,
    returned: before.get(id) ?? 0,
    total,
    tax,
    taxRate,
    deposit,
    isRestockable: isTracked(sku),
    isFaultyOnly: false,
  }));
}

/**
 * What goes back for units of a register's own sale [TIL-51], by the rule of the hub: each line's cumulative share of what was paid [RET-6]. Errors:
 * why nothing comes back here, or those of `planReturn`.
 */
export function planReturnHere(
  lines: readonly ReturnableLine[],
  units: readonly BroughtUnits[],
): Result<PlannedReturn, NotHere | "units_gone"> {
  if (lines.every((line) => returnableOf(line) === 0)) return err("nothing_left");
  const planned = planReturn(lines, units);
  return planned.ok ? ok(planned.value) : err("units_gone");
}
