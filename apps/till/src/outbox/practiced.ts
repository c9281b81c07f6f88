import type { ReceiptView, ReturnView, TillCommandAnswerView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";

type Practiced = NonNullable<TillCommandAnswerView["practiced"]>;

/** What was practiced here since this till was opened: the hub has undone it, so it can be asked for nowhere else [TIL-30]. */
const receipts = new Map<string, NonNullable<Practiced["receipts"]>>();
const returns = new Map<string, ReturnView>();

/** Keeps what a training register's act showed; of every other register there is nothing to keep. */
export function keepPracticed({ orderId, practiced }: TillCommandAnswerView): void {
  if (practiced?.receipts && orderId !== null) receipts.set(orderId, practiced.receipts);
  if (practiced?.return) returns.set(practiced.return.id, practiced.return);
}

export const practicedReceipt = (orderId: string): ReceiptView | undefined => receipts.get(orderId)?.[currentLocale()];
export const practicedReturn = (returnId: string): ReturnView | undefined => returns.get(returnId);
