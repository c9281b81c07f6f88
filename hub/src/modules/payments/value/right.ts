import type { GiftCardView } from "@weft/contracts";
import { asId, isId } from "@weft/kernel";
import type { Signer } from "../../../platform/index.ts";
import { GIFT_CARD_RIGHT, type GiftCardId } from "../domain.ts";

type Right = Pick<GiftCardView, "cardId" | "left" | "expiresAt">;
const YEAR_SECONDS = 366 * 86_400;

/**
 * What the QR of a gift card holds beside its code [PAY-52]: the hub's word that the card exists, in which currency and with how much on it now. A
 * register without a network takes at most that, and at most what its place says; the balance is nobody's to promise there. It ends with the
 * card, after a year at the latest. It is no key to the card: whoever reads it still needs the code where the hub can be asked.
 */
export async function giftCardRight(signer: Signer, { cardId, left, expiresAt }: Right, now: Date): Promise<string | null> {
  const seconds = expiresAt === null ? YEAR_SECONDS : Math.floor((Date.parse(expiresAt) - now.getTime()) / 1000);
  if (left.amount <= 0 || seconds <= 0) return null;
  return signer.sign(GIFT_CARD_RIGHT, cardId, Math.min(seconds, YEAR_SECONDS), { most: left.amount, currency: left.currency });
}

/** The card of a right that stood at a moment; null where it was not signed here, or had ended. */
export async function cardOfRight(signer: Signer, right: string, at: Date): Promise<GiftCardId | null> {
  const subject = await signer.verify(GIFT_CARD_RIGHT, right, at);
  return subject !== null && isId(subject) ? asId<GiftCardId>(subject) : null;
}
