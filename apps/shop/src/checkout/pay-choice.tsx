import { useQuery } from "@tanstack/react-query";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { configQuery } from "../shared/config.ts";
import { t } from "../t.ts";
import { TEST_CARDS } from "./test-cards.ts";
import type { PlanState } from "./use-plan.ts";
import styles from "./checkout.module.css";

/** By card now, or at the store when it is handed over; a parcel leaves paid. */
export function PayChoice({ plan, change, isShipped }: PlanState & { readonly isShipped: boolean }) {
  if (isShipped)
    return (
      <section className={styles.pay} aria-labelledby="pay-title">
        <h2 id="pay-title">{t("shop.checkout.by_card")}</h2>
        <CardForm plan={plan} change={change} />
      </section>
    );
  return (
    <div className={styles.pay}>
      <ChoiceGroup
        label={t("shop.checkout.pay")}
        value={plan.pay}
        onChange={(pay) => change({ pay })}
        choices={[
          { value: "card", label: t("shop.checkout.by_card") },
          { value: "store", label: t("shop.checkout.at_store") },
        ]}
      />
      {plan.pay === "card" ? <CardForm plan={plan} change={change} /> : <p className={styles.quiet}>{t("shop.checkout.at_store_hint")}</p>}
    </div>
  );
}

/** The card of the sandbox: its outcome is chosen, its number cannot be typed, so that nobody enters a real one. */
function CardForm({ plan, change }: PlanState) {
  const isDemo = useQuery(configQuery).data?.demo ?? false;
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
