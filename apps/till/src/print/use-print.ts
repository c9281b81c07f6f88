import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { ReceiptView } from "@weft/contracts/client";
import type { DuplicateDocument, FiscalEntry } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { useTill } from "../device/till-context.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { addressOf } from "../receipt/address.ts";
import { giftCardsQuery, sellsGiftCards } from "../receipt/gift-cards.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { t } from "../t.ts";
import { nextCopy, type PrintJob } from "./job.ts";
import { newJob, onPrintJobs, printJobs, printQueue } from "./printer.ts";
import type { PaperRow } from "./paper.ts";
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

/** So often it is looked whether a German ticket was signed by its device, which is a moment after the sale; then the paper says that it was not. */
const TSE_LOOKS = 6;
const TSE_LOOK_MS = 400;

/** A receipt as it stands now: the number of a sale that this register made by itself comes a moment after the sale. */
async function newest(queries: QueryClient, receipt: ReceiptView): Promise<ReceiptView> {
  const queryKey = ["receipt", receipt.orderId];
  for (let looks = 1; ; looks++) {
    await queries.refetchQueries({ queryKey, exact: true }).catch(() => undefined);
    const found = queries.getQueryData<ReceiptView>(queryKey) ?? receipt;
    if (found.tse?.state !== "waiting" || looks === TSE_LOOKS) return found;
    await new Promise((resolve) => setTimeout(resolve, TSE_LOOK_MS));
  }
}

/** The number that the journal of this register gave a copy, which is the one on the paper; undefined where it is not signed here. */
function copySignedIn(entries: unknown): number | undefined {
  if (!Array.isArray(entries)) return undefined;
  const signed = (entries as readonly FiscalEntry[]).findLast(({ type }) => type === "duplicate"); // what the journal kept with the command
  return signed && (signed.body.document as DuplicateDocument).copy; // the type says what the document is
}

/** What is printed once, and after that as a copy [DEV-5]. */
export type Paper = {
  readonly what: "receipt" | "return";
  /** The order, or the return: by it its copies are counted here. */
  readonly id: string;
  readonly orderId: string | null;
  readonly at: string;
  /** Where it stands in the journal, if a register wrote it. */
  readonly ticket: ReceiptView["ticket"];
  readonly rows: (copy: Copy | undefined) => Promise<{ readonly title: string; readonly rows: readonly PaperRow[] }>;
};

/** The paper of a sale. */
export function useReceiptPaper(): (receipt: ReceiptView) => Paper {
  const queries = useQueryClient();
  return (shown) => ({
    what: "receipt",
    id: shown.orderId,
    orderId: shown.orderId,
    at: shown.at,
    ticket: shown.ticket,
    async rows(duplicate) {
      const receipt = await newest(queries, shown);
      const { cards: giftCards, toppedUp } = sellsGiftCards(receipt)
        ? await queries.ensureQueryData(giftCardsQuery(receipt.orderId))
        : { cards: [], toppedUp: [] };
      const address = receipt.training ? undefined : addressOf(receipt.orderId);
      const extras = { giftCards, toppedUp, ...(duplicate ? { duplicate } : address !== undefined && { address }) };
      return { title: receipt.number, rows: receiptRows(receipt, t, extras) };
    },
  });
}

/** Prints papers [DEV-4], and notes what is a copy [DEV-5]. */
export function usePaperPrinter() {
  const { register } = useTill();
  const jobs = usePrintJobs();
  return {
    /** Which copy the next print of a paper is; 0 while it is the paper itself. */
    copyOf: (paper: Paper): number => nextCopy(jobs, paper, new Date()),
    /** Notes the copy before anything is on paper; undefined for the paper itself. */
    async note(paper: Paper, reason: CopyReason | null): Promise<Copy | undefined> {
      const copy = nextCopy(printJobs(), paper, new Date());
      if (copy === 0 || reason === null) return undefined;
      const { orderId, ticket } = paper;
      const { row } = await registerOutbox().keep("receipt.duplicate", { orderId, copy, reason, ...(ticket && { ticket }) });
      return { copy: copySignedIn(row.command["entries"]) ?? copy, reason: t(`till.print.reason.${reason}`) };
    },
    /** Keeps the job for the printer of this till. */
    async print(paper: Paper, duplicate: Copy | undefined): Promise<void> {
      const { title, rows } = await paper.rows(duplicate);
      const job = newJob({ what: paper.what, title, rows, orderId: paper.id, copy: duplicate?.copy ?? 0 });
      await (await printQueue(register.id)).print(job);
    },
    /** The print dialog of the system was opened for it: whether paper came of it, nobody is told. */
    async byDialog(paper: Paper, duplicate: Copy | undefined): Promise<void> {
      const job = newJob({ what: paper.what, title: "", rows: [], orderId: paper.id, copy: duplicate?.copy ?? 0 });
      await (await printQueue(register.id)).print({ ...job, state: "done" });
    },
  };
}

/** Prints a slip that is no ticket, as a report or a cash movement: it may be printed as often as somebody likes. */
export function useSlipPrinter(): (title: string, rows: readonly PaperRow[]) => Promise<void> {
  const { register } = useTill();
  return async (title, rows) => {
    await (await printQueue(register.id)).print(newJob({ what: "slip", title, rows }));
    showToast(t("till.print.sent"));
  };
}
