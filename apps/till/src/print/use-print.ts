import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { ReceiptView } from "@weft/contracts/client";
import type { DuplicateDocument, FiscalEntry } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { useTill } from "../device/till-context.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { addressOf } from "../receipt/address.ts";
import { giftCardsQuery, sellsGiftCards } from "../receipt/gift-cards.tsx";
import { t } from "../t.ts";
import { nextCopy, type PrintJob } from "./job.ts";
import { newJob, onPrintJobs, printJobs, printQueue } from "./printer.ts";
import { receiptRows } from "./receipt-rows.ts";
import { onSetup, printerSetup, type PrinterSetup } from "./setup.ts";

/** Why a copy is made. */
export const COPY_REASONS = ["customer", "lost", "unreadable"] as const;
export type CopyReason = (typeof COPY_REASONS)[number];
/** A copy of a receipt, as it stands on the paper. */
export type Copy = { readonly copy: number; readonly reason: string };

/** The printer of this till; null where receipts go to the print dialog of the system. */
export const usePrinter = (): PrinterSetup | null => useSyncExternalStore(onSetup, printerSetup);

/** What this till has printed, prints, or could not print. */
export const usePrintJobs = (): readonly PrintJob[] => useSyncExternalStore(onPrintJobs, printJobs);

/** Opens the print jobs of this register, so that what was left from before is printed or shown. */
export function useOpenPrinter(): void {
  const { register } = useTill();
  useEffect(() => {
    // A browser that keeps no databases prints by its dialog.
    printQueue(register.id).catch(() => undefined);
  }, [register.id]);
}

/** A receipt as it stands now: the number of a sale that this register made by itself comes a moment after the sale. */
async function newest(queries: QueryClient, receipt: ReceiptView): Promise<ReceiptView> {
  const queryKey = ["receipt", receipt.orderId];
  await queries.refetchQueries({ queryKey, exact: true }).catch(() => undefined);
  return queries.getQueryData<ReceiptView>(queryKey) ?? receipt;
}

/** The number that the journal of this register gave a copy, which is the one on the paper; undefined where it is not signed here. */
function copySignedIn(entries: unknown): number | undefined {
  if (!Array.isArray(entries)) return undefined;
  const signed = (entries as readonly FiscalEntry[]).findLast(({ type }) => type === "duplicate"); // what the journal kept with the command
  return signed && (signed.body.document as DuplicateDocument).copy; // the type says what the document is
}

/** Prints receipts [DEV-4], and notes what is a copy [DEV-5]. */
export function useReceiptPrinter() {
  const { register } = useTill();
  const queries = useQueryClient();
  const jobs = usePrintJobs();
  return {
    /** Which copy the next print of a receipt is; 0 while it is the receipt itself. */
    copyOf: (receipt: ReceiptView): number => nextCopy(jobs, receipt, new Date()),
    /** Notes the copy before anything is on paper; undefined for the receipt itself. */
    async note(receipt: ReceiptView, reason: CopyReason | null): Promise<Copy | undefined> {
      const counted = nextCopy(printJobs(), receipt, new Date());
      if (counted === 0 || reason === null) return undefined;
      const { orderId, ticket } = receipt;
      const { row } = await registerOutbox().keep("receipt.duplicate", { orderId, copy: counted, reason, ...(ticket && { ticket }) });
      return { copy: copySignedIn(row.command["entries"]) ?? counted, reason: t(`till.print.reason.${reason}`) };
    },
    /** Keeps the job for the printer of this till. */
    async print(shown: ReceiptView, duplicate: Copy | undefined): Promise<void> {
      const receipt = await newest(queries, shown);
      const giftCards = sellsGiftCards(receipt) ? (await queries.ensureQueryData(giftCardsQuery(receipt.orderId))).cards : [];
      const address = receipt.training ? undefined : addressOf(receipt.orderId);
      const rows = receiptRows(receipt, t, { giftCards, ...(duplicate ? { duplicate } : address !== undefined && { address }) });
      const job = newJob({ what: "receipt", title: receipt.number, rows, orderId: receipt.orderId, copy: duplicate?.copy ?? 0 });
      await (await printQueue(register.id)).print(job);
    },
    /** The print dialog of the system was opened for it: whether paper came of it, nobody is told. */
    async byDialog(receipt: ReceiptView, duplicate: Copy | undefined): Promise<void> {
      const job = newJob({ what: "receipt", title: receipt.number, rows: [], orderId: receipt.orderId, copy: duplicate?.copy ?? 0 });
      await (await printQueue(register.id)).print({ ...job, state: "done" });
    },
  };
}
