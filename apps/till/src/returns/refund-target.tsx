import type { ReturnOfferView } from "@weft/contracts/client";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { t } from "../t.ts";
import styles from "./returns.module.css";

export type Target = ReturnOfferView["refundTargets"][number];

type PresentTargetProps = {
  /** Whether it may go back to where it came from at all. */
  readonly mayTender: boolean;
  readonly chosen: Target;
  /** Who is served: their store credit it becomes; null as long as nobody is. */
  readonly bringer: string | null;
  readonly onChoose: (target: Target) => void;
};

/** Where the money of a present goes: to who brings it, or, where the one who paid stands here too, to what was paid with [RET-16]. */
export function PresentTarget({ mayTender, chosen, bringer, onChoose }: PresentTargetProps) {
  const credit = {
    value: "store_credit" as const,
    label: bringer === null ? t("till.gift.credit") : t("till.gift.credit_of", { name: bringer }),
  };
  const tender = { value: "tender" as const, label: t("till.gift.tender"), note: t("till.gift.tender_note") };
  return (
    <>
      <ChoiceGroup label={t("till.returns.where")} choices={mayTender ? [credit, tender] : [credit]} value={chosen} onChange={onChoose} />
      {chosen === "store_credit" && bringer === null ? <p role="status">{t("till.gift.who")}</p> : null}
    </>
  );
}

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
