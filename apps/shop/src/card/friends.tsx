import type { LoyaltyView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import styles from "./rewards.module.css";

/** The link by which a member brings others, and what both get; nothing where the program does not say so. */
export function Friends({ referral }: { readonly referral: LoyaltyView["referral"] }) {
  if (!referral) return null;
  const link = new URL(pathTo("friend", { code: referral.code }), window.location.href).href;
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(link).catch(() => undefined); // the code beside the button says it all the same
    showToast(t("shop.friend.copied"));
  };
  return (
    <section className={styles.rewards} aria-labelledby="friends-title">
      <h2 id="friends-title">{t("shop.friend.title")}</h2>
      <p>
        {t("shop.friend.explain", {
          yours: formatNumber(referral.referrerPoints),
          theirs: formatNumber(referral.friendPoints),
          minimum: formatMoney(referral.minimum),
        })}
      </p>
      <p className={styles.actions}>
        <strong>{referral.code}</strong>
        <Button onClick={copy}>{t("shop.friend.copy")}</Button>
      </p>
      {referral.friends > 0 ? <p className={styles.quiet}>{t("shop.friend.came", { count: referral.friends })}</p> : null}
    </section>
  );
}
