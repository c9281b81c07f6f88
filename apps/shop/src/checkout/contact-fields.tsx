import { Field } from "@weft/ui/shop/field.tsx";
import type { ReactNode } from "react";
import { t } from "../t.ts";
import { looksLikeEmail } from "./checkout-plan.ts";
import type { PlanState } from "./use-plan.ts";
import styles from "./checkout.module.css";

type ContactProps = PlanState & { readonly isShipped: boolean; readonly children?: ReactNode };

/** Whom to tell: the name where nothing is shipped to one, and the address; `children` stand above the fields. */
export function ContactFields({ plan, change, isShipped, children }: ContactProps) {
  const isWrong = plan.email.trim() !== "" && !looksLikeEmail(plan.email);
  return (
    <section className={styles.contact} aria-labelledby="contact-title">
      <h2 id="contact-title">{t("shop.checkout.contact")}</h2>
      {children}
      {isShipped ? null : (
        <Field
          label={t("shop.checkout.name")}
          value={plan.name}
          autoComplete="given-name"
          maxLength={120}
          hint={t("shop.checkout.name_hint")}
          onChange={({ target }) => change({ name: target.value })}
        />
      )}
      <Field
        label={t("shop.checkout.email")}
        type="email"
        value={plan.email}
        autoComplete="email"
        maxLength={254}
        hint={t("shop.checkout.email_hint")}
        error={isWrong ? t("shop.checkout.email_wrong") : undefined}
        onChange={({ target }) => change({ email: target.value })}
      />
    </section>
  );
}
