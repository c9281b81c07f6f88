import type { ReturnOfferView } from "@weft/contracts/client";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { t } from "../t.ts";
import styles from "./returns.module.css";

export type Target = ReturnOfferView["refundTargets"][number];

type RefundTargetProps = {
  readonly targets: readonly Target[];
  readonly chosen: Target | undefined;
  readonly onChoose: (target: Target) => void;
};

/** Where the money goes, where there is something to choose; why it can only become store credit, where that is so. */
export function RefundTarget({ targets, chosen, onChoose }: RefundTargetProps) {
  if (targets.length > 1)
    return (
      <ChoiceGroup
        label={t("till.returns.where")}
        choices={targets.map((value) => ({ value, label: t(`ui.return.target.${value}`) }))}
        value={chosen ?? targets[0]}
        onChange={onChoose}
      />
    );
  return targets[0] === "store_credit" ? <p className={styles.quiet}>{t("till.returns.credit_only")}</p> : null;
}
