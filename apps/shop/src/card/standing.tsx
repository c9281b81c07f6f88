import type { LoyaltyView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";
import styles from "./card.module.css";

/** The tier and the way to the next one, and points that cannot be used yet; nothing where the program has neither. */
export function Standing({ loyalty }: { readonly loyalty: LoyaltyView }) {
  const { tier, pending, stamps } = loyalty;
  if (!tier && !pending && stamps.length === 0) return null;
  return (
    <section className={styles.standing} aria-label={t("shop.card.standing")}>
      {tier ? <TierNote tier={tier} currency={loyalty.earnRule.currency} /> : null}
      {stamps.map(({ id, name, count, every, points }) => (
        <div key={id}>
          <p className={styles.tier}>{inLanguage(name)}</p>
          <progress max={every} value={count} aria-label={inLanguage(name)} />
          <p className={styles.quiet}>{t("shop.card.stamps", { count: formatNumber(count), every: formatNumber(every), points })}</p>
        </div>
      ))}
      {pending ? (
        <p className={styles.quiet}>
          {t("shop.card.pending", { points: formatNumber(pending.points), count: pending.points, at: formatDate(pending.at) })}
        </p>
      ) : null}
    </section>
  );
}

function TierNote({ tier, currency }: { readonly tier: NonNullable<LoyaltyView["tier"]>; readonly currency: string }) {
  const { name, next, basis, reached } = tier;
  const missing = next && (basis === "spend" ? formatMoney({ amount: next.missing, currency }) : formatNumber(next.missing));
  return (
    <>
      {name ? <p className={styles.tier}>{inLanguage(name)}</p> : null}
      {next && missing !== null ? (
        <>
          <progress max={reached + next.missing} value={reached} aria-label={inLanguage(next.name)} />
          <p className={styles.quiet}>{t(`shop.card.tier_next.${basis}`, { missing, count: next.missing, next: inLanguage(next.name) })}</p>
        </>
      ) : null}
    </>
  );
}
