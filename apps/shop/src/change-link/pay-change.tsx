import { useMutation } from "@tanstack/react-query";
import type { OpenedChangeLinkView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useEffect, useState } from "react";
import { api } from "../api.ts";
import { paidBy, useCardWay } from "../checkout/card-way.ts";
import { CardForm } from "../checkout/pay-choice.tsx";
import { usePlan } from "../checkout/use-plan.ts";
import { t } from "../t.ts";
import { payLink, paymentBegun, type BegunPayment } from "./pay-link.ts";
import styles from "../offer/offer.module.css";

type Props = { readonly token: string; readonly link: OpenedChangeLinkView };

/** By card, or not at all: whoever has the link may do either. */
export function PayChange({ token, link }: Props) {
  const planned = usePlan({ id: link.placeId ?? "" });
  const way = useCardWay(link.placeId ?? "");
  const [bankUrl, setBankUrl] = useState<string>();
  const keep = (opened: OpenedChangeLinkView): void => {
    api.queries.setQueryData(["change-link", token], opened);
    void api.queries.invalidateQueries({ queryKey: ["order", link.orderId] });
  };
  const pay = useMutation({
    mutationFn: (begun?: BegunPayment) => payLink(token, begun ?? { cardToken: paidBy(planned.plan, way).cardToken, key: newKey() }),
    onSuccess: (paid, begun) => {
      if (paid.kind === "done") return keep(paid.answer);
      setBankUrl(paid.url);
      // Back from there without an answer it is their choice whether to go again.
      if (!begun) window.location.assign(paid.url);
    },
    // Somebody else may have been faster, or it has ended meanwhile: the page says which.
    onError: () => void api.queries.invalidateQueries({ queryKey: ["change-link", token] }),
  });
  const { mutate } = pay;
  useEffect(() => {
    // Only what the hub has already: nobody pays by opening a page.
    const begun = paymentBegun(token);
    if (begun) mutate(begun);
  }, [token, mutate]);
  const decline = useMutation({
    mutationFn: () => api.ask("changeLinks.decline", { params: { token } }),
    onSuccess: keep,
  });
  const error = pay.error ?? decline.error;
  return (
    <div className={styles.pay}>
      <CardForm {...planned} />
      {error ? <ProblemNote error={error} kept={t("ui.change.kept")} /> : null}
      <p role="status">{pay.isPending ? t("shop.checkout.waiting") : bankUrl === undefined ? null : t("ui.change.at_bank")}</p>
      {bankUrl === undefined ? (
        <Button kind="primary" wide busy={pay.isPending} disabled={way === null} onClick={() => mutate(undefined)}>
          {t("shop.offer.pay", { amount: formatMoney(link.difference) })}
        </Button>
      ) : (
        <Button kind="primary" wide onClick={() => window.location.assign(bankUrl)}>
          {t("ui.change.to_bank")}
        </Button>
      )}
      <Button kind="quiet" wide busy={decline.isPending} onClick={() => decline.mutate()}>
        {t("shop.change_link.decline")}
      </Button>
    </div>
  );
}
