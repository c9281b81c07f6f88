import { useMutation } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

/** Lets somebody else fetch what waits, with a code of their own, and takes the code back. */
export function Collector({ fulfillment }: { readonly fulfillment: FulfillmentView }) {
  const { collector } = fulfillment;
  return collector?.code ? (
    <Sent fulfillment={fulfillment} name={collector.name ?? ""} code={collector.code} />
  ) : (
    <Send fulfillment={fulfillment} />
  );
}

/** What follows a change: the order is read again. */
const reread = ({ orderId }: FulfillmentView) => api.queries.invalidateQueries({ queryKey: ["order", orderId] });

function Send({ fulfillment }: { readonly fulfillment: FulfillmentView }) {
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const send = useMutation({
    mutationFn: () =>
      api.ask("fulfillments.nameCollector", {
        params: { id: fulfillment.id },
        body: { name: name.trim() },
        headers: tokenHeader(orderToken(fulfillment.orderId) ?? null),
      }),
    onSuccess: () => setIsOpen(false),
    onSettled: () => reread(fulfillment),
  });
  return (
    <>
      <Button kind="quiet" onClick={() => setIsOpen(true)}>
        {t("shop.collector.send")}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={t("shop.collector.title")}
        actions={
          <>
            <Button onClick={() => setIsOpen(false)}>{t("shop.collector.keep")}</Button>
            <Button kind="primary" busy={send.isPending} disabled={name.trim() === ""} onClick={() => send.mutate()}>
              {t("shop.collector.confirm")}
            </Button>
          </>
        }
      >
        <p>{t("shop.collector.explain")}</p>
        <Field
          label={t("shop.collector.name")}
          autoComplete="off"
          maxLength={120}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        {send.error ? <ProblemNote error={send.error} /> : null}
      </Dialog>
    </>
  );
}

function Sent({ fulfillment, name, code }: { readonly fulfillment: FulfillmentView; readonly name: string; readonly code: string }) {
  const withdraw = useMutation({
    mutationFn: () =>
      api.ask("fulfillments.withdrawCollector", {
        params: { id: fulfillment.id },
        headers: tokenHeader(orderToken(fulfillment.orderId) ?? null),
      }),
    onSettled: () => reread(fulfillment),
  });
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(code).catch(() => undefined); // shown above the button all the same
    showToast(t("shop.collector.copied"));
  };
  return (
    <div className={styles.collector}>
      <p>{t("shop.collector.code", { name })}</p>
      <output>{code}</output>
      <div className={styles.actions}>
        <Button onClick={copy}>{t("shop.collector.copy")}</Button>
        <Button kind="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t("shop.collector.withdraw")}
        </Button>
      </div>
      {withdraw.error ? <ProblemNote error={withdraw.error} /> : null}
    </div>
  );
}
