import { LOCALES, type Locale, type LocalizedText } from "@weft/contracts";
import { formatMoney, type BusinessDate, type Money } from "@weft/kernel";
import type { BookEntry } from "../../orders/index.ts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand, type Part } from "./frame.ts";
import { laterParts, lateSentence, type AwaitedGoods } from "./goods.ts";
import { WORDS } from "./words.ts";

export type { Brand } from "./frame.ts";
export { bookingMail, type BookingNews } from "./booking.ts";
export { wishMail, type WishNews } from "./wish.ts";
export { offerMail, type OfferNews } from "./offer.ts";
export { amendedMail, amendedText, type AmendedNews } from "./amended.ts";
export { changeOfferMail, changeOfferText, type ChangeOfferNews } from "./change-offer.ts";
export { goodsMail, goodsText, type AwaitedGoods, type GoodsNews } from "./goods.ts";
export { paymentNeededMail, paymentNeededText, type PaymentNeededNews } from "./payment-needed.ts";
export { recallMail, recallText, type RecallNews } from "./recall.ts";
export { parcelMail, parcelText, type ParcelNews } from "./parcel.ts";
export { collectionMail, collectionText, type CollectionNews } from "./collection.ts";

/** The language to write in: one that the hub speaks, else English. */
export function localeIn(text: string | null): Locale {
  return LOCALES.find((locale) => locale === text?.slice(0, 2)) ?? "en";
}

/** A one-time code, to sign in with or to be read back at a till. */
export function codeMail(brand: Brand, locale: Locale, purpose: "sign_in" | "confirm", code: string): Rendered {
  const words = WORDS[locale];
  return renderMail(brand, locale, words.codeSubject(code), [
    { kind: "text", text: purpose === "sign_in" ? words.code : words.confirm },
    { kind: "large", text: code },
    { kind: "text", text: words.codeEnds },
  ]);
}

/** The same in a text message, which has no subject. */
export function codeSms(brand: Brand, locale: Locale, code: string): Rendered {
  return { subject: "", text: `${brand.name}: ${WORDS[locale].sms(code)}`, html: null };
}

/** The confirmation of an order, with the codes that open it at the counter. */
export function orderMail(brand: Brand, locale: Locale, entry: BookEntry, { collectCodes, giftCards, points, later }: OrderNews): Rendered {
  const words = WORDS[locale];
  return renderMail(brand, locale, words.orderSubject(entry.order.number), [
    { kind: "text", text: words.orderThanks },
    goods(locale, entry),
    ...laterParts(locale, later),
    ...giftCards.flatMap((card) => giftCard(locale, card, entry.order.time_zone)),
    ...(collectCodes.length > 0 ? collection(locale, collectCodes) : []),
    ...told(locale, points),
  ]);
}

/** What a confirmation says besides the goods. */
export type OrderNews = {
  readonly collectCodes: readonly string[];
  readonly giftCards: readonly GiftCardTold[];
  readonly points: PointsTold | null;
  /** What of it waits for goods. */
  readonly later: readonly AwaitedGoods[];
};

/** A gift card in a message: its code is masked, and put in only as the message leaves. */
export type GiftCardTold = { readonly masked: string; readonly amount: Money; readonly expiresAt: Date | null };

function giftCard(locale: Locale, { masked, amount, expiresAt }: GiftCardTold, timeZone: string): Part[] {
  const words = WORDS[locale];
  // It ends as a day begins: the one before is its last.
  const last = expiresAt && new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(new Date(expiresAt.getTime() - 1));
  return [
    { kind: "text", text: words.giftCard(formatMoney(amount, locale)) },
    { kind: "large", text: masked },
    ...(last === null ? [] : [{ kind: "text" as const, text: words.giftCardUntil(last) }]),
  ];
}

/** An order waits at the counter of a place. */
export function readyMail(brand: Brand, locale: Locale, number: string, placeName: string, collectCodes: readonly string[]): Rendered {
  const words = WORDS[locale];
  return renderMail(brand, locale, words.readySubject(number), [
    { kind: "text", text: words.ready(placeName) },
    ...codes(locale, collectCodes),
  ]);
}

/** The button by which a mailbox confirms that it wants what was asked for it. */
export function confirmTermsMail(brand: Brand, locale: Locale, url: string): Rendered {
  const words = WORDS[locale];
  return renderMail(brand, locale, words.confirmTermsSubject(brand.name), [
    { kind: "text", text: words.confirmTerms },
    { kind: "link", text: words.confirmTermsButton, url },
    { kind: "text", text: words.confirmTermsElse },
  ]);
}

/** The same words with the way to one's terms below them: on everything that needs a yes. */
export function withTerms(locale: Locale, rendered: Rendered, url: string): Rendered {
  return withLink(rendered, WORDS[locale].yourTerms, url);
}

function withLink({ subject, text, html }: Rendered, words: string, url: string): Rendered {
  const foot = `<p style="margin:2rem 0 0;font-size:.875rem"><a href="${url}" style="color:inherit">${words}</a></p>`;
  return {
    subject,
    text: `${text}\n${words}: ${url}\n`,
    html: html === null ? null : html.replace("</div></body>", `${foot}</div></body>`),
  };
}

/** An order waits, in a text message: short, with its code. */
export function readySms(brand: Brand, locale: Locale, number: string, placeName: string, collectCodes: readonly string[]): Rendered {
  const words = WORDS[locale];
  const text = [`${brand.name}: ${words.readySubject(number)}.`, words.ready(placeName), ...collectCodes].join(" ");
  return { subject: "", text, html: null };
}

/** What of an order is not handed over: a place could not, or (`isWish`) its customer did not want it. */
export type OrderChange = {
  readonly refused: readonly { readonly name: LocalizedText; readonly quantity: number; readonly unit: "piece" | "gram" }[];
  /** Where it is served instead; null: it is canceled. */
  readonly placeName: string | null;
  readonly codes: readonly string[];
  readonly url: string;
  readonly isWish: boolean;
  /** Whether that place sends it; else it is fetched there. */
  readonly isSent: boolean;
  /** The day on which goods for it come to that place, which serves it then; null: it has them. */
  readonly on: BusinessDate | null;
};

/** A place could not serve something: where it can be had instead, when goods come for it, or that it is canceled and paid back. */
export function changedMail(
  brand: Brand,
  locale: Locale,
  number: string,
  { refused, placeName, codes: open, url, isWish, isSent, on }: OrderChange,
): Rendered {
  const words = WORDS[locale];
  const instead = placeName === null ? words.paidBack : isSent ? words.sentFrom(placeName) : words.elsewhere(placeName);
  const rows = refused.map(({ name, quantity, unit }): readonly [string, string] => [
    name[locale] ?? name.en,
    unit === "gram" ? `${quantity} g` : `${quantity} ×`,
  ]);
  return renderMail(brand, locale, words.changedSubject(number), [
    { kind: "text", text: isWish ? words.notWanted : words.notServed },
    { kind: "rows", rows },
    { kind: "text", text: on === null ? instead : lateSentence(locale, on) },
    ...codes(locale, open),
    { kind: "link", text: words.toOrder, url },
  ]);
}

/** New words of privacy: what becomes of one's data from now on, where they can be read, and how long one may object. */
export function noticeMail(
  brand: Brand,
  locale: Locale,
  { address, objectionDays }: { readonly address: string; readonly objectionDays: number },
): Rendered {
  const words = WORDS[locale].notice;
  return renderMail(brand, locale, words.subject(brand.name), [
    { kind: "text", text: words.joining },
    { kind: "link", text: words.read, url: address },
    { kind: "text", text: objectionDays === 0 ? words.objectAtOnce : words.object(objectionDays) },
  ]);
}

/** The same words with the way to object below them, which asks for no sign-in. */
export function withObjection(locale: Locale, rendered: Rendered, url: string): Rendered {
  return withLink(rendered, WORDS[locale].notice.objectLink, url);
}

/** What a member of staff wrote to somebody, in their own words. */
export function writtenMail(brand: Brand, locale: Locale, subject: string, text: string): Rendered {
  return renderMail(brand, locale, subject, [{ kind: "text", text }]);
}

/** The receipt of a sale. */
export function receiptMail(
  brand: Brand,
  locale: Locale,
  entry: BookEntry,
  { giftCards, points }: Omit<OrderNews, "collectCodes" | "later">,
): Rendered {
  const words = WORDS[locale];
  return renderMail(brand, locale, words.receiptSubject(entry.order.number), [
    { kind: "text", text: words.receipt },
    goods(locale, entry),
    ...giftCards.flatMap((card) => giftCard(locale, card, entry.order.time_zone)),
    ...told(locale, points),
  ]);
}

/** What an order brought, and what its customer has since. */
export type PointsTold = { readonly earned: number; readonly balance: number };

function told(locale: Locale, points: PointsTold | null): Part[] {
  if (points === null) return [];
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  return [{ kind: "text", text: WORDS[locale].points(count(points.earned), count(points.balance)) }];
}

const codes = (locale: Locale, collectCodes: readonly string[]): Part[] =>
  collectCodes.length === 0
    ? []
    : [{ kind: "text", text: WORDS[locale].collectCode }, ...collectCodes.map((text): Part => ({ kind: "large", text }))];

const collection = (locale: Locale, collectCodes: readonly string[]): Part[] => [
  { kind: "text", text: WORDS[locale].orderCollect },
  ...codes(locale, collectCodes),
];

/** What was ordered, the deposit on packaging behind the goods that carry it, as on the receipt [PRC-22], and what is paid for all. */
function goods(locale: Locale, { order, lines }: BookEntry): Part {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency }, locale);
  const row = (name: LocalizedText, many: string, amount: number): readonly [string, string] => [
    `${many} ${name[locale] ?? name.en}`,
    money(amount),
  ];
  const rows = lines.flatMap(({ name, ordered, unit, total, deposit }) => {
    const many = unit === "gram" ? `${ordered} g` : `${ordered} ×`;
    const own = row(name, many, total - (deposit?.total ?? 0));
    return deposit ? [own, row(deposit.name, many, deposit.total)] : [own];
  });
  const { words, due } = { words: WORDS[locale], due: order.due };
  return { kind: "rows", rows: [...rows, [words.total, money(order.total)], ...(due > 0 ? [[words.stillDue, money(due)] as const] : [])] };
}
