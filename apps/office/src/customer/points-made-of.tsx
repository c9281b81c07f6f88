import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { LocalizedText, LoyaltyLotView } from "@weft/contracts/client";
import { formatDate, formatList, formatNumber } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { inLanguage, wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { lotsQuery } from "./queries.ts";

/** What the balance is made of, down to orders, rules and what was taken from each part; asked for when somebody opens it. */
export function MadeOf({ customerId }: { readonly customerId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("office.points.made_of")}</summary>
      {isOpen ? <Lots customerId={customerId} /> : null}
    </details>
  );
}

function Lots({ customerId }: { readonly customerId: string }) {
  const lots = useQuery(lotsQuery(customerId));
  if (lots.isPending) return <Skeleton height="3rem" />;
  if (lots.isError) return <ProblemNote error={lots.error} onRetry={lots.refetch} />;
  if (lots.data.items.length === 0) return <p className={styles.quiet}>{t("office.points.nothing")}</p>;
  return (
    <ul className={styles.lines}>
      {lots.data.items.map((lot) => (
        <li key={lot.id}>
          <span>
            {lot.orderId === null ? (
              wordOf(`office.points.kind.${lot.kind}`, lot.kind)
            ) : (
              <Link to="/orders" search={{ open: lot.orderId }}>
                {t("office.points.with_order", { number: lot.orderNumber ?? "" })}
              </Link>
            )}{" "}
            <small className={styles.quiet}>
              <TimeAgo at={lot.at} />
              {lot.placeName === null ? null : ` · ${lot.placeName}`}
            </small>
            {saysOf(lot, lots.data.asOf).map((say) => (
              <small key={say} className={styles.quiet}>
                <br />
                {say}
              </small>
            ))}
          </span>
          <strong>{formatNumber(lot.left)}</strong>
        </li>
      ))}
    </ul>
  );
}

/** The rules that made a lot, what was taken from it, and when it can be used and ends. */
function saysOf(lot: LoyaltyLotView, asOf: string): string[] {
  const said: string[] = [];
  if (lot.left < 0) return [t("office.points.debt")];
  const rules = rulesOf(lot);
  if (rules) said.push(rules);
  if (lot.left !== lot.points)
    said.push(t("office.points.taken", { taken: formatNumber(lot.points - lot.left), of: formatNumber(lot.points) }));
  if (lot.usableAt !== null && lot.usableAt > asOf) said.push(t("office.points.usable", { at: formatDate(lot.usableAt) }));
  if (lot.expiresAt !== null) said.push(t("office.points.expires", { at: formatDate(lot.expiresAt) }));
  return said;
}

type Had = { readonly id: string; readonly name: LocalizedText; readonly points: number };

function rulesOf({ because, points }: LoyaltyLotView): string | null {
  const { version, bonuses, partner, reference } = because.data ?? {};
  if (because.kind === "partner" && typeof partner === "string")
    return t("office.points.by_partner", { partner, reference: typeof reference === "string" ? reference : "" });
  if (because.kind !== "earned" || typeof version !== "number") return null;
  const had = Array.isArray(bonuses) ? (bonuses as Had[]) : []; // as the hub keeps the reason of an earning
  const base = points - had.reduce((sum, bonus) => sum + bonus.points, 0);
  const parts = [
    t("office.points.by_amount", { points: formatNumber(base) }),
    ...had.map(({ name, points: of }) => `${inLanguage(name)} ${formatNumber(of)}`),
  ];
  return t("office.points.by_rules", { rules: formatList(parts), version });
}
