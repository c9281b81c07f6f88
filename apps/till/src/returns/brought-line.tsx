import type { Disposition, ReturnReason } from "@weft/contracts/client";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { textOf } from "../common/text.ts";
import { Traced } from "../ticket/traced.tsx";
import { t } from "../t.ts";
import { DISPOSITIONS, reasonsFor, type Choice, type OfferedLine } from "./brought.ts";
import styles from "./returns.module.css";

type BroughtLineProps = {
  readonly line: OfferedLine;
  readonly choice: Choice | undefined;
  readonly isOpen: boolean;
  readonly onChoose: (change: Partial<Choice>) => void;
};

/** A line of the order: how many of it come back, and for those why and what becomes of them. */
export function BroughtLine({ line, choice, isOpen, onChoose }: BroughtLineProps) {
  const { name, options, sold, returnable, isRestockable } = line;
  const quantity = choice?.quantity ?? 0;
  return (
    <li className={styles.line} data-chosen={quantity > 0}>
      <span>
        <strong>{textOf(name)}</strong>
        {options.length > 0 ? <small>{options.map((option) => textOf(option)).join(", ")}</small> : null}
        {line.trace ? <Traced trace={line.trace} /> : null}
        {line.isCalledBack ? <small className={styles.calledBack}>{t("till.returns.called_back")}</small> : null}
        {line.isFaultyOnly ? <small>{t("ui.return.faulty_only")}</small> : null}
        <small>{returnable === 0 ? t("till.returns.nothing_left") : t("till.returns.left", { returnable, sold })}</small>
      </span>
      {isOpen && returnable > 0 ? (
        <Stepper what={textOf(name)} min={0} max={returnable} value={quantity} onChange={(count) => onChoose({ quantity: count })} />
      ) : null}
      {choice && quantity > 0 ? (
        <div className={styles.why}>
          <SelectField
            label={t("till.returns.reason")}
            value={choice.reason}
            // Its options are these.
            onChoose={(reason) => onChoose({ reason: reason as ReturnReason })}
          >
            {reasonsFor(line).map((reason) => (
              <option key={reason} value={reason}>
                {t(`ui.return.reason.${reason}`)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("till.returns.disposition")}
            value={choice.disposition}
            // Its options are these.
            onChoose={(disposition) => onChoose({ disposition: disposition as Disposition })}
          >
            {DISPOSITIONS.filter((disposition) => isRestockable || disposition !== "restock").map((disposition) => (
              <option key={disposition} value={disposition}>
                {t(`ui.return.disposition.${disposition}`)}
              </option>
            ))}
          </SelectField>
        </div>
      ) : null}
    </li>
  );
}
