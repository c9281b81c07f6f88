import type { CartView, TillCustomerView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { textOf } from "../common/text.ts";
import { changeCart } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

const MOST_SHOWN = 3;

/** What their points buy, dearest first: one tap puts it on the ticket. What the ticket holds already is taken off what is left. */
export function Rewards({ customer, cart }: { readonly customer: TillCustomerView; readonly cart: CartView | undefined }) {
  const held = (cart?.rewards ?? []).reduce((sum, { points }) => sum + points, 0);
  const reachable = customer.rewards.filter(({ points }) => points <= customer.points - held).toReversed();
  if (reachable.length === 0) return null;
  return (
    <div className={styles.usual} role="group" aria-label={t("till.reward.label")}>
      {reachable.slice(0, MOST_SHOWN).map(({ id, name, points }) => (
        <button key={id} type="button" data-tour="reward" onClick={() => changeCart({ kind: "applyReward", rewardId: id })}>
          {t("till.reward.use", { name: textOf(name), points: formatNumber(points) })}
        </button>
      ))}
    </div>
  );
}
