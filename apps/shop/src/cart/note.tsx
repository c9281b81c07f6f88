import { useState, type FormEvent } from "react";
import { MOST_CART_NOTE, MOST_LINE_NOTE } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { t } from "../t.ts";
import { changeCart, operation } from "./send.ts";
import styles from "./note.module.css";

type NoteProps = {
  /** The line that it is about; null: the whole order. */
  readonly lineId: string | null;
  /** What it is about, for who hears the page and does not see it. */
  readonly what: string;
  readonly note: string | undefined;
  /** Whether something may be said here; what was said is shown and can be taken back all the same. */
  readonly isTaken: boolean;
};

/** What the store has to know of a line or of the order, in the words of whoever orders it. */
export function Note({ lineId, what, note, isTaken }: NoteProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <NoteForm lineId={lineId} what={what} note={note} onDone={() => setOpen(false)} />;
  if (note === undefined && !isTaken) return null;
  return (
    <div className={styles.note}>
      {note === undefined ? null : <q>{note}</q>}
      {isTaken ? (
        <button
          type="button"
          aria-label={t(note === undefined ? "shop.note.add_to" : "shop.note.change_of", { what })}
          onClick={() => setOpen(true)}
        >
          {t(note === undefined ? "shop.note.add" : "shop.note.change")}
        </button>
      ) : null}
    </div>
  );
}

function NoteForm({ lineId, what, note, onDone }: Omit<NoteProps, "isTaken"> & { readonly onDone: () => void }) {
  const [text, setText] = useState(note ?? "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const said = text.trim();
    if (said !== (note ?? "")) changeCart({ operation: operation("setNote", { lineId, note: said === "" ? null : said }) });
    onDone();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever opened it is about to write
        autoFocus
        label={t("shop.note.label", { what })}
        hint={t("shop.note.hint")}
        maxLength={lineId === null ? MOST_CART_NOTE : MOST_LINE_NOTE}
        autoComplete="off"
        enterKeyHint="done"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => {
          if (key === "Escape") onDone();
        }}
      />
      <Button type="submit">{t("shop.note.keep")}</Button>
    </form>
  );
}
