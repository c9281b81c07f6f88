import type { ReceiptView, ReturnView, TillCommandAnswerView } from "@weft/contracts/client";

/** What was practiced here since this till was opened: the hub has undone it, so it can be asked for nowhere else [TIL-30]. */
const receipts = new Map<string, ReceiptView>();
const returns = new Map<string, ReturnView>();

/** Keeps what a training register's act showed; of every other register there is nothing to keep. */
export function keepPracticed({ practiced }: TillCommandAnswerView): void {
  if (practiced?.receipt) receipts.set(practiced.receipt.orderId, practiced.receipt);
  if (practiced?.return) returns.set(practiced.return.id, practiced.return);
}

export const practicedReceipt = (orderId: string): ReceiptView | undefined => receipts.get(orderId);
export const practicedReturn = (returnId: string): ReturnView | undefined => returns.get(returnId);
