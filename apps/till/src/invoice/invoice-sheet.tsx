import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { BodyOf, ReceiptView } from "@weft/contracts/client";
import { InvoiceForm } from "@weft/ui/order/invoice-form.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { ADDRESS_RULE } from "../elsewhere/send-home.tsx";
import { useAway } from "../local/use-away.ts";
import { t } from "../t.ts";
import styles from "./invoice.module.css";

/** The number comes a moment after it was asked for. */
const LOOK_MS = 500;

const invoiceQuery = (orderId: string) =>
  queryOptions({
    queryKey: ["invoice", orderId],
    queryFn: async ({ signal }) => {
      const { items } = await api.ask("orders.documents", { params: { id: orderId }, signal });
      return items.find(({ kind }) => kind === "invoice") ?? null;
    },
  });

type Props = { readonly receipt: ReceiptView; readonly onClose: () => void };

/** The invoice of a sale that has its receipt: asked for once, then it is there to be opened and printed. */
export function InvoiceSheet({ receipt, onClose }: Props) {
  const { orderId } = receipt;
  const isAway = useAway();
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: (body: BodyOf<"orders.askInvoice">) => api.ask("orders.askInvoice", { params: { id: orderId }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["invoice", orderId] }),
  });
  const isAsked = ask.isSuccess;
  const invoice = useQuery({
    ...invoiceQuery(orderId),
    enabled: !isAway,
    refetchInterval: ({ state }) => (isAsked && !state.data ? LOOK_MS : false),
  });
  const open = useMutation({
    mutationFn: async (id: string) => showFile(await api.file(`/v1/documents/${id}.pdf`, {})),
  });
  const problem = ask.error ?? invoice.error ?? open.error;
  const number = invoice.data?.number;
  // The receipt on the screen says it from now on.
  useEffect(() => {
    if (number !== undefined && number !== receipt.invoice) void queries.invalidateQueries({ queryKey: ["receipt", orderId] });
  }, [number, receipt.invoice, queries, orderId]);
  return (
    <Sheet open onClose={onClose} title={t("till.invoice.title")}>
      {isAway ? (
        <p role="status">{t("till.invoice.needs_hub")}</p>
      ) : invoice.data ? (
        <>
          <p role="status">{t("till.invoice.there", { number: invoice.data.number })}</p>
          <Button kind="primary" wide busy={open.isPending} onClick={() => invoice.data && open.mutate(invoice.data.id)}>
            {t("till.invoice.open")}
          </Button>
        </>
      ) : invoice.isPending || isAsked ? (
        <ScreenSkeleton />
      ) : (
        <>
          <p className={styles.text}>{t("till.invoice.text")}</p>
          <InvoiceForm rule={ADDRESS_RULE} country={receipt.entity.country} isBusy={ask.isPending} onAsk={(body) => ask.mutate(body)} />
        </>
      )}
      {problem ? <ProblemNote error={problem} /> : null}
    </Sheet>
  );
}

/** In a tab of its own, where the browser prints it on any paper; A4 is not what a receipt printer holds. */
function showFile(file: Blob): void {
  const url = URL.createObjectURL(file);
  if (window.open(url, "_blank") === null) location.assign(url);
  // The tab has read it long before.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
