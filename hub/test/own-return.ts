import type { ReturnedUnitsView } from "@weft/contracts/client";
import type { TillCommandAnswerView } from "@weft/contracts";
import { asId, newId, type Id, type LineId, type ShiftId } from "@weft/kernel";
import {
  goneBefore,
  linesHere,
  planReturnHere,
  refundHere,
  soldGoods,
  type CameBack,
  type SoldGoods,
} from "../src/modules/till/domain/index.ts";

type Wanted = { readonly lines: readonly ReturnedUnitsView[]; readonly before?: CameBack };

/** The body of a return that a register takes by itself, by the functions of the till app. Throws where it takes nothing back. */
export function ownReturn(shiftId: ShiftId, sale: SoldGoods, { lines, before = new Map() }: Wanted) {
  const own = linesHere(sale, before, { isTracked: () => true });
  const units = lines.map((line) => ({ ...line, orderLineId: asId<LineId>(line.orderLineId) })); // of the register's own sale
  const plan = planReturnHere(own, units);
  const refund = refundHere(sale, { total: plan.ok ? plan.value.total : 0, gone: goneBefore(own) });
  if (!plan.ok || (refund !== "cash" && refund !== "store_credit")) throw new Error(`nothing of it comes back here: ${refund}`);
  const { total, taxes } = plan.value;
  return { shiftId, returnId: newId<Id<"return">>(), orderId: sale.orderId, lines, happened: { refund, total, taxes } };
}

/** Some units of one line of a sale, which are set aside. */
export function someOf(sale: SoldGoods, line: number, quantity: number): ReturnedUnitsView[] {
  const orderLineId = sale.lines[line]?.id ?? "";
  return [{ orderLineId, quantity, reason: "changed_mind", disposition: "write_off" }];
}

/** What a till knows of a sale that the hub completed for it, from the answer. Throws where goods of it come back with the hub alone. */
export function soldByHub({ orderId, sold }: TillCommandAnswerView): SoldGoods {
  if (!sold || orderId === null) throw new Error("goods of it come back with the hub alone");
  return soldGoods(orderId, sold);
}
