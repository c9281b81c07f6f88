import { useQuery } from "@tanstack/react-query";
import type { OpenedOfferView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect } from "react";
import { api } from "../api.ts";
import { keepOrder } from "../kept.ts";
import { Link } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { offeredCartQuery, offerQuery } from "./offer-query.ts";
import { PayOffer } from "./pay-offer.tsx";
import styles from "./offer.module.css";

/** A cart that somebody at a desk made: its prices, until when they hold, and what can be done about it. */
export function OfferScreen({ params: { token } }: ScreenProps<"/offers/:token">) {
  const offer = useQuery(offerQuery(token));
  if (offer.isError && problemCode(offer.error) === "offer.unknown")
    return <EmptyState heading="h1" title={t("shop.offer.unknown")} text={t("shop.offer.unknown_hint")} />;
  if (offer.isError) return <ProblemNote error={offer.error} onRetry={offer.refetch} />;
  if (!offer.data) return <ScreenSkeleton />;
  return <Opened token={token} offer={offer.data} />;
}

type OpenedProps = { readonly token: string; readonly offer: OpenedOfferView };

function Opened({ token, offer }: OpenedProps) {
  const id = offer.cart?.id;
  useLive(id && `cart/${id}`, token);
  const shown = useQuery({ ...offeredCartQuery(id ?? "", token), enabled: id !== undefined }).data;
  const cart = shown ?? offer.cart;
  const version = cart?.version;
  useEffect(() => {
    // Whoever else has the link may have paid it, and the desk may have taken it back.
    void api.queries.invalidateQueries({ queryKey: ["offer", token] });
  }, [version, token]);
  useEffect(() => {
    if (offer.orderId !== null) keepOrder(offer.orderId, token);
  }, [offer.orderId, token]);
  return (
    <section className={styles.offer} aria-labelledby="screen-title">
      <header className={styles.head}>
        <p className={styles.quiet}>{offer.number}</p>
        <h1 id="screen-title">{titleOf(offer)}</h1>
        {offer.staffName === "" ? null : <p>{t("shop.offer.made_by", { name: offer.staffName })}</p>}
        {offer.note === null ? null : <blockquote className={styles.note}>{offer.note}</blockquote>}
      </header>
      {(offer.state === "open" || offer.state === "paying") && cart ? (
        <PayOffer key={cart.id} token={token} offer={offer} cart={cart} />
      ) : (
        <Ended offer={offer} />
      )}
    </section>
  );
}

const titleOf = ({ kind, total }: OpenedOfferView): string => t(`shop.offer.${kind}_title`, { amount: formatMoney(total) });

/** What became of it, each in words of its own, and what can be done now. */
function Ended({ offer }: { readonly offer: OpenedOfferView }) {
  const { state, orderId, validUntil } = offer;
  if (state === "open" || state === "paying") return <ScreenSkeleton />;
  return (
    <div className={styles.ended} role="status" data-state={state}>
      <h2>{t(`shop.offer.state.${state}`)}</h2>
      <p>{t(`shop.offer.state_hint.${state}`, { at: formatDateTime(validUntil) })}</p>
      {orderId === null ? (
        <Link to={pathTo("menu")}>{t("shop.cart.to_menu")}</Link>
      ) : (
        <Link to={pathTo("order", { id: orderId })}>{t("shop.offer.to_order")}</Link>
      )}
    </div>
  );
}
