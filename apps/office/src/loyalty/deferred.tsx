import { useQuery } from "@tanstack/react-query";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { t } from "../t.ts";
import { liabilityQuery } from "./program-query.ts";
import styles from "./loyalty.module.css";

/** What is owed for points by legal entity, store and month of issue, as the books defer it; asked for when somebody opens it. */
export function Deferred() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t("office.loyalty.deferred")}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{t("office.loyalty.deferred_say")}</summary>
        {isOpen ? <Cohorts /> : null}
      </details>
    </Section>
  );
}

const POINTS = ["given", "redeemed", "expired", "open"] as const;
const MONEY = ["deferred", "earned", "liability"] as const;

function Cohorts() {
  const liability = useQuery(liabilityQuery);
  if (liability.isPending) return <Skeleton height="8rem" />;
  if (liability.isError) return <ProblemNote error={liability.error} onRetry={liability.refetch} />;
  const { items, expectedRate, valueOfPoint, currency } = liability.data;
  return (
    <>
      <p className={styles.quiet}>
        {valueOfPoint === null
          ? t("office.loyalty.no_value")
          : t("office.loyalty.value", {
              value: formatMoney({ amount: Math.round(valueOfPoint * 100), currency }),
              rate: formatNumber(expectedRate, { style: "percent", maximumFractionDigits: 1 }),
            })}
      </p>
      <div className={styles.scroll}>
        <table className={styles.books}>
          <thead>
            <tr>
              <th scope="col">{t("office.loyalty.entity")}</th>
              <th scope="col">{t("office.loyalty.sim_store")}</th>
              <th scope="col">{t("office.loyalty.month")}</th>
              {[...POINTS, ...MONEY].map((column) => (
                <th key={column} scope="col">
                  {t(`office.loyalty.cohort.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((cohort) => (
              <tr key={`${cohort.entityId} ${cohort.placeId} ${cohort.month} ${cohort.ofPartners}`}>
                <th scope="row">{cohort.entityName}</th>
                <td>{cohort.placeName ?? (cohort.ofPartners ? t("office.partners") : t("office.loyalty.no_store"))}</td>
                <td>{cohort.month}</td>
                {POINTS.map((column) => (
                  <td key={column}>{formatNumber(cohort[column])}</td>
                ))}
                {MONEY.map((column) => (
                  <td key={column}>{formatMoney(cohort[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
