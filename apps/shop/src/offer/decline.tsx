import { useMutation } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./offer.module.css";

/** No, thank you: with a reason, where they want to give one. It ends the offer, so it asks once more. */
export function Decline({ token, cart }: { readonly token: string; readonly cart: CartView }) {
  const [isAsked, setIsAsked] = useState(false);
  const [reason, setReason] = useState("");
  const decline = useMutation({
    mutationFn: () => api.ask("offers.decline", { params: { token }, body: { reason: reason.trim() === "" ? null : reason.trim() } }),
    onSuccess: (offer) => {
      api.queries.setQueryData(["offer", token], offer);
      api.queries.removeQueries({ queryKey: ["cart", cart.id] });
    },
  });
  if (!isAsked)
    return (
      <Button kind="quiet" wide onClick={() => setIsAsked(true)}>
        {t("shop.offer.decline")}
      </Button>
    );
  return (
    <form
      className={styles.contact}
      onSubmit={(event) => {
        event.preventDefault();
        decline.mutate();
      }}
    >
      <Field label={t("shop.offer.decline_reason")} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
      {decline.error ? <ProblemNote error={decline.error} /> : null}
      <Button type="submit" wide busy={decline.isPending}>
        {t("shop.offer.decline_now")}
      </Button>
      <Button kind="quiet" wide onClick={() => setIsAsked(false)}>
        {t("shop.offer.decline_not")}
      </Button>
    </form>
  );
}
