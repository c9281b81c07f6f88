import type { LoyaltyView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { useState } from "react";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { GiveDialog } from "./give-dialog.tsx";
import styles from "./rewards.module.css";

/** What members do with each other: a purse that they share, and points that they give away. Nothing where the program offers neither. */
export function Sharing({ loyalty }: { readonly loyalty: LoyaltyView }) {
  const [isGiving, setIsGiving] = useState(false);
  const { pool, offers } = loyalty;
  if (!pool && !offers.pools && !offers.transfers) return null;
  return (
    <section className={styles.rewards} aria-labelledby="sharing-title">
      <h2 id="sharing-title">{t("shop.sharing.title")}</h2>
      {pool ? (
        <p>
          <strong>{pool.name}</strong> · {t("shop.sharing.points", { points: formatNumber(pool.points), count: pool.points })}
        </p>
      ) : null}
      {pool && !pool.maySpend ? <p className={styles.quiet}>{t("shop.sharing.may_not_spend")}</p> : null}
      <p className={styles.actions}>
        {pool || offers.pools ? <Link to={pathTo("purse")}>{t(pool ? "shop.sharing.open" : "shop.sharing.begin")}</Link> : null}
        {offers.transfers ? <Button onClick={() => setIsGiving(true)}>{t("shop.give.title")}</Button> : null}
      </p>
      {offers.transfers ? (
        <GiveDialog open={isGiving} onClose={() => setIsGiving(false)} has={loyalty.balance} terms={offers.transfers} />
      ) : null}
    </section>
  );
}
