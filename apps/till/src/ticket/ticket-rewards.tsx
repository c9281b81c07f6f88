import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { CartView } from "@weft/contracts/client";
import { reasonText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { IconButton } from "@weft/ui/shop/button.tsx";
import { textOf } from "../common/text.ts";
import { t } from "../t.ts";
import { changeCart } from "./ticket.ts";
import styles from "./ticket.module.css";

/** Rewards on the ticket: what each costs in points, or why it gives nothing. */
export function TicketRewards({ rewards }: { readonly rewards: CartView["rewards"] }) {
  return numbered(rewards).map(({ n, rewardId, name, points, applied, because }) => {
    const called = name === null ? t("till.reward.unknown") : textOf(name);
    return (
      <p key={n} className={styles.code} data-refused={!applied || undefined}>
        <span>
          {applied
            ? t("till.reward.applied", { name: called, points: formatNumber(points), count: points })
            : t("till.reward.refused", { name: called, because: reasonText(because) })}
        </span>
        <IconButton
          label={t("till.reward.remove", { name: called })}
          icon={IconX}
          onClick={() => changeCart({ kind: "removeReward", rewardId })}
        />
      </p>
    );
  });
}

/** The same reward may stand there twice: its place in the list names it. */
function numbered<Row extends object>(rows: readonly Row[]): (Row & { readonly n: number })[] {
  return rows.map((row, n) => ({ ...row, n }));
}
