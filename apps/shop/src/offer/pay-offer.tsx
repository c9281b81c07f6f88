import { useMutation, useQuery } from "@tanstack/react-query";
import type { CartView, OpenedOfferView, StoreView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { useEffect, useState } from "react";
import { api } from "../api.ts";
import { useCartPromise } from "../cart/promise.ts";
import { blocking } from "../cart/requirements.ts";
import { AtBank } from "../checkout/at-bank.tsx";
import { BeforePaying } from "../checkout/before-paying.tsx";
import { paidBy, useCardWay } from "../checkout/card-way.ts";
import { completionOf, looksLikeEmail } from "../checkout/checkout-plan.ts";
import { completeCart, intentionFor } from "../checkout/complete.ts";
import { PayChoice } from "../checkout/pay-choice.tsx";
import { collectedIn } from "../checkout/slot-hold.ts";
import { usePlan, type PlanState } from "../checkout/use-plan.ts";
import { ValueChoice } from "../checkout/value-choice.tsx";
import { WhenChoice } from "../checkout/when-choice.tsx";
import { keepOrder } from "../kept.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { storesQuery } from "../stores/stores.ts";
import { t } from "../t.ts";
import { ContactFields } from "../checkout/contact-fields.tsx";
import { Decline } from "./decline.tsx";
import { TakeLines } from "./take-lines.tsx";
import { OfferedLines } from "./offered-lines.tsx";
import { useOperate } from "./operate.ts";
import { WhereTo } from "./where-to.tsx";
import styles from "./offer.module.css";

type Props = { readonly token: string; readonly offer: OpenedOfferView; readonly cart: CartView };

/** What is offered on one side, and on the other how it gets to them and is paid. */
export function PayOffer({ token, offer, cart }: Props) {
  const placeId = cart.place?.id ?? "";
  const operate = useOperate(cart.id, token);
  const hold = (slotId: string | null) => operate.mutate({ kind: "setFulfillment", fulfillment: collectedIn(placeId, slotId) });
  const planned = usePlan({ id: placeId }, cart, offer.mayChange ? { hold, isAsked: operate.isPending } : undefined);
  const store = useQuery(storesQuery()).data?.find(({ id }) => id === cart.place?.id);
  const isBegun = offer.state === "paying" && intentionFor(cart.id) === undefined;
  return (
    <div className={styles.columns}>
      <div className={styles.choices}>
        <OfferedLines token={token} cart={cart} mayChange={offer.mayChange} />
        {offer.kind === "proposal" ? <TakeLines token={token} cart={cart} /> : null}
        <p className={styles.quiet}>
          {t(offer.holdsStock ? "shop.offer.until_held" : "shop.offer.until", { at: formatDateTime(offer.validUntil) })}
        </p>
        {offer.kind === "quote" ? (
          <p>
            <a className={styles.pdf} href={`/v1/offer-links/${token}/quote.pdf`} download>
              {t("shop.offer.pdf")}
            </a>
          </p>
        ) : null}
      </div>
      {isBegun ? (
        <p className={styles.ended} role="status">
          {t("shop.offer.state.paying")}
        </p>
      ) : (
        <Paying token={token} offer={offer} cart={cart} planned={planned} store={store} />
      )}
    </div>
  );
}

type PayingProps = Props & { readonly planned: PlanState; readonly store: StoreView | undefined };

function Paying({ token, offer, cart, planned, store }: PayingProps) {
  const asked = useCartPromise(cart);
  const isShipped = cart.delivery !== null;
  const isLater = !isShipped && store !== undefined && (store.open.state === "closed" || cart.promise?.method === "collect");
  const promiseAt = isLater ? asked : null;
  return (
    <div className={styles.pay}>
      {isShipped ? <WhereTo token={token} cart={cart} /> : null}
      {!isShipped && store ? (
        <section aria-label={t("shop.checkout.where")}>
          <p>{t("shop.offer.collected_at", { store: store.name })}</p>
          <WhenChoice {...planned} store={store} cart={cart} token={token} promiseAt={promiseAt} />
        </section>
      ) : null}
      <ValueChoice {...planned} currency={cart.totals.total.currency} />
      <PayChoice {...planned} cart={cart} />
      {offer.isCustomerKnown ? null : <ContactFields {...planned} isShipped={isShipped} />}
      <Order token={token} offer={offer} cart={cart} planned={planned} promiseAt={promiseAt} isPromised={!isLater || promiseAt !== null} />
      <Decline token={token} cart={cart} />
    </div>
  );
}

type OrderProps = Props & {
  readonly planned: PlanState;
  readonly promiseAt: string | null;
  /** False while it is not known when a closed store has it ready. */
  readonly isPromised: boolean;
};

function Order({ token, offer, cart, planned: { plan }, promiseAt, isPromised }: OrderProps) {
  const [isWaiting, setIsWaiting] = useState(false);
  const [bankUrl, setBankUrl] = useState<string>();
  const way = useCardWay(plan.storeId);
  const again = (): void => void api.queries.invalidateQueries({ queryKey: ["offer", token] });
  const order = useMutation({
    mutationFn: (begun: ReturnType<typeof intentionFor>) =>
      completeCart(
        cart.id,
        begun?.body ?? { ...completionOf(paidBy(plan, way), cart, promiseAt), returnPath: window.location.pathname },
        () => setIsWaiting(true),
        token,
      ),
    onSuccess: (done, begun) => {
      if (done.kind === "at_bank") {
        setBankUrl(done.url);
        if (!begun) window.location.assign(done.url);
        return;
      }
      api.queries.setQueryData(["order", done.order.id], done.order);
      keepOrder(done.order.id, token);
      navigate(pathTo("order", { id: done.order.id }), { replace: true });
    },
    // Somebody else may have been faster, or it has ended meanwhile: the page says which.
    onError: again,
    onSettled: () => setIsWaiting(false),
  });
  const { mutate } = order;
  useEffect(() => {
    const begun = intentionFor(cart.id);
    if (begun?.isWaiting) mutate(begun);
  }, [cart.id, mutate]);
  const open = blocking(cart.requirements);
  const isMailWrong = plan.email.trim() !== "" && !looksLikeEmail(plan.email);
  const cannot = open.length > 0 || isMailWrong || (!isPromised && plan.when.kind === "now");
  if (offer.needsSignIn) return <SignInFirst />;
  if (bankUrl !== undefined)
    return (
      <AtBank
        cartId={cart.id}
        url={bankUrl}
        token={token}
        onGivenUp={() => {
          setBankUrl(undefined);
          again();
        }}
      />
    );
  return (
    <BeforePaying cart={cart} missing={open} error={order.error} kept={t("shop.offer.kept")} isWaiting={isWaiting}>
      <Button kind="primary" wide busy={order.isPending} disabled={cannot} onClick={() => mutate(undefined)}>
        {t(offer.kind === "quote" ? "shop.offer.accept" : "shop.offer.pay", { amount: formatMoney(cart.totals.total) })}
      </Button>
    </BeforePaying>
  );
}

/** What is bought for a company is ordered by whoever may do that for it, and by nobody who only has the link. */
function SignInFirst() {
  return (
    <div className={styles.ended} role="status">
      <p>{t("shop.offer.sign_in")}</p>
      <Link to={`${pathTo("signIn")}?next=${window.location.pathname}`}>{t("shop.offer.to_sign_in")}</Link>
    </div>
  );
}
