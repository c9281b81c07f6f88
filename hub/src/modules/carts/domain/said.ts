import type { CartOperation } from "@weft/contracts/client";
import type { Goods } from "./cart.ts";
import { takesCartNote, takesLineNote, tidyCartNote, tidyLineNote } from "./notes.ts";
import type { Draft, OperationFacts, Step } from "./operations.ts";

const refused = (code: string, data: Record<string, unknown> = {}): Step => ({ refusal: { code, data } });

/** Only who stands at a till weighs: whoever buys from afar says how much they want [CRT-35]. */
export const isTypedWeight = ({ isTyped }: { readonly isTyped?: true | undefined }, { unit }: Goods, { adder }: OperationFacts): boolean =>
  isTyped === true && unit === "gram" && adder.channelKind === "store";

/** Whether who asks may say something about these goods. */
export const mayNote = (goods: Goods, { notes }: OperationFacts): boolean => notes === undefined || takesLineNote(goods, notes);

/** What is to be known of a line, or of the whole; nothing may be said no more where the place wants nothing said [CRT-34]. */
export function setNote(draft: Draft, { lineId, note: said }: Extract<CartOperation, { kind: "setNote" }>, facts: OperationFacts): Step {
  if (lineId === null) {
    const note = said === null ? undefined : tidyCartNote(said);
    const known = draft.lines.flatMap(({ variantId }) => facts.goods.byVariant(variantId) ?? []);
    const may = facts.notes === undefined || takesCartNote(known, facts.notes);
    return note && !may ? refused("cart.note_refused") : { change: { note } };
  }
  const line = draft.lines.find((held) => held.id === lineId);
  if (!line) return refused("cart.unknown_line", { lineId });
  const goods = facts.goods.byVariant(line.variantId);
  const note = said === null ? undefined : tidyLineNote(said);
  if (note && goods && !mayNote(goods, facts)) return refused("cart.note_refused", { lineId, sku: line.sku });
  const { note: _, ...bare } = line;
  return { change: { lines: draft.lines.map((held) => (held === line ? { ...bare, ...(note && { note }) } : held)) }, lineId: line.id };
}
