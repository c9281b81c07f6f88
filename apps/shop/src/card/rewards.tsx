import type { LoyaltyView, RewardOfferView } from "@weft/contracts/client";
import { formatDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useBasket } from "../cart/basket.ts";
import { changeCart, operation } from "../cart/send.ts";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";
import styles from "./rewards.module.css";

/** What the points buy: one tap puts a reward on the cart, and how far it is to the others. */
export function Rewards({ loyalty: { rewards, nextExpiry, balance } }: { readonly loyalty: LoyaltyView }) {
  if (rewards.length === 0) return null;
  return (
    <section className={styles.rewards} aria-labelledby="rewards-title">
      <h2 id="rewards-title">{t("shop.card.rewards")}</h2>
      {nextExpiry ? (
        <p className={styles.quiet}>
          {t("shop.card.expiring", {
            points: formatNumber(nextExpiry.points),
            count: nextExpiry.points,
            at: formatDate(lastDay(nextExpiry.at)),
          })}
        </p>
      ) : null}
      <ul>
        {rewards.map((reward) => (
          <RewardRow key={reward.id} reward={reward} balance={balance} />
        ))}
      </ul>
    </section>
  );
}

function RewardRow({ reward, balance }: { readonly reward: RewardOfferView; readonly balance: number }) {
  const name = inLanguage(reward.name);
  const { pending } = useBasket();
  const isSent = pending.some((one) => one.operation.kind === "applyReward" && one.operation.rewardId === reward.id);
  const use = (): void => {
    changeCart({ operation: operation("applyReward", { rewardId: reward.id }) });
    showToast(t("shop.card.used", { name }));
  };
  return (
    <li className={styles.reward}>
      <span>
        <strong>{name}</strong>
        <small>{t("shop.card.reward_cost", { points: formatNumber(reward.points), count: reward.points })}</small>
        {reward.missing > 0 ? <progress max={reward.points} value={Math.max(0, balance)} aria-hidden /> : null}
      </span>
      {reward.missing > 0 ? (
        <span className={styles.quiet}>{t("shop.card.reward_missing", { points: formatNumber(reward.missing) })}</span>
      ) : (
        <Button busy={isSent} onClick={use}>
          {t("shop.card.use")}
        </Button>
      )}
    </li>
  );
}

/** Points expire with the midnight that ends their last day: people are told that day. */
function lastDay(at: string): string {
  return new Date(Date.parse(at) - 1).toISOString();
}
