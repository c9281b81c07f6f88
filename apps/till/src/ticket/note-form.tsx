import { useState, type FormEvent } from "react";
import { MOST_CART_NOTE, MOST_LINE_NOTE, type CartLineView, type CartView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { textOf } from "../common/text.ts";
import { useFocus } from "../common/use-focus.ts";
import { t } from "../t.ts";
import { changeCart } from "./ticket.ts";
import styles from "./ticket-menu.module.css";

type NoteFormProps = {
  /** The line that it is about; null: the whole ticket. */
  readonly lineId: string | null;
  readonly note: string | undefined;
  readonly onDone: () => void;
};

/** What whoever makes or packs it has to know; written empty it is taken back. */
export function NoteForm({ lineId, note, onDone }: NoteFormProps) {
  const focus = useFocus();
  const [text, setText] = useState(note ?? "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const said = text.trim();
    if (said !== (note ?? "")) changeCart({ kind: "setNote", lineId, note: said === "" ? null : said });
    onDone();
  };
  return (
    <form className={styles.menu} onSubmit={submit}>
      <Field
        label={t(lineId === null ? "till.note.of_ticket" : "till.note.of_line")}
        hint={t("till.note.hint")}
        id={focus}
        maxLength={lineId === null ? MOST_CART_NOTE : MOST_LINE_NOTE}
        autoComplete="off"
        enterKeyHint="done"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" kind="primary" wide>
        {t("till.note.keep")}
      </Button>
    </form>
  );
}

/** Of one line, over the ticket. */
export function LineNoteSheet({ line, onClose }: { readonly line: CartLineView; readonly onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={textOf(line.name)}>
      <NoteForm lineId={line.id} note={line.note} onDone={onClose} />
    </Sheet>
  );
}

/** What was said about the whole ticket, above what it comes to. */
export function TicketNote({ cart }: { readonly cart: CartView | undefined }) {
  return cart?.note === undefined ? null : <p className={styles.note}>{cart.note}</p>;
}
