import type { ReturnedUnitsView } from "@weft/contracts/client";
import { asId, newId, type Id, type LineId, type ShiftId } from "@weft/kernel";
import { goneBefore, linesHere, planReturnHere, refundHere, type CameBack, type SaleBody } from "../src/modules/till/domain/index.ts";

type Wanted = { readonly lines: readonly ReturnedUnitsView[]; readonly before?: CameBack };

/** The body of a return that a register takes by itself, by the functions of the till app. Throws where it takes nothing back. */
export function ownReturn(shiftId: ShiftId, sale: SaleBody, { lines, before = new Map() }: Wanted) {
  const own = linesHere(sale, before, { isTracked: () => true });
  const units = lines.map((line) => ({ ...line, orderLineId: asId<LineId>(line.orderLineId) })); // of the register's own sale
  const plan = planReturnHere(own, units);
  const refund = refundHere(sale, { total: plan.ok ? plan.value.total : 0, gone: goneBefore(own) });
  if (!plan.ok || (refund !== "cash" && refund !== "store_credit")) throw new Error(`nothing of it comes back here: ${refund}`);
  const { total, taxes } = plan.value;
  return { shiftId, returnId: newId<Id<"return">>(), orderId: sale.orderId, lines, happened: { refund, total, taxes } };
}

/** Some units of one line of a sale, which are set aside. */
export function someOf(sale: SaleBody, line: number, quantity: number): ReturnedUnitsView[] {
  const orderLineId = sale.lines[line]?.id ?? "";
  return [{ orderLineId, quantity, reason: "changed_mind", disposition: "write_off" }];
}
