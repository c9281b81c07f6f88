import { useMutation } from "@tanstack/react-query";
import type { LoyaltyView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";

type GiveProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly has: number;
  readonly terms: NonNullable<LoyaltyView["offers"]["transfers"]>;
};

/** Gives points to another card: first whose it is, then the points go. Pressed twice it is one transfer. */
export function GiveDialog({ open, onClose, has, terms }: GiveProps) {
  const [card, setCard] = useState("");
  const [amount, setAmount] = useState("");
  const points = Number(amount);
  const [id, setId] = useState(() => crypto.randomUUID());
  const find = useMutation({
    mutationFn: () => api.ask("loyalty.findMember", { params: { id: "me" }, body: { cardNumber: card } }),
  });
  const give = useMutation({
    mutationFn: () => api.ask("loyalty.transfer", { params: { id: "me" }, body: { id, cardNumber: card, points } }),
    onSuccess: async ({ to }) => {
      showToast(t("shop.give.done", { points: formatNumber(points), count: points, to }));
      close();
      await api.queries.invalidateQueries({ queryKey: ["customer"] });
    },
  });
  function close(): void {
    setCard("");
    setAmount("");
    setId(crypto.randomUUID());
    find.reset();
    give.reset();
    onClose();
  }
  const change = (set: (text: string) => void, text: string): void => {
    set(text);
    find.reset();
    give.reset();
    setId(crypto.randomUUID());
  };
  const isReady =
    card.trim().length >= 16 && Number.isInteger(points) && points >= terms.minimum && points <= Math.min(has, terms.perMonth);
  const to = find.data?.to;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("shop.give.title")}
      actions={
        <>
          <Button onClick={close}>{t("shop.give.keep")}</Button>
          {to === undefined ? (
            <Button kind="primary" busy={find.isPending} disabled={!isReady} onClick={() => find.mutate()}>
              {t("shop.give.next")}
            </Button>
          ) : (
            <Button kind="primary" busy={give.isPending} onClick={() => give.mutate()}>
              {t("shop.give.confirm", { points: formatNumber(points), count: points })}
            </Button>
          )}
        </>
      }
    >
      <p>{t("shop.give.explain", { minimum: formatNumber(terms.minimum), most: formatNumber(terms.perMonth) })}</p>
      <Field
        label={t("shop.give.card")}
        inputMode="numeric"
        autoComplete="off"
        maxLength={30}
        value={card}
        onChange={({ target }) => change(setCard, target.value)}
      />
      <Field
        label={t("shop.give.points", { has: formatNumber(has) })}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={amount}
        onChange={({ target }) => change(setAmount, target.value)}
      />
      <p aria-live="polite">{to === undefined ? null : t("shop.give.to", { to, points: formatNumber(points), count: points })}</p>
      {(give.error ?? find.error) ? <ProblemNote error={give.error ?? find.error} /> : null}
    </Dialog>
  );
}
