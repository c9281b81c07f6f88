import { Button } from "@mantine/core";
import type { RewardView } from "@weft/contracts/client";
import { formatDate, formatList, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PROGRAM_KEY } from "./program-query.ts";
import styles from "./loyalty.module.css";

type RewardsProps = {
  readonly rewards: readonly RewardView[];
  /** When the hub answered: what has ended by then is over. */
  readonly asOf: string;
  readonly onAdd: (() => void) | undefined;
};

/** What points buy: what it costs, how often it was used, and until when it holds. */
export function Rewards({ rewards, asOf, onAdd }: RewardsProps) {
  return (
    <Section
      title={t("office.loyalty.rewards")}
      actions={onAdd ? <Button onClick={onAdd}>{t("office.loyalty.add_reward")}</Button> : undefined}
    >
      {rewards.length === 0 ? <p className={styles.quiet}>{t("office.loyalty.no_rewards")}</p> : null}
      <ul className={styles.rewards}>
        {rewards.map((reward) => (
          <RewardRow key={reward.id} reward={reward} isOver={reward.validTo !== null && reward.validTo <= asOf} />
        ))}
      </ul>
    </Section>
  );
}

function RewardRow({ reward, isOver }: { readonly reward: RewardView; readonly isOver: boolean }) {
  const may = useMay();
  const end = useAct((id: string) => api.ask("loyalty.endReward", { params: { id } }), [PROGRAM_KEY]);
  // Nothing brings an ended reward back, and customers save for it: so it is asked once more, in its place.
  const [isSure, setSure] = useState(false);
  return (
    <li>
      <span>
        <strong>{inLanguage(reward.name)}</strong>
        <small>{[benefitText(reward), usedText(reward)].join(" · ")}</small>
      </span>
      {isOver && reward.validTo ? <Badge tone="bad">{t("office.loyalty.ended", { at: formatDate(reward.validTo) })}</Badge> : null}
      <span className={styles.cost}>{t("office.loyalty.cost", { points: formatNumber(reward.points), count: reward.points })}</span>
      {isOver || !may("loyalty.endReward") ? null : (
        <Button
          size="xs"
          loading={end.isPending}
          {...(isSure ? { color: "red.9" } : { variant: "default" })}
          onClick={() => (isSure ? end.mutate(reward.id) : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {t(isSure ? "office.loyalty.end_reward_now" : "office.loyalty.end_reward")}
        </Button>
      )}
    </li>
  );
}

function benefitText({ benefit }: RewardView): string {
  if (benefit.kind === "amount") return t("office.loyalty.benefit.amount", { amount: formatMoney(benefit.money) });
  if (benefit.kind === "product") return t("office.loyalty.benefit.product", { count: benefit.variantIds.length });
  const { numerator, denominator } = benefit.rate;
  return t("office.loyalty.benefit.percentage", {
    part: formatNumber(numerator / denominator, { style: "percent", maximumFractionDigits: 2 }),
  });
}

function usedText({ used, given }: RewardView): string {
  return used === 0
    ? t("office.loyalty.unused")
    : t("office.loyalty.used", { count: used, amount: formatList(given.map((money) => formatMoney(money))) });
}
