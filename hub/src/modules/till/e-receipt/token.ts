import type { TillCommand } from "@weft/contracts";
import { ReceiptToken } from "@weft/contracts";
import { tokenHash } from "../../access/index.ts";

/** What is kept of the token that opens a sale's e-receipt: its hash [TIL-23]; null where the till showed none. */
export function receiptHashOf({ kind, body }: Pick<TillCommand, "kind" | "body">): Buffer | null {
  const token = kind === "sale.record" || kind === "sale.complete" ? (body as { readonly receiptToken?: string }).receiptToken : undefined; // by its kind
  return token === undefined ? null : tokenHash(token);
}

/** The hash of what came as a token; undefined for what no till can have made. */
export const hashOfShown = (token: string): Buffer | undefined => (ReceiptToken.safeParse(token).success ? tokenHash(token) : undefined);

const IN_ADDRESS = /\/r\/([\w-]{22})(?:[/?#]|$)/;

/** The token in the address of an e-receipt, as a scanner reads it. */
export const tokenIn = (shown: string): string | undefined => IN_ADDRESS.exec(shown.trim())?.[1];
