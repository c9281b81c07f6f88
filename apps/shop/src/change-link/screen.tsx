import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OpenedChangeLinkView } from "@weft/contracts/client";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { Link } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { PayChange } from "./pay-change.tsx";
import styles from "../offer/offer.module.css";

const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ["change-link", token],
    queryFn: ({ signal }) => api.ask("changeLinks.open", { params: { token }, signal }),
    retry: false,
  });

/** A change of an order that staff prepared: what is different with it, what it costs more, and the way to pay that. */
export function ChangeLinkScreen({ params: { token } }: ScreenProps<"/changes/:token">) {
  const link = useQuery(linkQuery(token));
  if (link.isError && problemCode(link.error) === "order.unknown")
    return <EmptyState heading="h1" title={t("shop.offer.unknown")} text={t("shop.offer.unknown_hint")} />;
  if (link.isError) return <ProblemNote error={link.error} onRetry={link.refetch} />;
  if (!link.data) return <ScreenSkeleton />;
  return <Opened token={token} link={link.data} />;
}

function Opened({ token, link }: { readonly token: string; readonly link: OpenedChangeLinkView }) {
  const { change } = link;
  const isOpen = link.state === "open" && change !== null;
  return (
    <section className={styles.offer} aria-labelledby="screen-title">
      <header className={styles.head}>
        <p className={styles.quiet}>{t("shop.order.number", { number: link.orderNumber })}</p>
        <h1 id="screen-title">
          {t(isOpen ? "shop.change_link.title" : "shop.change_link.title_ended", { amount: formatMoney(link.difference) })}
        </h1>
        {link.staffName === "" || !isOpen ? null : <p>{t("shop.change_link.made_by", { name: link.staffName })}</p>}
      </header>
      {isOpen ? (
        <div className={styles.columns}>
          <Change link={link} change={change} />
          <PayChange token={token} link={link} />
        </div>
      ) : (
        <Ended link={link} />
      )}
    </section>
  );
}

type Change = NonNullable<OpenedChangeLinkView["change"]>;

function Change({ link: { timeZone, validUntil, difference }, change }: { readonly link: OpenedChangeLinkView; readonly change: Change }) {
  const { added, removed, way, promisedAt, owed } = change;
  return (
    <div className={styles.goods}>
      {way === null ? null : <p>{t(`shop.change_link.way.${way}`)}</p>}
      <ul>
        {added.map(({ name, quantity, total }) => (
          <li key={`+ ${inLanguage(name)}`} className={styles.line}>
            <span>{t("shop.change_link.added", { what: t("shop.checkout.line", { count: quantity, name: inLanguage(name) }) })}</span>
            <span className={styles.amount}>{formatMoney(total)}</span>
          </li>
        ))}
        {removed.map(({ name, quantity, total }) => (
          <li key={`- ${inLanguage(name)}`} className={styles.line}>
            <span>{t("shop.change_link.removed", { what: t("shop.checkout.line", { count: quantity, name: inLanguage(name) }) })}</span>
            <span className={styles.amount}>−{formatMoney(total)}</span>
          </li>
        ))}
        <li className={styles.line}>
          <strong>{t("shop.change_link.more")}</strong>
          <strong className={styles.amount}>{formatMoney(difference)}</strong>
        </li>
        <li className={styles.line}>
          <span>{t("shop.change_link.owed")}</span>
          <span className={styles.amount}>{formatMoney(owed)}</span>
        </li>
      </ul>
      {promisedAt === null ? null : <p>{t("shop.change_link.ready", { at: formatDateTime(promisedAt, { timeZone }) })}</p>}
      <p className={styles.quiet}>{t("shop.change_link.until", { at: formatDateTime(validUntil, { timeZone }) })}</p>
    </div>
  );
}

/** What became of it, and that the order is as it was, or as it was wished. */
function Ended({ link }: { readonly link: OpenedChangeLinkView }) {
  const state = link.state === "open" ? "outdated" : link.state;
  return (
    <div className={styles.ended} role="status" data-state={state}>
      <h2>{t(`shop.change_link.state.${state}`)}</h2>
      <p>{t(state === "paid" ? "shop.change_link.is_changed" : "shop.change_link.as_before")}</p>
      <Link to={pathTo("order", { id: link.orderId })}>{t("shop.offer.to_order")}</Link>
    </div>
  );
}
