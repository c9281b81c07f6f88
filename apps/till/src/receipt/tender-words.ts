/** What a tender is called on paper. */
const TENDER_WORDS = {
  cash: "till.receipt.cash",
  card: "till.receipt.card",
  due_at_collection: "till.receipt.due",
  gift_card: "till.receipt.gift_card",
  store_credit: "till.receipt.store_credit",
  points: "till.receipt.by_points",
  account: "till.receipt.on_account",
} as const;

/** The message that names a kind of tender; undefined for one that this till does not know. */
export function tenderWord(kind: string): (typeof TENDER_WORDS)[keyof typeof TENDER_WORDS] | undefined {
  return kind in TENDER_WORDS ? TENDER_WORDS[kind as keyof typeof TENDER_WORDS] : undefined; // a key of it, checked before
}
