import type { CartLineView } from "@weft/contracts/client";

/** Whether some units of a line may go to another ticket: what was weighed or booked, has a number or is a gift card's is one thing. */
export const mayPart = ({ unit, service, topUp, trace }: CartLineView): boolean =>
  unit !== "gram" && !service && !topUp && trace?.serial === undefined;

/** How many of a line can be chosen to go to another ticket; what goes its own way stays. */
export function unitsToMove(line: CartLineView): number {
  if (line.elsewhere) return 0;
  return mayPart(line) ? line.quantity : 1;
}
