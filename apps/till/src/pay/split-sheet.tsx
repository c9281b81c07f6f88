import { useState, type FormEvent } from "react";
import type { CartLineView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import {
  nextShare,
  priceOfUnits,
  unitsOf,
  type Asked,
  type SharedLine,
  type UnitsPaid,
} from "../../../../hub/src/modules/till/domain/index.ts";
import { amountOf } from "../common/amount.ts";
import { textOf } from "../common/text.ts";
import { UnitsChoice } from "../common/units-choice.tsx";
import { t } from "../t.ts";
import styles from "./split-sheet.module.css";

const PEOPLE = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

type SplitSheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  /** What is still to be paid. */
  readonly left: { readonly amount: number; readonly currency: string };
  /** How many payments may still come, the next one among them. */
  readonly most: number;
  /** What can be paid for by itself; left out, nothing. */
  readonly lines?: readonly CartLineView[];
  /** What of it somebody has paid for. */
  readonly paid?: readonly UnitsPaid[];
  readonly onAsk: (asked: Asked | null) => void;
};

/** What the next payment is about: an amount, the share of one of several people, or some of the things [TIL-58]. */
export function SplitSheet({ open, onClose, onAsk, ...choice }: SplitSheetProps) {
  const ask = (asked: Asked): void => {
    onAsk(asked.left < choice.left.amount ? asked : null);
    onClose();
  };
  return (
    <Sheet open={open} onClose={onClose} title={t("till.split.title")}>
      <SplitChoice {...choice} onAsk={ask} />
    </Sheet>
  );
}

const NOBODY: readonly UnitsPaid[] = [];
type SplitChoiceProps = Omit<SplitSheetProps, "open" | "onClose" | "onAsk"> & { readonly onAsk: (asked: Asked) => void };

function SplitChoice({ left, most, lines, paid = NOBODY, onAsk }: SplitChoiceProps) {
  return (
    <div className={styles.ways}>
      <p className={styles.left}>{t("till.parts.left", { amount: formatMoney(left) })}</p>
      <AmountForm left={left} onAsk={onAsk} />
      <section aria-labelledby="people-title">
        <h3 id="people-title">{t("till.split.people")}</h3>
        <div className={styles.people}>
          {PEOPLE.filter((people) => people <= most && people <= left.amount).map((people) => (
            <button key={people} type="button" onClick={() => onAsk({ kind: "shares", people, left: nextShare(left.amount, people) })}>
              <strong>{formatNumber(people)}</strong>
              <small>{formatMoney({ ...left, amount: nextShare(left.amount, people) })}</small>
            </button>
          ))}
        </div>
      </section>
      {lines && lines.length > 0 ? <ItemsForm left={left} lines={lines} paid={paid} onAsk={onAsk} /> : null}
    </div>
  );
}

function AmountForm({ left, onAsk }: Pick<SplitChoiceProps, "left" | "onAsk">) {
  const [typed, setTyped] = useState("");
  const amount = amountOf(typed, left.currency) ?? 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (amount > 0) onAsk({ kind: "amount", left: amount });
  };
  return (
    <form className={styles.amount} onSubmit={submit}>
      <label>
        <span>{t("till.split.amount")}</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          maxLength={10}
          value={typed}
          onChange={({ target }) => setTyped(target.value.replaceAll(/[^\d.,]/g, ""))}
        />
      </label>
      <Button type="submit" kind="primary" disabled={amount === 0}>
        {t("till.split.take")}
      </Button>
    </form>
  );
}

/** Things that somebody pays for, with their part of the discounts. Goods by weight are one thing. */
function ItemsForm({ left, lines, paid, onAsk }: Required<Pick<SplitChoiceProps, "left" | "lines" | "paid" | "onAsk">>) {
  const [chosen, setChosen] = useState<readonly UnitsPaid[]>([]);
  const shared = lines.map(sharedLine);
  const price = Math.min(left.amount, priceOfUnits(shared, paid, chosen));
  const choose = (lineId: string, units: number): void =>
    setChosen([...chosen.filter((one) => one.lineId !== lineId), ...(units > 0 ? [{ lineId, units }] : [])]);
  return (
    <section aria-labelledby="items-title">
      <h3 id="items-title">{t("till.split.items")}</h3>
      <UnitsChoice
        lines={lines.map((line, at) => {
          const open = Math.max(0, (shared[at]?.units ?? 0) - unitsOf(paid, line.id));
          const note = open === 0 ? t("till.split.paid") : t("till.split.open", { count: open });
          return { id: line.id, name: textOf(line.name), note, open, chosen: unitsOf(chosen, line.id) };
        })}
        onChoose={choose}
      />
      <Button kind="primary" wide disabled={price <= 0} onClick={() => onAsk({ kind: "items", left: price, items: chosen })}>
        {t("till.split.take_items", { amount: formatMoney({ ...left, amount: price }) })}
      </Button>
    </section>
  );
}

const sharedLine = ({ id, unit, quantity, total }: CartLineView): SharedLine => ({
  id,
  units: unit === "gram" ? 1 : Math.max(1, quantity),
  total: total.amount,
});
