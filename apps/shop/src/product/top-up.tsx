import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { GiftCardView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { formatDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { changeCart, operation } from "../cart/send.ts";
import { t } from "../t.ts";
import { priceOf } from "../text.ts";
import type { Draft } from "./use-choices.ts";
import styles from "./product-details.module.css";

type Props = { readonly draft: Draft; readonly storeId: string | undefined };

/** Whoever has a gift card puts more onto it: what was chosen above, instead of buying a new one. */
export function TopUp({ draft, storeId }: Props) {
  const [code, setCode] = useState("");
  const lookUp = useMutation({ mutationFn: () => api.ask("giftCards.lookUp", { body: { code } }) });
  const { unitPrice } = draft.hint;
  if (unitPrice === null) return null;
  const worth = priceOf(unitPrice, 1);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== "") lookUp.mutate();
  };
  const add = ({ cardId, last4 }: GiftCardView): void => {
    const { hint, variant } = draft;
    const fields = { sku: variant.sku, quantity: 1, options: [], lineId: newId(), topUp: { cardId, amount: worth.amount } };
    changeCart({ operation: operation("add", { ...fields, ...(storeId !== undefined && { placeId: storeId }) }), hint });
    showToast(t("shop.top_up.done", { last4 }));
    lookUp.reset();
    setCode("");
  };
  const card = lookUp.data;
  return (
    <form className={styles.topUp} onSubmit={submit} aria-labelledby="top-up-title">
      <h2 id="top-up-title">{t("shop.top_up.title")}</h2>
      {card ? (
        <>
          <p role="status">
            {t("shop.top_up.left", { amount: formatMoney(card.left), last4: card.last4 })}
            {card.expiresAt === null ? "" : ` · ${t("shop.gift_card.until", { day: formatDate(lastDay(card.expiresAt)) })}`}
          </p>
          {card.isBlocked ? (
            <p role="alert">{t("shop.gift_card.blocked")}</p>
          ) : (
            <Button kind="primary" onClick={() => add(card)}>
              {t("shop.top_up.add", { amount: formatMoney(worth), last4: card.last4 })}
            </Button>
          )}
        </>
      ) : (
        <>
          <Field
            label={t("shop.gift_card.code")}
            hint={t("shop.top_up.text", { amount: formatMoney(worth) })}
            value={code}
            autoComplete="off"
            autoCapitalize="characters"
            onChange={({ target }) => setCode(target.value)}
          />
          <Button type="submit" disabled={code.trim() === ""} busy={lookUp.isPending}>
            {t("shop.top_up.look_up")}
          </Button>
        </>
      )}
      {lookUp.error ? <ProblemNote error={lookUp.error} /> : null}
    </form>
  );
}

/** It ends as a day begins: the one before is the last on which it can be spent. */
const lastDay = (expiresAt: string): string => new Date(Date.parse(expiresAt) - 1).toISOString();
