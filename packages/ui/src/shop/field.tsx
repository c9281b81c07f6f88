import { useId, type InputHTMLAttributes } from "react";
import styles from "./field.module.css";

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with it and how to mend it; shown and said when it appears. */
  readonly error?: string | undefined;
};

/** For the one field that a sheet was opened for: the sheet gives it the focus after the browser gave it to the cross. */
const FOCUSED = { autoFocus: true, "data-autofocus": true };

/** A labeled input with its hint or error below. 16 px at least, so that phones do not zoom in on it. */
export function Field({ label, hint, error, id, autoFocus, ...input }: FieldProps) {
  const own = useId();
  const inputId = id ?? own;
  const noteId = `${inputId}-note`;
  return (
    <div className={styles.field}>
      <label htmlFor={inputId}>{label}</label>
      <input {...input} {...(autoFocus && FOCUSED)} id={inputId} aria-describedby={noteId} aria-invalid={error !== undefined} />
      <p id={noteId} className={error === undefined ? styles.hint : styles.error} aria-live="polite">
        {error ?? hint}
      </p>
    </div>
  );
}
