/** Random, so that nobody guesses it: 128 bits, as the hub takes them. Made here, so that the code is there before the hub has the sale [TIL-23]. */
export function newReceiptToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Where the e-receipt of a sale is: what the code on the screen says. */
export const receiptAddress = (token: string): string => `${location.origin}/r/${token}`;

/** Where a receipt without prices is. */
export const giftAddress = (token: string): string => `${location.origin}/g/${token}`;

/** Sales since this page was opened, whose paper has the code too. What is kept at the hub is a hash, so a copy that is printed later has none. */
const addresses = new Map<string, string>();

export const keepAddress = (orderId: string, token: string): void => void addresses.set(orderId, receiptAddress(token));
export const addressOf = (orderId: string): string | undefined => addresses.get(orderId);
