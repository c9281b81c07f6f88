import type { TillCommand } from "@weft/contracts";
import { asId, lineTotal, type CartId, type UnitPrice } from "@weft/kernel";
import { LABEL, loadCart } from "../../carts/index.ts";
import type { CommandContext } from "./context.ts";

type Sold = Extract<TillCommand, { kind: "sale.record" }>["body"];
type SoldLine = Sold["lines"][number];
type Selling = Pick<CommandContext, "ctx" | "register"> & { readonly body: Sold };

/**
 * What was given off by hand in a sale that a register made by itself, and that nobody covered who may [TIL-57]: neither an act of this register says so,
 * nor did the hub give the ticket that price itself. In minor units; 0 where all of it is covered. A sale without a price by hand goes by without a
 * statement. Asked before the sale is booked, while its ticket is open.
 */
export async function givenUncovered({ ctx, register, body }: Selling): Promise<number> {
  const given = body.lines.flatMap((line) => {
    const insteadOf = givenInsteadOf(line);
    return insteadOf ? [{ line, insteadOf }] : [];
  });
  if (given.length === 0) return 0;
  const acts = await ctx.db
    .selectFrom("till.given_price")
    .select(["line_id", "quantity", "unit_price"])
    .where("register_id", "=", register.id)
    .where(
      "line_id",
      "in",
      given.map(({ line }) => line.id),
    )
    .where("is_covered", "=", true)
    .execute();
  const isCovered = ({ id, quantity, unitPrice }: SoldLine): boolean =>
    acts.some((act) => act.line_id === id && act.quantity >= quantity && isAtLeast(unitPrice, act.unit_price as UnitPrice)); // as it was told
  const told = given.filter(({ line }) => !isCovered(line));
  if (told.length === 0) return 0;
  const atHub = await loadCart(ctx, asId<CartId>(body.cartId)); // an id by the contract
  return told.reduce((sum, { line, insteadOf }) => {
    const hold = atHub?.lines.find(({ id }) => id === line.id)?.priceHold;
    if (hold?.override && isAtLeast(line.unitPrice, hold.unitPrice)) return sum;
    return sum + lineTotal(insteadOf, line.quantity) - lineTotal(line.unitPrice, line.quantity);
  }, 0);
}

/** The price that staff replaced by hand; undefined for one of a list, and for one that the label of a scale says. */
function givenInsteadOf({ because }: SoldLine): UnitPrice | undefined {
  const data = because.find(({ kind }) => kind === "price.overridden")?.data;
  return data && data["reason"] !== LABEL ? (data["insteadOf"] as UnitPrice | undefined) : undefined; // as the price engine writes it
}

const isAtLeast = (price: UnitPrice, other: UnitPrice): boolean => price.amount * 10 ** other.scale >= other.amount * 10 ** price.scale;
