import IconMinus from "@tabler/icons-react/dist/esm/icons/IconMinus.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { t } from "../t.ts";
import { IconButton } from "./button.tsx";
import styles from "./stepper.module.css";

type StepperProps = {
  /** What is counted, for who does not see beside what the stepper stands. */
  readonly what: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Below 1 it removes, where 0 is allowed. */
  readonly min?: 0 | 1;
  readonly max?: number;
};

/** One less, how many, one more. */
export function Stepper({ what, value, onChange, min = 1, max = 999 }: StepperProps) {
  const removes = value <= 1 && min === 0;
  return (
    <div className={styles.stepper} role="group" aria-label={t("ui.stepper.quantity", { what })}>
      <IconButton
        label={removes ? t("ui.stepper.remove", { what }) : t("ui.stepper.less", { what })}
        icon={removes ? IconTrash : IconMinus}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      />
      <output aria-live="polite">{value}</output>
      <IconButton label={t("ui.stepper.more", { what })} icon={IconPlus} disabled={value >= max} onClick={() => onChange(value + 1)} />
    </div>
  );
}
