import type { GiftReceiptView, Locale, LocalizedText } from "@weft/contracts";
import { toString as drawCode } from "qrcode";
import { frame, safe, type PageFacts } from "../e-receipt/page.ts";
import { E_RECEIPT_WORDS } from "../e-receipt/words.ts";
import { GIFT_WORDS } from "./words.ts";

const textIn = (text: LocalizedText, locale: Locale): string => text[locale] ?? text.en;

/** How much of it, as a phone or paper shows it: `2`, or the weight. */
export function amountText({ quantity, unit }: GiftReceiptView["lines"][number], locale: Locale): string {
  if (unit === "piece") return new Intl.NumberFormat(locale).format(quantity);
  return new Intl.NumberFormat(locale, { style: "unit", unit: "kilogram", minimumFractionDigits: 3 }).format(quantity / 1000);
}

/** The receipt without prices as a page without scripts [TIL-46]: what it is, where it was bought, and the code that exchanges it. */
export async function giftPage(gift: GiftReceiptView, facts: PageFacts): Promise<string> {
  const { locale } = facts;
  const words = GIFT_WORDS[locale];
  const code = await drawCode(facts.address, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: gift.timeZone }).format(new Date(gift.at));
  const lines = gift.lines.map((line) => {
    const options = line.options.map((option) => textIn(option, locale)).join(", ");
    return `<li class="row"><span>${safe(`${amountText(line, locale)} ${textIn(line.name, locale)}`)}<small>${safe(options)}</small></span></li>`;
  });
  const body = `<main><article>
<header><h1>${words.title}</h1><p>${safe(gift.place.name)}</p>
<p>${safe(gift.place.address)}</p>${gift.place.phone === null ? "" : `<p>${safe(gift.place.phone)}</p>`}
<p>${safe(gift.entityName)}</p></header>
<div class="row"><span>${safe(words.receipt(gift.number))}</span><time datetime="${safe(gift.at)}">${safe(when)}</time></div>
<section><ul>${lines.join("")}</ul></section>
<section class="back"><p class="quiet">${words.text}</p><div class="qr" role="img" aria-label="${words.text}">${code}</div></section>
</article></main>
<div class="do"><a class="button second" href="/g/${facts.token}/receipt.pdf?language=${locale}">${words.pdf}</a></div>`;
  return frame(facts, E_RECEIPT_WORDS[locale], { title: `${words.title} · ${gift.place.name}`, body });
}
