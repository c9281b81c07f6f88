import { useMutation } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { askUntilPaid } from "@weft/ui/api/ask-until-paid.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useEffect, useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { paidBy, useCardWay } from "../checkout/card-way.ts";
import { CardForm } from "../checkout/pay-choice.tsx";
import { usePlan } from "../checkout/use-plan.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

/** A payment that this tab began: kept, because a step at the payer's bank leaves the page and comes back. */
type Begun = { readonly cardToken: string; readonly key: string; readonly due: OrderView["due"] };

const nameOf = (id: string): string => `weft.due.${id}`;

function begunOf(id: string): Begun | undefined {
  const text = window.sessionStorage.getItem(nameOf(id));
  return text === null ? undefined : (JSON.parse(text) as Begun); // written by `payDue` alone
}

function payDue(id: string, begun: Begun) {
  return askUntilPaid(
    () =>
      api.call("orders.payDue", {
        params: { id },
        body: { cardToken: begun.cardToken, expectedDue: begun.due, returnPath: window.location.pathname },
        headers: { ...tokenHeader(orderToken(id) ?? null), ...keyHeader(begun.key) },
      }),
    {
      remember: () => window.sessionStorage.setItem(nameOf(id), JSON.stringify(begun)),
      forget: () => window.sessionStorage.removeItem(nameOf(id)),
    },
  );
}

/** What has to be sent and is not paid any more, because the card that agreed to it cannot be charged: paid here, it leaves. */
export function PayDue({ order }: { readonly order: OrderView }) {
  const waits = order.fulfillments.some(({ kind, state }) => kind === "ship" && !GONE.has(state));
  return order.due.amount > 0 && order.state !== "canceled" && waits && order.placeId !== null ? (
    <Pay order={order} placeId={order.placeId} />
  ) : null;
}

/** States of a parcel that keep nothing back any more. */
const GONE: ReadonlySet<string> = new Set(["dispatched", "delivered", "canceled", "rejected"]);

function Pay({ order, placeId }: { readonly order: OrderView; readonly placeId: string }) {
  const { id, due } = order;
  const planned = usePlan({ id: placeId });
  const way = useCardWay(placeId);
  const [bankUrl, setBankUrl] = useState<string>();
  const pay = useMutation({
    mutationFn: (begun?: Begun) => payDue(id, begun ?? { cardToken: paidBy(planned.plan, way).cardToken, key: newKey(), due }),
    onSuccess: (paid, begun) => {
      if (paid.kind === "done") return api.queries.setQueryData(["order", id], paid.answer);
      setBankUrl(paid.url);
      // Back from there without an answer it is their choice whether to go again.
      if (!begun) window.location.assign(paid.url);
    },
    // It may have been paid, or changed, meanwhile: the order says what is due now.
    onError: () => void api.queries.invalidateQueries({ queryKey: ["order", id] }),
  });
  const { mutate } = pay;
  useEffect(() => {
    // Only what the hub has already: nobody pays by opening a page.
    const begun = begunOf(id);
    if (begun) mutate(begun);
  }, [id, mutate]);
  return (
    <section className={styles.payDue} aria-labelledby="pay-due">
      <h2 id="pay-due">{t("shop.order.pay_due", { amount: formatMoney(due) })}</h2>
      <p className={styles.quiet}>{t("shop.order.pay_due_hint")}</p>
      <CardForm {...planned} />
      {pay.error ? <ProblemNote error={pay.error} /> : null}
      {pay.isPending || bankUrl !== undefined ? (
        <p role="status">{t(bankUrl === undefined ? "shop.checkout.waiting" : "ui.change.at_bank")}</p>
      ) : null}
      {bankUrl === undefined ? (
        <Button kind="primary" wide busy={pay.isPending} disabled={way === null} onClick={() => mutate(undefined)}>
          {t("shop.offer.pay", { amount: formatMoney(due) })}
        </Button>
      ) : (
        <Button kind="primary" wide onClick={() => window.location.assign(bankUrl)}>
          {t("ui.change.to_bank")}
        </Button>
      )}
    </section>
  );
}
