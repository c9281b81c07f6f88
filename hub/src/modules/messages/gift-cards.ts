import type { OrderId } from "@weft/kernel";
import type { ReadCtx, Vault } from "../../platform/index.ts";
import { isGiftCardLine } from "../checkout/index.ts";
import type { BookEntry } from "../orders/index.ts";
import { cardsSoldBy, maskGiftCardCode } from "../payments/index.ts";
import type { QueuedMessage } from "./commands.ts";
import type { GiftCardTold } from "./templates/index.ts";

/** The gift cards of an order as its message is kept: with the end of each code only [MSG-17]. Without any it is no statement. */
export async function giftCardsTold(ctx: Pick<ReadCtx, "db">, vault: Vault, { order, lines }: BookEntry): Promise<GiftCardTold[]> {
  if (!lines.some(isGiftCardLine)) return [];
  const cards = await cardsSoldBy(ctx, vault, order.id, false);
  return cards.map(({ last4, amount, expiresAt }) => ({
    masked: maskGiftCardCode(last4),
    amount,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  }));
}

const MASK = maskGiftCardCode("");

/** Whether a message has the code of a gift card to be put in. */
export const hasMask = ({ text, shown }: QueuedMessage): boolean => shown !== null && text.includes(MASK);

/**
 * The words of a message as its receiver reads them: with the whole codes of the gift cards that its order sold, as far as none was spent yet.
 * What is kept, and what staff read, has their ends only [MSG-17].
 */
export async function withCodes<Words extends { readonly text: string; readonly html: string | null }>(
  ctx: Pick<ReadCtx, "db">,
  vault: Vault,
  message: QueuedMessage,
  words: Words,
): Promise<Words> {
  if (!message.shown || !hasMask(message)) return words;
  // The id of an order is what wrote it there.
  const cards = await cardsSoldBy(ctx, vault, message.shown.order.id as OrderId, true);
  const put = (text: string): string => cards.reduce((all, { last4, code }) => (code ? all.replaceAll(MASK + last4, code) : all), text);
  return { ...words, text: put(words.text), html: words.html && put(words.html) };
}
