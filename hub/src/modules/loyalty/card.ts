import { isId, type RecordId } from "@weft/kernel";
import type { Signer } from "../../platform/index.ts";

const USE = "card";
const HALF_A_DAY_SECONDS = 12 * 60 * 60;

/** What the card's QR holds: it identifies and earns for half a day, so that a card opened on a bad network still shows. It never burns. */
export function cardToken(signer: Signer, recordId: RecordId): Promise<string> {
  return signer.sign(USE, recordId, HALF_A_DAY_SECONDS);
}

/** The record of a scanned card token, or null when it was not signed here or is too old. */
export async function readCardToken(signer: Signer, token: string): Promise<RecordId | null> {
  const subject = await signer.verify(USE, token);
  // Signed by cardToken, for a record.
  return subject !== null && isId(subject) ? (subject as RecordId) : null;
}
