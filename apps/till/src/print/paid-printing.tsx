import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { useTill } from "../device/till-context.ts";
import { receiptQuery } from "../receipt/screen.tsx";
import { t } from "../t.ts";
import styles from "./print.module.css";
import { openDrawer } from "./open-drawer.ts";
import { usePaperPrinter, usePrinter, usePrintJobs, useReceiptPaper } from "./use-print.ts";

/** Sales whose paper was printed by itself: shown again, a sale does not print twice. */
const handled = new Set<string>();

/** After a sale: the drawer opens for cash, and the receipt comes by itself where the place has it so. Neither holds up the next customer. */
export function usePaidPrinting(orderId: string, isCash: boolean): void {
  const { register } = useTill();
  const { data: receipt } = useQuery(receiptQuery(orderId));
  const printer = usePaperPrinter();
  const paperOf = useReceiptPaper();
  const setup = usePrinter();
  const openForCash = useEffectEvent(() => {
    if (isCash) openDrawer(register.id, orderId, orderId);
  });
  useEffect(() => openForCash(), [orderId]);
  const isWanted = setup !== null && register.receiptPaper === "always";
  useEffect(() => {
    if (!receipt || !isWanted || handled.has(orderId) || printer.copyOf(paperOf(receipt)) > 0) return;
    handled.add(orderId);
    void printer.print(paperOf(receipt), undefined);
  }, [receipt, isWanted, orderId, printer, paperOf]);
}

/** On paper: by one tap where this till has a printer, else on the page that the system prints. */
export function PaperChoice({ orderId, className }: { readonly orderId: string; readonly className: string | undefined }) {
  const setup = usePrinter();
  const { data: receipt } = useQuery(receiptQuery(orderId));
  const printer = usePaperPrinter();
  const paperOf = useReceiptPaper();
  const [isSent, setSent] = useState(false);
  const job = usePrintJobs().findLast((one) => one.orderId === orderId && one.what === "receipt");
  const link = (
    <Link className={className} to="/receipt/$id" params={{ id: orderId }}>
      {setup ? t("till.print.look") : t("till.paid.paper")}
    </Link>
  );
  if (!setup) return link;
  return (
    <>
      {job || isSent ? (
        <p className={styles.state} role="status">
          {t(`till.print.state.${job?.state ?? "queued"}`)}
        </p>
      ) : (
        <Button
          disabled={!receipt || printer.copyOf(paperOf(receipt)) > 0}
          onClick={() => {
            if (!receipt) return;
            setSent(true);
            void printer.print(paperOf(receipt), undefined);
          }}
        >
          {t("till.paid.paper")}
        </Button>
      )}
      {link}
    </>
  );
}
