import type { Choice } from "@weft/ui/shop/choice.tsx";
import { useId } from "react";
import styles from "./many-choices.module.css";

type Props = {
  readonly label: string;
  readonly hint: string;
  readonly choices: readonly Choice<string>[];
  readonly chosen: readonly string[];
  readonly onTap: (value: string) => void;
};

/** Some of several: native check boxes that look like tiles. */
export function ManyChoices({ label, hint, choices, chosen, onTap }: Props) {
  const hintId = useId();
  return (
    <fieldset className={styles.group} aria-describedby={hintId}>
      <legend>{label}</legend>
      <p id={hintId}>{hint}</p>
      <div className={styles.choices}>
        {choices.map(({ value, label: name, note, disabled }) => (
          <label key={value} className={styles.choice}>
            <input type="checkbox" checked={chosen.includes(value)} disabled={disabled} onChange={() => onTap(value)} />
            <span>{name}</span>
            {note === undefined ? null : <span className={styles.note}>{note}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
