import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LoyaltyPartnerView, PartnerTermsView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { partnersQuery } from "./program-query.ts";
import styles from "./loyalty.module.css";

/** Other firms with whom members earn: the terms of each, and what it owes. */
export function Partners({ onOpen }: { readonly onOpen: (partner: LoyaltyPartnerView | undefined) => void }) {
  const may = useMay();
  const partners = useQuery(partnersQuery);
  return (
    <Section
      title={t("office.partners")}
      actions={may("loyalty.addPartner") ? <Button onClick={() => onOpen(undefined)}>{t("office.partners.add")}</Button> : undefined}
    >
      {partners.isPending ? <Skeleton height="4rem" /> : null}
      {partners.isError ? <ProblemNote error={partners.error} onRetry={partners.refetch} /> : null}
      {partners.data?.items.length === 0 ? <p className={styles.quiet}>{t("office.partners.none")}</p> : null}
      <ul className={styles.rewards}>
        {partners.data?.items.map((partner) => (
          <li key={partner.id}>
            <span>
              <strong>{partner.name}</strong>
              <small>{saysOf(partner)}</small>
            </span>
            <span className={styles.cost}>{dueText(partner.due)}</span>
            <Button
              size="xs"
              variant="default"
              onClick={() => onOpen(partner)}
              aria-label={t("office.partners.open", { name: partner.name })}
            >
              {t("office.partners.look")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function saysOf({ terms, points, pointsUsed, endedAt }: LoyaltyPartnerView): string {
  const [now] = terms;
  const parts = [
    ...(endedAt ? [t("office.loyalty.ended", { at: formatDate(endedAt) })] : now ? [partnerTermsText(now)] : []),
    t("office.partners.given", { points: formatNumber(points), count: points }),
    ...(pointsUsed > 0 ? [t("office.partners.used", { points: formatNumber(pointsUsed), count: pointsUsed })] : []),
  ];
  return parts.join(" · ");
}

/** What a partner owes, or is owed once points paid there for more than it gave. */
function dueText({ amount, currency }: LoyaltyPartnerView["due"]): string {
  const text = formatMoney({ amount: Math.abs(amount), currency });
  return t(amount < 0 ? "office.partners.is_owed" : "office.partners.owes", { amount: text });
}

/** How members earn with a partner and pay there, what it owes for the one and is owed for the other. */
export function partnerTermsText({ points, perMinorUnits, currency, charge, countsForTiers, burn }: PartnerTermsView): string {
  const money = (amount: number): string => formatMoney({ amount, currency });
  return [
    t("office.loyalty.earn_say", { points: formatNumber(points), count: points, amount: money(perMinorUnits) }),
    t("office.partners.charge_say", { amount: money(charge) }),
    ...(countsForTiers ? [t("office.partners.tiers_say")] : []),
    ...(burn ? [t("office.partners.pays_say", { amount: money(burn.pays), most: formatNumber(burn.most) })] : []),
  ].join(", ");
}
