import { Field } from "@weft/ui/shop/field.tsx";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { PinField } from "../common/pin-field.tsx";
import { t } from "../t.ts";
import styles from "./returns.module.css";

/** Why goods are taken back later than on the days of the policy, and the PIN of the manager who says so. */
export type LateWish = { readonly reason: string; readonly pin: string };

export const NO_WISH: LateWish = { reason: "", pin: "" };
export const isSaid = ({ reason, pin }: LateWish): boolean => reason.trim() !== "" && /^\d{4,8}$/.test(pin);

type LateApprovalProps = {
  /** The last day of the policy. */
  readonly until: string;
  readonly wish: LateWish;
  readonly onChange: (wish: LateWish) => void;
};

/** Goods that come back too late, while the hub cannot be asked: a manager stands behind it, once, and says why [TIL-56]. */
export function LateApproval({ until, wish, onChange }: LateApprovalProps) {
  return (
    <div className={styles.late} role="group" aria-labelledby="late-title">
      <p id="late-title" className={styles.closed}>
        {t("till.own_return.late", { date: formatBusinessDate(until, "day") })}
      </p>
      <Field
        label={t("till.own_return.late_reason")}
        required
        maxLength={200}
        autoComplete="off"
        value={wish.reason}
        onChange={({ target }) => onChange({ ...wish, reason: target.value })}
      />
      <PinField
        label={t("till.unproven.pin")}
        hint={t("till.own_return.late_hint")}
        value={wish.pin}
        onChange={(pin) => onChange({ ...wish, pin })}
      />
    </div>
  );
}
