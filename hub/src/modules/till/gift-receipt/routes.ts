import type { GiftReceiptView, Locale } from "@weft/contracts";
import { drawPresent, type DocumentBrand } from "../../orders/index.ts";
import { problemOf, raw, read, sendProblem, type RawCall, type Route } from "../../../platform/index.ts";
import { missingPage, type PageFacts } from "../e-receipt/page.ts";
import { addressOf, askedOf, PAGE_POLICY, PRIVATE, readCtxOf } from "../e-receipt/call.ts";
import { hashOfShown } from "../e-receipt/token.ts";
import { TILL_PROBLEMS } from "../errors.ts";
import { amountText, giftPage } from "./page.ts";
import { readGiftReceipt } from "./read.ts";
import { GIFT_WORDS } from "./words.ts";

/** Receipts without prices: for whoever has the address, which nobody guesses. */
export const giftReceiptRoutes = ({ brand }: { readonly brand: DocumentBrand }): readonly Route[] => [
  read("till.giftReceipt", (ctx, { params }) => readGiftReceipt(ctx, params.token), { problems: TILL_PROBLEMS }),
  raw("till.giftReceiptPage", (call) => answerPage(call, brand)),
  raw("till.giftReceiptPdf", (call) => answerPdf(call, brand)),
];

async function answerPage(call: RawCall, brand: DocumentBrand) {
  const { token, locale } = askedOf(call);
  const facts: PageFacts = { locale, brand: brand.name, address: addressOf(call, "/g", token), token, path: "/g" };
  const gift = await readGiftReceipt(readCtxOf(call), token);
  if (!gift.ok && !(call.request.headers.accept ?? "").includes("text/html")) return refuse(call);
  const page = gift.ok ? await giftPage(gift.value, facts) : missingPage(facts, hashOfShown(token) !== undefined);
  return call.reply
    .code(gift.ok ? 200 : 404)
    .headers({ ...PRIVATE, "content-security-policy": PAGE_POLICY, vary: "accept-language" })
    .type("text/html; charset=utf-8")
    .send(page);
}

async function answerPdf(call: RawCall, brand: DocumentBrand) {
  const { token, locale } = askedOf(call);
  const gift = await readGiftReceipt(readCtxOf(call), token);
  if (!gift.ok) return refuse(call);
  const pdf = await drawPresent(printed(gift.value, locale, addressOf(call, "/g", token)), brand);
  return call.reply
    .code(200)
    .headers({ ...PRIVATE, "content-disposition": `inline; filename="${gift.value.number}.pdf"` })
    .type("application/pdf")
    .send(pdf);
}

function printed(gift: GiftReceiptView, language: Locale, address: string) {
  const words = GIFT_WORDS[language];
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: gift.timeZone }).format(new Date(gift.at));
  const { name, address: street, phone } = gift.place;
  return {
    language,
    at: new Date(gift.at),
    title: words.title,
    head: [name, street, ...(phone === null ? [] : [phone]), gift.entityName, `${words.receipt(gift.number)} · ${day}`],
    lines: gift.lines.map((line) => ({
      text: `${amountText(line, language)} ${line.name[language] ?? line.name.en}`,
      more: line.options.map((option) => option[language] ?? option.en).join(", "),
    })),
    code: { text: address, caption: words.text },
  };
}

const refuse = ({ request, reply }: RawCall) =>
  sendProblem(reply, problemOf({ code: "till.no_receipt" }, TILL_PROBLEMS["till.no_receipt"], request.id));
