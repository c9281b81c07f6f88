import { useMutation } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useCallback, useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";
import { stepOf } from "./progress.ts";

/** Takes the order back while nobody has begun with it. Money moves, so it asks, and says what will happen. */
export function CancelOrder({ order }: { readonly order: OrderView }) {
  const [isOpen, setIsOpen] = useState(false);
  const [key] = useState(newKey);
  const close = useCallback(() => setIsOpen(false), []);
  const cancel = useMutation({
    mutationFn: () =>
      api.ask("checkout.cancel", {
        params: { id: order.id },
        body: { reason: "by the customer in the shop" },
        headers: { ...keyHeader(key), ...tokenHeader(orderToken(order.id) ?? null) },
      }),
    onSuccess: (canceled) => {
      api.queries.setQueryData(["order", canceled.id], canceled);
      setIsOpen(false);
    },
  });
  const step = stepOf(order);
  if (step !== "placed" && step !== "accepted") return null;
  return (
    <>
      <Button kind="quiet" onClick={() => setIsOpen(true)}>
        {t("shop.cancel.open")}
      </Button>
      <Dialog
        open={isOpen}
        onClose={close}
        title={t("shop.cancel.title")}
        actions={
          <>
            <Button onClick={close}>{t("shop.cancel.keep")}</Button>
            <Button kind="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t("shop.cancel.confirm")}
            </Button>
          </>
        }
      >
        <p>{order.paid.amount > 0 ? t("shop.cancel.paid", { amount: formatMoney(order.paid) }) : t("shop.cancel.unpaid")}</p>
        {cancel.error ? <ProblemNote error={cancel.error} /> : null}
      </Dialog>
    </>
  );
}
