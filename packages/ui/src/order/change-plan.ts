import type { BodyOf, OrderView } from "@weft/contracts/client";

/** How many units of each line somebody wants, by the id of the line; what is not named stays. */
export type Counts = Readonly<Record<string, number>>;

type Asked = BodyOf<"orders.previewChange">;
export type Wish = { readonly remove: NonNullable<Asked["remove"]>; readonly add: NonNullable<Asked["add"]> };

/** Units of a line that its customer is to have, or has. */
export const standing = ({ ordered, canceled, returned }: OrderView["lines"][number]): number => ordered - canceled - returned;

/**
 * What a change has to ask for so that each line has as many units as somebody wants: fewer are units that go, more are the same goods once more,
 * which come at today's price as a line of their own.
 */
export function wishOf(lines: OrderView["lines"], counts: Counts): Wish {
  const wanted = lines.flatMap((line) => {
    const more = (counts[line.id] ?? standing(line)) - standing(line);
    return line.kind === "goods" && more !== 0 ? [{ line, more }] : [];
  });
  return {
    remove: wanted.filter(({ more }) => more < 0).map(({ line, more }) => ({ orderLineId: line.id, quantity: -more })),
    add: wanted
      .filter(({ more }) => more > 0)
      .map(({ line, more }) => ({ sku: line.sku, quantity: more, options: line.options.map(({ group, value }) => ({ group, value })) })),
  };
}

/** Whether it asks for anything. */
export const isAsked = ({ remove, add }: Wish): boolean => remove.length + add.length > 0;
