import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { CartView } from "@weft/contracts/client";
import { reasonText } from "@weft/ui/app/problem-text.ts";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { IconButton } from "@weft/ui/shop/button.tsx";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";
import { changeCart, operation } from "./send.ts";
import styles from "./codes.module.css";

/** Rewards on the cart: what each takes off and costs, or why it does neither. */
export function CartRewards({ rewards }: { readonly rewards: CartView["rewards"] }) {
  if (rewards.length === 0) return null;
  return (
    <ul className={styles.codes}>
      {numbered(rewards).map(({ n, rewardId, name, points, applied, amount, because }) => {
        const called = name === null ? t("shop.reward.unknown") : inLanguage(name);
        return (
          <li key={n} className={styles.code} data-applied={applied}>
            <span>
              <strong>{called}</strong>{" "}
              {applied
                ? `${formatMoney({ ...amount, amount: -amount.amount })} · ${t("shop.reward.applied", { points: formatNumber(points), count: points })}`
                : reasonText(because)}
            </span>
            <IconButton
              icon={IconX}
              label={t("shop.reward.remove", { name: called })}
              onClick={() => changeCart({ operation: operation("removeReward", { rewardId }) })}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The same reward may stand there twice: its place in the list names it. */
function numbered<Row extends object>(rows: readonly Row[]): (Row & { readonly n: number })[] {
  return rows.map((row, n) => ({ ...row, n }));
}
