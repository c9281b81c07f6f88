import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CartView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import form from "../common/form.module.css";
import { ForCompany } from "../customer/for-company.tsx";
import { cartQuery } from "../customer/queries.ts";
import { offerCartRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { CartCodes } from "./codes.tsx";
import { FindGoods } from "./find-goods.tsx";
import { HandOver } from "./hand-over.tsx";
import { LineRow } from "./line-row.tsx";
import { OfferPart } from "./offer-part.tsx";
import styles from "./offers.module.css";

/** A cart that staff fill for somebody: goods, prices that they may give, and how it gets to its customer. */
export function OfferCartScreen(): ReactElement {
  const { id } = offerCartRoute.useParams();
  const cart = useQuery(cartQuery(id));
  useLive(`cart/${id}`);
  if (cart.isError) return <ProblemNote error={cart.error} onRetry={cart.refetch} />;
  if (!cart.data) return <ScreenSkeleton />;
  return (
    <Page title={t("office.offer.cart_title")}>
      <OfferCart cart={cart.data} />
    </Page>
  );
}

/** Whether staff may still change it: not while its customer decides about it, and not when it is over. */
const isOpen = ({ state, offer }: CartView): boolean =>
  (state === "open" || state === "checkout") && (offer === null || offer.validUntil <= new Date().toISOString());

function OfferCart({ cart }: { readonly cart: CartView }) {
  const mayChange = isOpen(cart);
  return (
    <div className={styles.columns}>
      <div>
        <Section title={t("office.offer.for")}>
          {cart.customer ? (
            <p>
              <Link to="/customers/$id" params={{ id: cart.customer.id }}>
                {cart.customer.givenName ?? t("office.customer.unnamed")}
              </Link>
            </p>
          ) : (
            <p className={form.quiet}>{t("office.offer.nobody")}</p>
          )}
          {cart.customer && mayChange ? <ForCompany cart={cart} /> : null}
          {cart.company && !mayChange ? <p>{cart.company.name}</p> : null}
        </Section>
        <Section title={t("office.offer.goods")}>
          {mayChange ? <FindGoods cart={cart} /> : null}
          {cart.lines.length === 0 ? <p className={form.quiet}>{t("office.offer.empty")}</p> : null}
          <ul className={form.rows} aria-label={t("office.offer.goods")}>
            {cart.lines.map((line) => (
              <LineRow key={line.id} cart={cart} line={line} mayChange={mayChange} />
            ))}
          </ul>
          <CartCodes cart={cart} mayChange={mayChange} />
          <Sums cart={cart} />
        </Section>
        <Section title={t("office.offer.hand_over")}>
          <HandOver cart={cart} mayChange={mayChange} />
        </Section>
      </div>
      <OfferPart cart={cart} />
    </div>
  );
}

function Sums({ cart: { totals } }: { readonly cart: CartView }) {
  return (
    <dl className={styles.sums}>
      {totals.discount.amount > 0 ? (
        <>
          <dt>{t("office.offer.discount")}</dt>
          <dd>
            <MoneyText money={{ ...totals.discount, amount: -totals.discount.amount }} />
          </dd>
        </>
      ) : null}
      {totals.deposit ? (
        <>
          <dt>{t("office.deposits.sum")}</dt>
          <dd>
            <MoneyText money={totals.deposit} />
          </dd>
        </>
      ) : null}
      {totals.delivery ? (
        <>
          <dt>{t("office.offer.delivery")}</dt>
          <dd>
            <MoneyText money={totals.delivery} />
          </dd>
        </>
      ) : null}
      <dt className={styles.total}>{t("office.offer.total")}</dt>
      <dd className={styles.total}>
        <MoneyText money={totals.total} />
      </dd>
    </dl>
  );
}
