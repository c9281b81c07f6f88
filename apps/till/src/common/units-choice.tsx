import IconMinus from "@tabler/icons-react/dist/esm/icons/IconMinus.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { IconButton } from "@weft/ui/shop/button.tsx";
import { t } from "../t.ts";
import styles from "./units-choice.module.css";

export type UnitsToChoose = {
  readonly id: string;
  readonly name: string;
  /** What is said below its name. */
  readonly note: string;
  /** So many can be chosen. */
  readonly open: number;
  readonly chosen: number;
};

/** Things of a ticket, of which somebody chooses some: one more and one less by a tap. */
export function UnitsChoice({
  lines,
  onChoose,
}: {
  readonly lines: readonly UnitsToChoose[];
  readonly onChoose: (id: string, units: number) => void;
}) {
  return (
    <ul className={styles.items}>
      {lines.map(({ id, name, note, open, chosen }) => (
        <li key={id} data-done={open === 0 || undefined}>
          <span>
            {name}
            <small>{note}</small>
          </span>
          <IconButton
            label={t("till.split.less", { what: name })}
            icon={IconMinus}
            disabled={chosen === 0}
            onClick={() => onChoose(id, chosen - 1)}
          />
          <output aria-label={t("till.split.chosen", { what: name })}>{formatNumber(chosen)}</output>
          <IconButton
            label={t("till.split.more", { what: name })}
            icon={IconPlus}
            disabled={chosen >= open}
            onClick={() => onChoose(id, chosen + 1)}
          />
        </li>
      ))}
    </ul>
  );
}
