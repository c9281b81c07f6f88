import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

/** Sends the receipt to an address of one's choice. */
export function SendReceipt({ orderId }: { readonly orderId: string }) {
  const [email, setEmail] = useState("");
  const send = useMutation({
    mutationFn: () =>
      api.ask("orders.sendReceipt", {
        params: { id: orderId },
        body: { email: email.trim() },
        headers: tokenHeader(orderToken(orderId) ?? null),
      }),
    onSuccess: () => {
      showToast(t("shop.receipt.sent", { email: email.trim() }));
      setEmail("");
    },
  });
  return (
    <details className={styles.receipt}>
      <summary>{t("shop.receipt.open")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Field
          label={t("shop.checkout.email")}
          type="email"
          required
          autoComplete="email"
          maxLength={254}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <Button type="submit" busy={send.isPending}>
          {t("shop.receipt.send")}
        </Button>
      </form>
      {send.error ? <ProblemNote error={send.error} /> : null}
    </details>
  );
}
