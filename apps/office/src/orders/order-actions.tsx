import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { ReturnDialog } from "../returns/return-dialog.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./orders.module.css";

type Dialog = "cancel" | "receipt" | "return" | null;
type DialogProps = { readonly order: OrderView; readonly isOpen: boolean; readonly onClose: () => void };

/** What the office can do with an order. */
export function OrderActions({ order }: { readonly order: OrderView }) {
  const may = useMay();
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = (): void => setDialog(null);
  const canCancel = may("checkout.cancel") && order.state === "placed" && order.fulfillmentState !== "fulfilled";
  const canSend = may("orders.sendReceipt") && order.state !== "canceled";
  const canReturn = may("returns.take") && order.lines.some(({ kind, fulfilled, returned }) => kind === "goods" && fulfilled > returned);
  if (!canCancel && !canSend && !canReturn) return null;
  return (
    <div className={styles.actions}>
      {canSend ? (
        <Button variant="default" onClick={() => setDialog("receipt")}>
          {t("office.order.send_receipt")}
        </Button>
      ) : null}
      {canReturn ? (
        <Button variant="default" onClick={() => setDialog("return")}>
          {t("office.returns.open")}
        </Button>
      ) : null}
      {canCancel ? (
        <Button variant="default" onClick={() => setDialog("cancel")}>
          {t("office.order.cancel")}
        </Button>
      ) : null}
      <ReturnDialog order={order} isOpen={dialog === "return"} onClose={close} />
      <CancelDialog order={order} isOpen={dialog === "cancel"} onClose={close} />
      <ReceiptDialog order={order} isOpen={dialog === "receipt"} onClose={close} />
    </div>
  );
}

/** Money goes back, so it says first how much and what else happens. */
function CancelDialog({ order, isOpen, onClose }: DialogProps) {
  const [reason, setReason] = useState("");
  // One key for as long as the dialog stands: however often the button is pressed, it is one cancellation.
  const [key] = useState(newKey);
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.ask("checkout.cancel", { params: { id: order.id }, body: { reason: reason.trim() }, headers: keyHeader(key) }),
    onSuccess: async (canceled) => {
      queries.setQueryData(["order", order.id], canceled);
      onClose();
      showToast(t("office.order.canceled", { number: order.number }));
      await queries.invalidateQueries({ queryKey: ["orders"] });
    },
  });
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("office.order.cancel_title", { number: order.number })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          cancel.mutate();
        }}
      >
        <p>
          {order.paid.amount > 0 ? t("office.order.cancel_paid", { amount: formatMoney(order.paid) }) : t("office.order.cancel_unpaid")}
        </p>
        <p>{t("office.order.cancel_text", { points: order.pointsEarned })}</p>
        <TextInput
          required
          data-autofocus
          label={t("office.order.reason")}
          maxLength={300}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <p role="alert" className={styles.error}>
          {cancel.error ? problemText(cancel.error) : null}
        </p>
        <Button type="submit" size="sm" color="red.9" disabled={reason.trim() === ""} loading={cancel.isPending}>
          {t("office.order.cancel")}
        </Button>
      </form>
    </Modal>
  );
}

function ReceiptDialog({ order, isOpen, onClose }: DialogProps) {
  const [email, setEmail] = useState("");
  const send = useMutation({
    mutationFn: () => api.ask("orders.sendReceipt", { params: { id: order.id }, body: { email: email.trim() } }),
    onSuccess: () => {
      onClose();
      showToast(t("office.order.receipt_sent", { email: email.trim() }));
    },
  });
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.order.send_receipt")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <TextInput
          required
          data-autofocus
          type="email"
          label={t("office.sign_in.email")}
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <p role="alert" className={styles.error}>
          {send.error ? problemText(send.error) : null}
        </p>
        <Button type="submit" size="sm" loading={send.isPending}>
          {t("office.order.send")}
        </Button>
      </form>
    </Modal>
  );
}
