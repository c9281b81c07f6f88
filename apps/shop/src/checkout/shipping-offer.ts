import type { CartView, ShippingAnswerView } from "@weft/contracts/client";

/** Whether a cart can be shipped: `goods` says which of them stay in the store; `countries` is empty where nothing is shipped at all. */
export type ShippingOffer = { readonly countries: readonly string[]; readonly stays: readonly CartView["lines"][number][] };

/** What is shipped of a cart's lines, and where to [CKO-2]. Something that may not travel keeps all of it from being shipped. */
export function offerOf(lines: CartView["lines"], answers: readonly (ShippingAnswerView | null)[]): ShippingOffer {
  // A gift card comes as a code: it keeps nothing from being shipped.
  const stays = lines.filter(({ isGiftCard }, index) => !isGiftCard && STAYS.has(answers[index]?.because?.kind ?? ""));
  return { countries: answers[0]?.countries ?? [], stays };
}

const STAYS: ReadonlySet<string> = new Set(["not_shippable", "not_sold_here"]);
