import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { LoyaltyView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { inLanguage, wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { MadeOf } from "./points-made-of.tsx";
import { loyaltyQuery, pointsOfQuery } from "./queries.ts";

/** The member card: what it holds, and every movement with its reason. */
export function Points({ customerId }: { readonly customerId: string }) {
  const loyalty = useQuery(loyaltyQuery(customerId));
  if (loyalty.isPending)
    return (
      <Section title={t("office.customer.points")}>
        <Skeleton height="3rem" />
      </Section>
    );
  if (loyalty.isError) return <ProblemNote error={loyalty.error} onRetry={loyalty.refetch} />;
  if (loyalty.data === null)
    return (
      <Section title={t("office.customer.points")}>
        <p className={styles.quiet}>{t("office.customer.no_card")}</p>
      </Section>
    );
  const { balance, cardNumber, programName, earnedInAll, earnRule, pending, tier } = loyalty.data;
  return (
    <Section title={t("office.customer.points")} actions={<code>{cardNumber}</code>}>
      <p>
        <strong className={styles.balance}>{formatNumber(balance)}</strong>{" "}
        <span className={styles.quiet}>{t("office.customer.points_say", { program: programName, earned: formatNumber(earnedInAll) })}</span>
      </p>
      {pending ? (
        <p className={styles.quiet}>
          {t("office.customer.pending", { points: formatNumber(pending.points), count: pending.points, at: formatDate(pending.at) })}
        </p>
      ) : null}
      {tier ? <p className={styles.quiet}>{tierText(tier, earnRule.currency)}</p> : null}
      <MadeOf customerId={customerId} />
      <Movements customerId={customerId} />
    </Section>
  );
}

/** The tier and what is missing to the next one. */
function tierText({ name, next, basis }: NonNullable<LoyaltyView["tier"]>, currency: string): string {
  const now = name ? inLanguage(name) : t("office.loyalty.no_tier");
  if (!next) return t("office.customer.tier", { tier: now });
  const missing = basis === "spend" ? formatMoney({ amount: next.missing, currency }) : formatNumber(next.missing);
  return t(`office.customer.tier_next.${basis}`, { tier: now, next: inLanguage(next.name), missing, count: next.missing });
}

function Movements({ customerId }: { readonly customerId: string }) {
  const entries = useInfiniteQuery(pointsOfQuery(customerId));
  if (!entries.data) return null;
  return (
    <>
      <ul className={styles.lines}>
        {entries.data.pages
          .flatMap((page) => page.items)
          .map((entry) => (
            <li key={entry.id}>
              <span>
                {entry.orderId === null ? (
                  wordOf(`office.points.kind.${entry.kind}`, entry.kind)
                ) : (
                  <Link to="/orders" search={{ open: entry.orderId }}>
                    {wordOf(`office.points.kind.${entry.kind}`, entry.kind)}
                  </Link>
                )}{" "}
                <small className={styles.quiet}>
                  <TimeAgo at={entry.at} />
                  {entry.placeName === null ? null : ` · ${entry.placeName}`}
                </small>
              </span>
              <strong>{formatNumber(entry.points, { signDisplay: "exceptZero" })}</strong>
            </li>
          ))}
      </ul>
      {entries.hasNextPage ? (
        <Button variant="default" loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          {t("office.list.more")}
        </Button>
      ) : null}
    </>
  );
}
