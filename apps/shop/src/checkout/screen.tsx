import { useMutation } from "@tanstack/react-query";
import type { CartView, StoreView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useState } from "react";
import { api } from "../api.ts";
import { blocking } from "../cart/requirements.ts";
import { useCartPromise } from "../cart/promise.ts";
import { Totals } from "../cart/totals.tsx";
import { wayText } from "../cart/way-text.ts";
import { useCart, type CartState } from "../cart/use-cart.ts";
import { useCustomer } from "../customer/session.ts";
import { useMenuLive } from "../menu/use-menu-live.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { StoreLine } from "../stores/store-line.tsx";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { waitText } from "../product/availability-text.ts";
import { inLanguage } from "../text.ts";
import { completionOf, looksLikeEmail, tipIn } from "./checkout-plan.ts";
import { AtBank } from "./at-bank.tsx";
import { BeforePaying } from "./before-paying.tsx";
import { paidBy, useCardWay } from "./card-way.ts";
import { afterOrder, completeCart, intentionFor } from "./complete.ts";
import { ContactFields } from "./contact-fields.tsx";
import { DeliveryChoices } from "./delivery.tsx";
import { ForCompany } from "./for-company.tsx";
import { HowChoice } from "./how-choice.tsx";
import { ValueChoice } from "./value-choice.tsx";
import { PayChoice } from "./pay-choice.tsx";
import { TipChoice } from "./tip-choice.tsx";
import { useSlotHold } from "./slot-hold.ts";
import { usePlan, type PlanState } from "./use-plan.ts";
import { WhenChoice } from "./when-choice.tsx";
import styles from "./checkout.module.css";

/** Where, when, for whom, how: one page, one button. */
export function CheckoutScreen() {
  const state = useCart();
  const { store, error } = useStore();
  const [isOrdered, setIsOrdered] = useState(false);
  if (error && !store) return <ProblemNote error={error} />;
  if (state.error && !state.cart && !state.isGone) return <ProblemNote error={state.error} onRetry={state.refetch} />;
  if (!store || (!state.cart && (state.isPending || !state.shown.isSettled))) return <ScreenSkeleton />;
  // Until the order's page has come, and not the news that the cart is empty.
  if (isOrdered) return <ScreenSkeleton />;
  if (!state.cart || state.shown.lines.length === 0) {
    return (
      <EmptyState heading="h1" title={t("shop.cart.empty")} text={t("shop.cart.empty_hint")}>
        <Link to={pathTo("menu")}>{t("shop.cart.to_menu")}</Link>
      </EmptyState>
    );
  }
  return <Checkout state={state} cart={state.cart} store={store} onOrdered={() => setIsOrdered(true)} />;
}

type CheckoutProps = { readonly state: CartState; readonly cart: CartView; readonly store: StoreView; readonly onOrdered: () => void };

function Checkout({ state, cart, store, onOrdered }: CheckoutProps) {
  const planned = usePlan(store, cart, useSlotHold(store.id));
  const promiseAt = useCartPromise(cart);
  useMenuLive(store.id);
  return (
    <section className={styles.checkout} aria-labelledby="checkout-title">
      <h1 id="checkout-title">{t("shop.checkout.title")}</h1>
      <div className={styles.columns}>
        <div className={styles.choices}>
          <HowChoice cart={cart} storeId={store.id} />
          {cart.delivery ? (
            <DeliveryChoices cart={cart} delivery={cart.delivery} />
          ) : (
            <>
              <section aria-labelledby="where-title">
                <h2 id="where-title">{t("shop.checkout.where")}</h2>
                <StoreLine />
              </section>
              <WhenChoice {...planned} store={store} cart={cart} promiseAt={promiseAt} />
            </>
          )}
          <ForCompany cart={cart} />
          <Contact {...planned} isShipped={cart.delivery !== null} />
          <ValueChoice {...planned} currency={cart.totals.total.currency} />
          <PayChoice {...planned} cart={cart} />
          <TipChoice {...planned} cart={cart} store={store} />
        </div>
        <Summary
          state={state}
          cart={cart}
          planned={planned}
          promiseAt={isLater(store, cart) ? promiseAt : null}
          isPromised={cart.delivery !== null || promiseAt !== null || !isLater(store, cart)}
          onOrdered={onOrdered}
        />
      </div>
    </section>
  );
}

function Contact(props: PlanState & { readonly isShipped: boolean }) {
  const customer = useCustomer();
  return (
    <ContactFields {...props}>
      {customer ? null : (
        <p className={styles.quiet}>
          <Link to={`${pathTo("signIn")}?next=${pathTo("checkout")}`}>{t("shop.checkout.sign_in")}</Link>
        </p>
      )}
    </ContactFields>
  );
}

/** Whether "as soon as possible" is after the next opening: the store is closed, or closes before the goods are ready. */
function isLater(store: StoreView, cart: CartView): boolean {
  return store.open.state === "closed" || cart.promise?.method === "collect";
}

type SummaryProps = {
  readonly state: CartState;
  readonly cart: CartView;
  readonly planned: PlanState;
  /** While nothing can be taken away: when it is ready after the store opens. */
  readonly promiseAt: string | null;
  /** False while it is not known when a closed store has it ready: a press would ask for goods at once. */
  readonly isPromised: boolean;
  readonly onOrdered: () => void;
};

function Summary({ state, cart, planned: { plan }, promiseAt, isPromised, onOrdered }: SummaryProps) {
  const [isWaiting, setIsWaiting] = useState(false);
  const [bankUrl, setBankUrl] = useState<string>();
  const way = useCardWay(plan.storeId);
  const order = useMutation({
    mutationFn: (begun: ReturnType<typeof intentionFor>) =>
      completeCart(cart.id, begun?.body ?? { ...completionOf(paidBy(plan, way), cart, promiseAt), returnPath: hereAgain() }, () =>
        setIsWaiting(true),
      ),
    onSuccess: (done, begun) => {
      if (done.kind === "at_bank") {
        // Back from there without an answer it is their choice whether to go again.
        setBankUrl(done.url);
        if (!begun) window.location.assign(done.url);
        return;
      }
      onOrdered();
      afterOrder(done.order);
      navigate(pathTo("order", { id: done.order.id }), { replace: true });
    },
    onError: () => {
      state.refetch();
      void api.queries.invalidateQueries({ queryKey: ["slots"] });
    },
    onSettled: () => setIsWaiting(false),
  });
  const { mutate } = order;
  useEffect(() => {
    const begun = intentionFor(cart.id);
    // Only what the hub has already: nobody orders by opening a page.
    if (begun?.isWaiting) mutate(begun);
  }, [cart.id, mutate]);
  const { total } = cart.totals;
  const tip = tipIn(plan, cart);
  const open = blocking(cart.requirements);
  const isTimed = isPromised || plan.when.kind === "later";
  const cannot = open.length > 0 || !isTimed || !state.shown.isSettled || (plan.email.trim() !== "" && !looksLikeEmail(plan.email));
  return (
    <aside className={styles.summary} aria-label={t("shop.checkout.summary")}>
      <ul>
        {state.shown.lines.map((line) => (
          <li key={line.id}>
            <span>
              {t("shop.checkout.line", { count: line.quantity, name: inLanguage(line.name) })}
              {line.options.length > 0 ? <small>{line.options.map((option) => inLanguage(option.name)).join(" · ")}</small> : null}
              {(line.line?.waits ?? []).map((wait) => (
                <small key={wait.on}>{waitText(wait, line.quantity)}</small>
              ))}
              {line.line?.elsewhere ? <small>{wayText(line.line.elsewhere)}</small> : null}
              {line.line?.deposit ? <small>{depositText(line.line.deposit)}</small> : null}
            </span>
            <span>{line.total === null ? null : formatMoney(line.total)}</span>
          </li>
        ))}
      </ul>
      <Totals cart={cart} shown={state.shown} />
      {tip > 0 ? (
        <p>
          {t("shop.tip.with", {
            tip: formatMoney({ ...total, amount: tip }),
            total: formatMoney({ ...total, amount: total.amount + tip }),
          })}
        </p>
      ) : null}
      <BeforePaying cart={cart} missing={open} error={order.error} kept={t("shop.checkout.kept")} isWaiting={isWaiting}>
        {bankUrl === undefined ? (
          <Button data-tour="order" kind="primary" wide busy={order.isPending} disabled={cannot} onClick={() => mutate(undefined)}>
            {t(plan.pay === "card" || cart.delivery ? "shop.checkout.pay_now" : "shop.checkout.order_now", {
              amount: formatMoney({ ...total, amount: total.amount + tip }),
            })}
          </Button>
        ) : (
          <AtBank
            cartId={cart.id}
            url={bankUrl}
            onGivenUp={() => {
              setBankUrl(undefined);
              state.refetch();
            }}
          />
        )}
      </BeforePaying>
    </aside>
  );
}

/** This page, as the hub sends the payer back to it. */
const hereAgain = (): string => `${window.location.pathname}${window.location.search}`;
