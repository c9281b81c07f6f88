import type { Disposition, ReturnReason } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { t } from "../t.ts";
import { DISPOSITIONS, REASONS, type Choice } from "./brought.ts";
import type { UnprovenLine } from "./unproven.ts";
import styles from "./returns.module.css";

type UnprovenRowProps = {
  readonly line: UnprovenLine;
  /** What is given for it; undefined until the hub has said so. */
  readonly total: Money | undefined;
  readonly onChange: (wanted: Partial<Choice>) => void;
};

/** Goods without a receipt: how many, why, and what becomes of them. */
export function UnprovenRow({ line: { sku, name, quantity, reason, disposition }, total, onChange }: UnprovenRowProps) {
  return (
    <li className={styles.line} data-chosen="true">
      <span>
        <strong>{name}</strong>
        <small>{total ? `${sku} · ${formatMoney(total)}` : sku}</small>
      </span>
      <Stepper what={name} min={0} value={quantity} onChange={(count) => onChange({ quantity: count })} />
      <div className={styles.why}>
        <SelectField
          label={t("till.returns.reason")}
          value={reason}
          // Its options are these.
          onChoose={(chosen) => onChange({ reason: chosen as ReturnReason })}
        >
          {REASONS.map((one) => (
            <option key={one} value={one}>
              {t(`ui.return.reason.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("till.returns.disposition")}
          value={disposition}
          // Its options are these.
          onChoose={(chosen) => onChange({ disposition: chosen as Disposition })}
        >
          {DISPOSITIONS.map((one) => (
            <option key={one} value={one}>
              {t(`ui.return.disposition.${one}`)}
            </option>
          ))}
        </SelectField>
      </div>
    </li>
  );
}
