import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import IconGift from "@tabler/icons-react/dist/esm/icons/IconGift.mjs";
import IconMailCheck from "@tabler/icons-react/dist/esm/icons/IconMailCheck.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import IconUserSearch from "@tabler/icons-react/dist/esm/icons/IconUserSearch.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { CartView, TillCustomerView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { catalogQuery, findByCode, isQuick, type Catalog } from "../catalog/catalog.ts";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { changeCart, changeTicket, useTicket } from "../ticket/ticket.ts";
import { defaultOptions } from "../sell/options.ts";
import { addToTicket } from "../sell/use-sell.ts";
import { t } from "../t.ts";
import { nameOf } from "./candidate-list.tsx";
import { Bookings } from "./bookings.tsx";
import { Companies } from "./companies.tsx";
import { CustomerSheet } from "./customer-sheet.tsx";
import { GrantSheet } from "./grant-sheet.tsx";
import { Proposals } from "./proposals.tsx";
import { Recalled } from "./recalled.tsx";
import { Rewards } from "./rewards.tsx";
import { Saved } from "./saved.tsx";
import { Standing } from "./standing.tsx";
import { TermsSheet } from "./terms-sheet.tsx";
import { useTakeOver } from "./use-claim.ts";
import { Wishes } from "./wishes.tsx";
import styles from "./customer.module.css";

/** Who is served: name, points, the cart they began elsewhere, what waits for them, and what they usually take. */
export function CustomerCard({ cart }: { readonly cart: CartView | undefined }) {
  const { customer, newCustomer, shownCard } = useTicket();
  const [isFinding, setFinding] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isGiving, setGiving] = useState(false);
  const known = customer
    ? nameOf(customer.givenName, customer.familyInitial)
    : (newCustomer?.givenName ?? cart?.customer?.givenName ?? (shownCard === null ? undefined : t("till.customer.card_shown")));
  const leave = (): void => {
    changeTicket({ customer: null, newCustomer: null, shownCard: null });
    if (cart?.customer) changeCart({ kind: "setCustomer", customerId: null });
  };
  return (
    <section className={styles.card} aria-label={t("till.customer.label")}>
      {known === undefined ? (
        <Button wide data-tour="find-customer" onClick={() => setFinding(true)}>
          <IconUserSearch aria-hidden /> {t("till.customer.find")}
        </Button>
      ) : (
        <div className={styles.who}>
          <IconUser aria-hidden />
          <div>
            <strong>{known}</strong>
            {shownCard === null ? null : <small>{t("till.customer.card_shown_note")}</small>}
            {customer ? <Standing key={customer.customerId} customer={customer} /> : null}
          </div>
          {customer ? <IconButton label={t("till.grant.title")} icon={IconGift} onClick={() => setGiving(true)} /> : null}
          {customer?.knownAs === "customer" ? (
            <IconButton label={t("till.terms.title")} icon={IconMailCheck} onClick={() => setAsking(true)} />
          ) : null}
          <IconButton label={t("till.customer.leave")} icon={IconX} onClick={leave} />
        </div>
      )}
      {customer ? <Recalled customerId={customer.customerId} /> : null}
      {customer ? <Wishes preferences={customer.preferences} /> : null}
      {customer ? <Elsewhere customer={customer} cart={cart} /> : null}
      {customer ? (
        <div className={styles.chips}>
          {customer.usual.length > 0 ? <Usual customer={customer} /> : null}
          <Rewards customer={customer} cart={cart} />
        </div>
      ) : null}
      <div className={styles.acts}>
        {customer?.knownAs === "customer" ? <Saved customer={customer} cart={cart} /> : null}
        {customer?.knownAs === "customer" ? <Proposals customer={customer} cart={cart} /> : null}
        <Bookings customer={customer} />
      </div>
      {customer ? <Companies customer={customer} cart={cart} /> : null}
      {customer ? <TermsSheet customer={customer} open={isAsking} onClose={() => setAsking(false)} /> : null}
      {customer ? <GrantSheet customer={customer} open={isGiving} onClose={() => setGiving(false)} /> : null}
      <CustomerSheet open={isFinding} onClose={() => setFinding(false)} />
    </section>
  );
}

/** The cart that they began on another channel, and orders that wait to be handed over. */
function Elsewhere({ customer, cart }: { readonly customer: TillCustomerView; readonly cart: CartView | undefined }) {
  const takeOver = useTakeOver();
  const navigate = useNavigate();
  const { currentCart, collections } = customer;
  const offered = currentCart && currentCart.lineCount > 0 && currentCart.id !== cart?.id ? currentCart : null;
  const hasLines = (cart?.lines.length ?? 0) > 0;
  const take = (thenPay: boolean): void => {
    if (!offered) return;
    takeOver.mutate({ cartId: offered.id, customer }, thenPay ? { onSuccess: () => void navigate({ to: "/pay" }) } : {});
  };
  return (
    <>
      {offered ? (
        <div className={styles.elsewhere}>
          <p>
            <ChannelIcon kind={offered.channelKind} />
            <strong>{t("till.customer.began", { count: offered.lineCount, total: formatMoney(offered.total) })}</strong>
            <TimeAgo at={offered.updatedAt} />
          </p>
          <div className={styles.pair}>
            <Button data-tour="take-over" busy={takeOver.isPending} onClick={() => take(false)}>
              {hasLines ? t("till.customer.add_theirs") : t("till.customer.take_over")}
            </Button>
            <Button busy={takeOver.isPending} onClick={() => take(true)}>
              {t("till.customer.take_and_pay")}
            </Button>
          </div>
        </div>
      ) : null}
      {collections.length > 0 ? (
        <Button onClick={() => void navigate({ to: "/collections", search: { open: collections[0]?.fulfillmentId } })}>
          {t("till.customer.collections", { count: collections.length })}
        </Button>
      ) : null}
    </>
  );
}

/** One tap adds what they usually take; only what needs no choice. */
function Usual({ customer }: { readonly customer: TillCustomerView }) {
  const { register } = useTill();
  const catalog = api.queries.getQueryData<Catalog>(catalogQuery(register.placeId).queryKey);
  if (!catalog) return null;
  const offered = customer.usual.flatMap(({ sku }) => {
    const found = findByCode(catalog.products, sku);
    return found && isQuick(found.product) && !found.variant.availability.soldOut ? [found] : [];
  });
  if (offered.length === 0) return null;
  return (
    <div className={styles.usual} role="group" aria-label={t("till.customer.usual")}>
      {offered.slice(0, 3).map(({ product, variant }) => (
        <button
          key={variant.sku}
          type="button"
          onClick={() => addToTicket({ product, variant, options: defaultOptions(product.optionGroups), quantity: 1 })}
        >
          + {textOf(product.name)}
        </button>
      ))}
    </div>
  );
}
