import { queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import type { ReceiptView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { isAway } from "../local/kept.ts";
import { practicedReceipt } from "../outbox/practiced.ts";
import { soldHere } from "../outbox/register-outbox.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { ReceiptActions } from "../print/receipt-actions.tsx";
import { useReceiptPaper, type Copy } from "../print/use-print.ts";
import { t } from "../t.ts";
import { ReceiptPaper } from "./receipt-paper.tsx";
import styles from "./receipt.module.css";

/** Few who buy at a counter ask for one. */
const InvoiceSheet = lazy(async () => ({ default: (await import("../invoice/invoice-sheet.tsx")).InvoiceSheet }));

export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: ["receipt", id],
    queryFn: ({ signal }) => readReceipt(id, signal),
  });

/** The hub's, once it has the sale; before that, and without a network, the one that this register wrote. */
async function readReceipt(id: string, signal: AbortSignal): Promise<ReceiptView> {
  const own = await soldHere()?.ofOrder(id);
  if (own && own.row && !own.row.answer) return own.sale.receipt;
  const practiced = practicedReceipt(id) ?? (own?.sale.receipt.training ? own.sale.receipt : undefined);
  if (practiced) return practiced;
  try {
    return await api.ask("till.receipt", { params: { id }, query: { locale: currentLocale() }, signal });
  } catch (error) {
    if (!own || !isAway(error)) throw error;
    return { ...own.sale.receipt, number: own.row?.answer?.receiptNumber ?? own.sale.receipt.number };
  }
}

/** The receipt as it is printed: one language throughout, that of this screen. */
export function ReceiptScreen({ id }: { readonly id: string }) {
  const receipt = useQuery(receiptQuery(id));
  const navigate = useNavigate();
  const paperOf = useReceiptPaper();
  const [isInvoice, setInvoice] = useState(false);
  const [copy, setCopy] = useState<Copy | undefined>(undefined);
  return (
    <section className={styles.screen} aria-labelledby="receipt-title">
      <h1 id="receipt-title" className="said">
        {t("till.paid.receipt")}
      </h1>
      <div className={styles.actions}>
        <Button onClick={() => void navigate({ to: "/" })}>{t("till.paid.next")}</Button>
        <Button disabled={!receipt.data} onClick={() => void navigate({ to: "/gift/$id", params: { id } })}>
          {t("till.gift.open")}
        </Button>
        <Button disabled={!receipt.data || receipt.data.training} onClick={() => setInvoice(true)}>
          {t("till.invoice.open_sheet")}
        </Button>
        <ReceiptActions paper={receipt.data && paperOf(receipt.data)} onCopy={setCopy} />
      </div>
      {receipt.isPending ? <ScreenSkeleton /> : null}
      {receipt.isError ? <ProblemNote error={receipt.error} onRetry={receipt.refetch} /> : null}
      {receipt.data ? <ReceiptPaper receipt={receipt.data} copy={copy} /> : null}
      {isInvoice && receipt.data ? (
        <Suspense>
          <InvoiceSheet receipt={receipt.data} onClose={() => setInvoice(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}
