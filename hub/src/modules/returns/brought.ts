import type { ReturnedUnitsView } from "@weft/contracts";
import { asId, type LineId } from "@weft/kernel";
import type { BroughtUnits } from "./domain/index.ts";

/** Units as a request or a till's command names them. */
export function toUnits(lines: readonly ReturnedUnitsView[]): BroughtUnits[] {
  return lines.map(({ orderLineId, ...units }) => ({ ...units, orderLineId: asId<LineId>(orderLineId) }));
}
