import { formatMoney } from "@weft/ui/i18n/format.ts";
import { IconButton } from "@weft/ui/shop/button.tsx";
import IconMinus from "@tabler/icons-react/dist/esm/icons/IconMinus.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import { denominationsOf, sumOfCount, type CountedLine } from "../../../../hub/src/modules/till/domain/index.ts";
import { t } from "../t.ts";
import styles from "./count-table.module.css";

/** How many of each coin and note, by its value in minor units. */
export type Count = Readonly<Record<number, number>>;

export const emptyCount = (): Count => ({});

/** A count as the hub takes it: only what there is. */
export function linesOf(count: Count): CountedLine[] {
  return Object.entries(count)
    .filter(([, number]) => number > 0)
    .map(([denomination, number]) => ({ denomination: Number(denomination), count: number }));
}

type CountTableProps = { readonly currency: string; readonly count: Count; readonly onChange: (count: Count) => void };

/** Coins and notes of the drawer, the largest first; by keyboard, Tab goes from one to the next. */
export function CountTable({ currency, count, onChange }: CountTableProps) {
  const set = (denomination: number, number: number): void => onChange({ ...count, [denomination]: Math.max(0, Math.min(99_999, number)) });
  return (
    <div className={styles.count}>
      <ul className={styles.grid}>
        {denominationsOf(currency).map((denomination) => {
          const what = formatMoney({ amount: denomination, currency });
          const number = count[denomination] ?? 0;
          return (
            <li key={denomination} className={styles.row}>
              <label htmlFor={`count-${denomination}`}>{what}</label>
              <IconButton
                label={t("till.count.less", { what })}
                icon={IconMinus}
                disabled={number === 0}
                onClick={() => set(denomination, number - 1)}
              />
              <input
                id={`count-${denomination}`}
                inputMode="numeric"
                value={number === 0 ? "" : String(number)}
                placeholder="0"
                onFocus={({ target }) => target.select()}
                onChange={({ target }) => set(denomination, Number(target.value.replaceAll(/\D/g, "")))}
              />
              <IconButton label={t("till.count.more", { what })} icon={IconPlus} onClick={() => set(denomination, number + 1)} />
            </li>
          );
        })}
      </ul>
      <p className={styles.total}>
        <span>{t("till.count.total")}</span>
        <output aria-live="polite">{formatMoney({ amount: sumOfCount(linesOf(count)), currency })}</output>
      </p>
    </div>
  );
}
