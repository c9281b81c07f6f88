import { queryOptions, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { api } from "../api.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { t } from "../t.ts";
import { ReceiptPaper } from "./receipt-paper.tsx";
import styles from "./receipt.module.css";

export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: ["receipt", id],
    queryFn: ({ signal }) => api.ask("till.receipt", { params: { id }, query: { locale: currentLocale() }, signal }),
  });

/** The receipt as it is printed: one language throughout, that of this screen. */
export function ReceiptScreen({ id }: { readonly id: string }) {
  const receipt = useQuery(receiptQuery(id));
  const navigate = useNavigate();
  return (
    <section className={styles.screen} aria-labelledby="receipt-title">
      <h1 id="receipt-title" className="said">
        {t("till.paid.receipt")}
      </h1>
      <div className={styles.actions}>
        <Button onClick={() => void navigate({ to: "/" })}>{t("till.paid.next")}</Button>
        <Button kind="primary" disabled={!receipt.data} onClick={() => print()}>
          {t("till.receipt.print")}
        </Button>
      </div>
      {receipt.isPending ? <ScreenSkeleton /> : null}
      {receipt.isError ? <ProblemNote error={receipt.error} onRetry={receipt.refetch} /> : null}
      {receipt.data ? <ReceiptPaper receipt={receipt.data} /> : null}
    </section>
  );
}
