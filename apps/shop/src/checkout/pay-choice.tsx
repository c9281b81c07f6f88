import { useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { configQuery } from "../shared/config.ts";
import { t } from "../t.ts";
import { mayPayLater, payOf, paysAtOnce } from "./checkout-plan.ts";
import { useCardWay } from "./card-way.ts";
import { TEST_CARDS } from "./test-cards.ts";
import type { PlanState } from "./use-plan.ts";
import styles from "./checkout.module.css";

/** By card now, at the store when it is handed over, or on account of the company; a parcel leaves paid or on account. */
export function PayChoice({ plan, change, cart }: PlanState & { readonly cart: CartView }) {
  const isShipped = cart.delivery !== null;
  const account = cart.company?.account ?? null;
  if ((isShipped && !account) || paysAtOnce(cart))
    return (
      <section className={styles.pay} aria-labelledby="pay-title">
        <h2 id="pay-title">{t("shop.checkout.by_card")}</h2>
        <CardForm plan={plan} change={change} />
        <ChargedLater cart={cart} />
      </section>
    );
  const pay = payOf(plan, cart);
  return (
    <div className={styles.pay}>
      <ChoiceGroup
        label={t("shop.checkout.pay")}
        value={isShipped && pay === "store" ? "card" : pay}
        onChange={(chosen) => change({ pay: chosen })}
        choices={[
          { value: "card", label: t("shop.checkout.by_card") },
          ...(isShipped ? [] : [{ value: "store" as const, label: t("shop.checkout.at_store") }]),
          ...(mayPayLater(cart) && account
            ? [
                {
                  value: "account" as const,
                  label: t("shop.checkout.on_account"),
                  note: t("shop.checkout.on_account_left", { left: formatMoney(account.left) }),
                },
              ]
            : []),
        ]}
      />
      {pay === "account" && account ? (
        <p className={styles.quiet}>{t("shop.checkout.on_account_hint", { company: cart.company?.name ?? "", days: account.termsDays })}</p>
      ) : pay === "card" || isShipped ? (
        <>
          <CardForm plan={plan} change={change} />
          <ChargedLater cart={cart} />
        </>
      ) : (
        <p className={styles.quiet}>{t("shop.checkout.at_store_hint")}</p>
      )}
    </div>
  );
}

/** Something of the cart is ordered before it is there and charged as it leaves: nothing is taken today. */
function ChargedLater({ cart }: { readonly cart: CartView }) {
  const isLater = cart.lines.some(({ waits = [] }) => waits.some(({ chargedWhen }) => chargedWhen === "dispatch"));
  return isLater ? <p className={styles.quiet}>{t("shop.checkout.charged_later")}</p> : null;
}

/** A card is taken on the provider's own page, or is one of the sandbox: its outcome is chosen, its number cannot be typed, so that nobody enters a real one. */
export function CardForm({ plan, change }: PlanState) {
  const isDemo = useQuery(configQuery).data?.demo ?? false;
  const way = useCardWay(plan.storeId);
  if (way === null) return <p className={styles.quiet}>{t("shop.card_form.none")}</p>;
  if (way && way.way !== "test_card") return <p className={styles.quiet}>{t("shop.card_form.page")}</p>;
  const card = TEST_CARDS.find(({ token }) => token === plan.cardToken) ?? TEST_CARDS[0];
  return (
    <div className={styles.card}>
      <p className={styles.quiet}>{t(isDemo ? "shop.card_form.demo" : "shop.card_form.sandbox")}</p>
      <SelectField label={t("shop.card_form.outcome")} value={card.token} onChoose={(cardToken) => change({ cardToken })}>
        {TEST_CARDS.map(({ token, outcome, number }) => (
          <option key={token} value={token}>
            {number} · {t(`shop.card_form.${outcome}`)}
          </option>
        ))}
      </SelectField>
      <div className={styles.cardRow}>
        <Field label={t("shop.card_form.expiry")} value="12/30" readOnly />
        <Field label={t("shop.card_form.code")} value="123" readOnly />
      </div>
    </div>
  );
}
