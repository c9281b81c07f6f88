import { useId, type ReactNode, type SelectHTMLAttributes } from "react";
import styles from "./field.module.css";

type SelectFieldProps = Pick<SelectHTMLAttributes<HTMLSelectElement>, "autoComplete" | "value"> & {
  readonly label: string;
  readonly onChoose: (value: string) => void;
  /** Its options. */
  readonly children: ReactNode;
};

/** A labeled choice of one from many, by the list that the device itself opens. A few are better seen at once: `ChoiceGroup`. */
export function SelectField({ label, onChoose, children, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select {...select} id={id} onChange={({ target }) => onChoose(target.value)}>
        {children}
      </select>
    </div>
  );
}
