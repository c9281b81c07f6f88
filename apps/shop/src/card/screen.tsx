import { useQuery } from "@tanstack/react-query";
import type { LoyaltyEntryView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { useGlow } from "@weft/ui/live/glow.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton, Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect } from "react";
import { sessionQuery, type SignedIn } from "../customer/session.ts";
import { keep, readKept, type KeptCard } from "../kept.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { AddToWallet } from "./add-to-wallet.tsx";
import { Friends } from "./friends.tsx";
import { loyaltyQuery, pointsQuery } from "./loyalty.ts";
import { bonusWords, entryWords } from "./points-words.ts";
import { Rewards } from "./rewards.tsx";
import { useShownCode } from "./shown-code.ts";
import { Sharing } from "./sharing.tsx";
import { Standing } from "./standing.tsx";
import styles from "./card.module.css";

/** The member card, one tap from anywhere; without a network as it was seen last. */
export function CardScreen() {
  const session = useQuery(sessionQuery);
  const kept = readKept("card");
  if (session.data?.customer) return <LiveCard customer={session.data.customer} kept={kept} />;
  if (session.isError && kept) return <MemberCard card={kept} isKept />;
  if (session.isPending) return kept ? <MemberCard card={kept} isKept={false} /> : <ScreenSkeleton />;
  if (session.isError) return <ProblemNote error={session.error} onRetry={session.refetch} />;
  return (
    <EmptyState heading="h1" title={t("shop.card.none")} text={t("shop.card.none_hint")}>
      <Link to={`${pathTo("signIn")}?next=${pathTo("card")}`} className={styles.button}>
        {t("shop.card.get")}
      </Link>
    </EmptyState>
  );
}

function LiveCard({ customer, kept }: { readonly customer: SignedIn; readonly kept: KeptCard | undefined }) {
  const loyalty = useQuery(loyaltyQuery(customer.customerId));
  const clockAheadMs = loyalty.data ? Date.parse(loyalty.data.asOf) - loyalty.dataUpdatedAt : 0;
  useEffect(() => {
    if (!loyalty.data) return;
    const { cardNumber, cardToken, cardKey, balance, programName, asOf } = loyalty.data;
    keep("card", { cardNumber, cardToken, cardKey, balance, programName, asOf, clockAheadMs, givenName: customer.givenName });
  }, [loyalty.data, clockAheadMs, customer.givenName]);
  if (loyalty.data) {
    return (
      <>
        <MemberCard
          card={{ ...loyalty.data, clockAheadMs, givenName: customer.givenName }}
          isKept={loyalty.isError}
          customerId={customer.customerId}
        />
        <AddToWallet wallets={loyalty.data.wallets} />
        <Standing loyalty={loyalty.data} />
        <Rewards loyalty={loyalty.data} />
        <Sharing loyalty={loyalty.data} />
        <Friends referral={loyalty.data.referral} />
        <History customerId={customer.customerId} />
      </>
    );
  }
  if (kept) return <MemberCard card={kept} isKept={loyalty.isError} />;
  return loyalty.isError ? <ProblemNote error={loyalty.error} onRetry={loyalty.refetch} /> : <ScreenSkeleton />;
}

type CardProps = { readonly card: KeptCard; readonly isKept: boolean; readonly customerId?: string };

function MemberCard({ card, isKept, customerId = "" }: CardProps) {
  const glow = useGlow<HTMLParagraphElement>(`customer/${customerId}`, card.balance);
  const code = useShownCode(card);
  return (
    <section className={styles.card} aria-labelledby="card-title">
      <div className={styles.face}>
        <h1 id="card-title">{card.programName}</h1>
        <p>{card.givenName}</p>
        <p ref={glow} className={styles.points}>
          <output aria-live="polite">{formatNumber(card.balance)}</output> {t("shop.card.points", { count: card.balance })}
        </p>
      </div>
      <div className={styles.qr}>
        <QrCode text={code} label={t("shop.card.qr")} size={280} />
        <p className={styles.number}>{card.cardNumber.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
        <p className={styles.quiet}>{isKept ? t("shop.card.kept", { at: formatDateTime(card.asOf) }) : t("shop.card.show")}</p>
      </div>
    </section>
  );
}

function History({ customerId }: { readonly customerId: string }) {
  const entries = useQuery(pointsQuery(customerId));
  return (
    <section className={styles.history} aria-labelledby="points-title">
      <h2 id="points-title">{t("shop.card.history")}</h2>
      {entries.isError ? <ProblemNote error={entries.error} onRetry={entries.refetch} /> : null}
      {entries.isPending ? <Skeleton height="8rem" /> : null}
      {entries.data?.length === 0 ? <p className={styles.quiet}>{t("shop.card.no_history")}</p> : null}
      <ul>
        {entries.data?.map((entry) => (
          <PointsRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function PointsRow({ entry }: { readonly entry: LoyaltyEntryView }) {
  const what = entryWords(entry);
  return (
    <li className={styles.entry}>
      <span>
        {entry.orderId === null ? what : <Link to={pathTo("order", { id: entry.orderId })}>{what}</Link>}
        {bonusWords(entry).map((words) => (
          <small key={words}>{words}</small>
        ))}
        <small>
          <time dateTime={entry.at}>{formatDateTime(entry.at, { timeZone: entry.timeZone ?? undefined })}</time>
          {entry.placeName === null ? null : ` · ${entry.placeName}`}
        </small>
      </span>
      <strong>{formatNumber(entry.points, { signDisplay: "exceptZero" })}</strong>
    </li>
  );
}
