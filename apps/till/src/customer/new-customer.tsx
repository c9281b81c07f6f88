import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { AnswerOf } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { isAway } from "../local/kept.ts";
import { changeTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { attachCustomer } from "./use-open-customer.ts";
import styles from "./customer.module.css";

/** A new customer: their name and where to reach them. Then they prove it, by a code read back or on their own phone. */
export function NewCustomer({ onDone }: { readonly onDone: () => void }) {
  const [givenName, setGivenName] = useState("");
  const [contact, setContact] = useState("");
  const create = useMutation({
    mutationFn: async () => {
      const typed = contact.trim();
      const reach = typed === "" ? {} : typed.includes("@") ? { email: typed } : { phone: typed };
      const said = { givenName: givenName.trim(), locale: currentLocale(), ...reach };
      try {
        return await api.ask("customers.createAtTill", { body: said });
      } catch (error) {
        if (!isAway(error)) throw error;
        changeTicket({ customer: null, shownCard: null, newCustomer: { key: newId(), ...said } });
        return null;
      }
    },
    onSuccess: (made) => {
      if (made) attachCustomer(made.customer);
      else onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data) return <Verify made={create.data} onDone={onDone} />;
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={t("till.customer.given_name")}
        required
        maxLength={80}
        autoComplete="off"
        value={givenName}
        onChange={({ target }) => setGivenName(target.value)}
      />
      <Field
        label={t("till.customer.contact")}
        hint={t("till.customer.contact_hint")}
        autoComplete="off"
        value={contact}
        onChange={({ target }) => setContact(target.value)}
      />
      {create.error ? <ProblemNote error={create.error} /> : null}
      <Button type="submit" kind="primary" wide busy={create.isPending}>
        {t("till.customer.create")}
      </Button>
    </form>
  );
}

function Verify({ made, onDone }: { readonly made: AnswerOf<"customers.createAtTill">; readonly onDone: () => void }) {
  const [code, setCode] = useState("");
  const confirm = useMutation({
    mutationFn: (challengeId: string) => api.ask("customers.confirmContact", { body: { challengeId, code } }),
    onSuccess: () => {
      showToast(t("till.customer.verified"));
      onDone();
    },
  });
  const { challengeId } = made;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (challengeId !== null) confirm.mutate(challengeId);
  };
  return (
    <div className={styles.form}>
      <div className={styles.verify}>
        <QrCode text={made.claimUrl} label={t("till.customer.claim_qr")} size={176} />
        <div className={styles.form}>
          <p>{t("till.customer.claim_text")}</p>
          {challengeId === null ? null : (
            <form className={styles.form} onSubmit={submit}>
              <Field
                label={t("till.customer.code")}
                hint={t("till.customer.code_hint")}
                inputMode="numeric"
                pattern="\d{6}"
                maxLength={6}
                required
                autoComplete="off"
                value={code}
                onChange={({ target }) => setCode(target.value)}
              />
              {confirm.error ? <ProblemNote error={confirm.error} /> : null}
              <Button type="submit" kind="primary" busy={confirm.isPending}>
                {t("till.customer.confirm")}
              </Button>
            </form>
          )}
        </div>
      </div>
      <Button kind="quiet" wide onClick={onDone}>
        {t("till.customer.later")}
      </Button>
    </div>
  );
}
