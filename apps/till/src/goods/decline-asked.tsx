import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StockAskedLineView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";

type DeclineAskedProps = {
  readonly way: Pick<StockAskedLineView, "fromPlaceId" | "placeId">;
  readonly lines: readonly StockAskedLineView[];
};

/** Says that this store cannot send what customers have bought, and why: the store where they fetch it finds another way. */
export function DeclineAsked({ way: { fromPlaceId, placeId }, lines }: DeclineAskedProps) {
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [key, setKey] = useState(newKey);
  const decline = useMutation({
    mutationFn: () => {
      const body = { fromPlaceId, placeId, orderLineIds: lines.map(({ orderLineId }) => orderLineId), reason: reason.trim() };
      return api.ask("stock.declineAsked", { body, headers: keyHeader(key) });
    },
    onSuccess: ({ units }) => showToast(t("till.goods.asked_declined", { count: units })),
    onSettled: () => {
      setKey(newKey());
      return queries.invalidateQueries({ queryKey: ["goods"] });
    },
  });
  if (!isOpen) return <Button onClick={() => setIsOpen(true)}>{t("till.goods.asked_decline")}</Button>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    decline.mutate();
  };
  return (
    <form onSubmit={send}>
      <Field
        label={t("till.goods.asked_why")}
        hint={t("till.goods.asked_why_hint")}
        value={reason}
        maxLength={300}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever says no is asked why
        autoFocus
        onChange={({ target }) => setReason(target.value)}
      />
      {decline.error ? <ProblemNote error={decline.error} /> : null}
      <Button type="submit" wide busy={decline.isPending} disabled={reason.trim().length < 3}>
        {t("till.goods.asked_decline_now")}
      </Button>
    </form>
  );
}
