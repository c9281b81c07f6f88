import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
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
  const { balance, cardNumber, programName, earnedInAll } = loyalty.data;
  return (
    <Section title={t("office.customer.points")} actions={<code>{cardNumber}</code>}>
      <p>
        <strong className={styles.balance}>{formatNumber(balance)}</strong>{" "}
        <span className={styles.quiet}>{t("office.customer.points_say", { program: programName, earned: formatNumber(earnedInAll) })}</span>
      </p>
      <Movements customerId={customerId} />
    </Section>
  );
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
