import { MoneyInput } from "../common/money-input.tsx";
import { WholeNumber } from "../common/whole-number.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";

type Props = {
  readonly points: number;
  readonly mostPoints: number;
  /** Minor units, for which or against which the points stand. */
  readonly amount: number;
  readonly amountLabel: string;
  readonly currency: string;
  readonly onPoints: (points: number) => void;
  readonly onAmount: (amount: number) => void;
};

/** So many points for so much money: what is earned, and what points pay. */
export function PointsRow({ points, mostPoints, amount, amountLabel, currency, onPoints, onAmount }: Props) {
  return (
    <div className={form.row}>
      <WholeNumber required min={1} max={mostPoints} label={t("office.loyalty.points")} value={points} onChange={onPoints} />
      <MoneyInput
        required
        min={1}
        max={1_000_000}
        label={amountLabel}
        currency={currency}
        value={amount}
        onChange={(typed) => onAmount(typed ?? 1)}
      />
    </div>
  );
}
