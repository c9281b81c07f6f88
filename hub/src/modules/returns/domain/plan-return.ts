import type { Disposition, ReturnReason } from "@weft/contracts";
import { err, ok, type LineId, type Result } from "@weft/kernel";
import { isFault } from "./judge-return.ts";
import { ratedParts, type LineDeposit } from "../../orders/domain.ts";
import { refundFor, type Ratio } from "../../pricing/domain/index.ts";

/** A line of an order, as far as returning units of it depends on it; amounts in minor units. */
export type ReturnableLine = {
  readonly id: LineId;
  readonly kind: "goods" | "delivery";
  readonly ordered: number;
  readonly canceled: number;
  readonly fulfilled: number;
  readonly returned: number;
  readonly total: number;
  readonly tax: number;
  readonly taxRate: Ratio;
  /** What of its total is a deposit, which goes back with it. */
  readonly deposit: LineDeposit | null;
  /** Whether its units can go back on a shelf. */
  readonly isRestockable: boolean;
  /** Whether they come back only when something is wrong with them [RET-10]. */
  readonly isFaultyOnly: boolean;
  /** It is called back: it goes on no shelf [BAT-9]. */
  readonly isCalledBack?: true;
};

/** Units that somebody brings back. The same line may stand twice, for units that fare differently. */
export type BroughtUnits = {
  readonly orderLineId: LineId;
  readonly quantity: number;
  readonly reason: ReturnReason;
  readonly disposition: Disposition;
};

/** Units with what goes back for them. The charge for shipping has neither reason nor disposition: it follows the goods. */
export type ReturnedUnits = {
  readonly orderLineId: LineId;
  readonly kind: "goods" | "delivery";
  readonly quantity: number;
  readonly reason: ReturnReason | null;
  readonly disposition: Disposition | null;
  readonly total: number;
  readonly tax: number;
};

export type RateShare = { readonly rate: Ratio; readonly net: number; readonly tax: number; readonly gross: number };

export type PlannedReturn = {
  readonly units: readonly ReturnedUnits[];
  readonly total: number;
  readonly tax: number;
  /** What of the total is the charge for shipping. */
  readonly delivery: number;
  /** By rate, adding up to the total. */
  readonly taxes: readonly RateShare[];
  /** Nothing of the order stays with its customer. */
  readonly isWhole: boolean;
};

export type PlanError =
  | { readonly code: "return.line_unknown"; readonly orderLineId: string }
  | { readonly code: "return.units_gone"; readonly orderLineId: string; readonly requested: number; readonly returnable: number }
  | { readonly code: "return.not_restockable"; readonly orderLineId: string }
  | { readonly code: "return.faulty_only"; readonly orderLineId: string };

/** Units of a line that may still come back: handed over, and not returned yet. */
export const returnableOf = ({ fulfilled, returned }: Pick<ReturnableLine, "fulfilled" | "returned">): number => fulfilled - returned;

/**
 * What goes back for units of an order [RET-6]: of each line its cumulative share of what was paid [PRC-10], counted from all units that
 * were given up before, so that however a line comes back its parts sum to what was paid for it, discounts and tax included. The charge for
 * shipping goes back with the last of the goods, and not before. Errors: `return.line_unknown`, `return.units_gone` with what is left,
 * `return.not_restockable` for goods that were made to order,
 * `return.faulty_only` for goods that a changed mind does not bring back [RET-10].
 */
export function planReturn(lines: readonly ReturnableLine[], brought: readonly BroughtUnits[]): Result<PlannedReturn, PlanError> {
  const gone = new Map<LineId, number>();
  const units: ReturnedUnits[] = [];
  for (const { orderLineId, quantity, reason, disposition } of brought) {
    const line = lines.find(({ id, kind }) => id === orderLineId && kind === "goods");
    if (!line) return err({ code: "return.line_unknown", orderLineId });
    const before = gone.get(line.id) ?? 0;
    const returnable = returnableOf(line) - before;
    if (quantity > returnable) return err({ code: "return.units_gone", orderLineId, requested: quantity, returnable });
    if (disposition === "restock" && !line.isRestockable) return err({ code: "return.not_restockable", orderLineId });
    if (line.isFaultyOnly && !isFault(reason)) return err({ code: "return.faulty_only", orderLineId });
    units.push(worthOf(line, before, { quantity, reason, disposition }));
    gone.set(line.id, before + quantity);
  }
  const isWhole = lines.every(
    (line) => line.kind === "delivery" || line.returned + (gone.get(line.id) ?? 0) === line.ordered - line.canceled,
  );
  const charges = isWhole ? lines.filter((line) => line.kind === "delivery" && returnableOf(line) > 0) : [];
  for (const line of charges) units.push(worthOf(line, 0, { quantity: returnableOf(line), reason: null, disposition: null }));
  return ok(summed(units, lines, isWhole));
}

/**
 * What of units that were taken and paid for already can still be booked [RET-17]: as many of each line as have not come back since, on the shelf only
 * where they can go there. What is left out came back twice.
 */
export function unitsLeft(lines: readonly ReturnableLine[], brought: readonly BroughtUnits[]): BroughtUnits[] {
  const left = new Map(lines.map((line) => [line.id, returnableOf(line)]));
  return brought.flatMap((units) => {
    const line = lines.find(({ id, kind }) => id === units.orderLineId && kind === "goods");
    const quantity = Math.min(units.quantity, left.get(units.orderLineId) ?? 0);
    if (!line || quantity <= 0) return [];
    left.set(line.id, (left.get(line.id) ?? 0) - quantity);
    const isLost = units.disposition === "restock" && !line.isRestockable;
    return [{ ...units, quantity, ...(isLost && { disposition: "write_off" as const }) }];
  });
}

function worthOf(line: ReturnableLine, before: number, given: Pick<ReturnedUnits, "quantity" | "reason" | "disposition">): ReturnedUnits {
  const { id, kind, ordered, canceled, returned, total, tax } = line;
  const back = refundFor({ quantity: ordered, total, tax, discount: 0 }, canceled + returned + before, given.quantity);
  return { orderLineId: id, kind, ...given, total: back.total, tax: back.tax };
}

function summed(units: readonly ReturnedUnits[], lines: readonly ReturnableLine[], isWhole: boolean): PlannedReturn {
  const shares = new Map<string, RateShare>();
  const parts = units.flatMap((unit) => {
    const line = lines.find(({ id }) => id === unit.orderLineId);
    return line ? ratedParts({ ...line, tax_rate: line.taxRate }, unit) : [];
  });
  for (const { rate, net, tax, total } of parts) {
    const key = `${rate.numerator}/${rate.denominator}`;
    const share = shares.get(key) ?? { net: 0, tax: 0, gross: 0 };
    shares.set(key, { rate, net: share.net + net, tax: share.tax + tax, gross: share.gross + total });
  }
  const sum = (of: readonly ReturnedUnits[], what: "total" | "tax") => of.reduce((all, unit) => all + unit[what], 0);
  const delivery = units.filter(({ kind }) => kind === "delivery");
  return {
    units,
    total: sum(units, "total"),
    tax: sum(units, "tax"),
    delivery: sum(delivery, "total"),
    taxes: [...shares.values()],
    isWhole,
  };
}
