import type { Locale, LocalizedText } from "@weft/contracts";
import type { BusinessDate } from "@weft/kernel";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand, type Part } from "./frame.ts";
import { WORDS } from "./words.ts";

/** What waits for its goods, and the day on which they come to its place. */
export type AwaitedGoods = {
  readonly goods: readonly { readonly name: LocalizedText; readonly quantity: number }[];
  readonly on: BusinessDate;
};

/** News of goods that an order waits for: they are there, or they come on another day; `on` null: they are there. */
export type GoodsNews = {
  readonly number: string;
  readonly goods: AwaitedGoods["goods"];
  readonly on: BusinessDate | null;
  readonly isSent: boolean;
  readonly placeName: string;
  readonly url: string;
};

type GoodsWords = {
  readonly later: (day: string) => string;
  readonly cameSubject: (number: string) => string;
  readonly cameSent: string;
  readonly cameHere: (place: string) => string;
  readonly movedSubject: (number: string) => string;
  readonly moved: (day: string) => string;
  readonly late: (day: string) => string;
};

const GOODS: Readonly<Record<Locale, GoodsWords>> = {
  en: {
    later: (day) => `Not there yet. We expect it on ${day} and tell you when it comes:`,
    cameSubject: (number) => `The goods of order ${number} are here`,
    cameSent: "What you were waiting for has come in. We pack it and tell you when it leaves.",
    cameHere: (place) => `What you were waiting for has come in. We tell you when it is ready at ${place}.`,
    movedSubject: (number) => `Another date for order ${number}`,
    moved: (day) => `What you are waiting for comes on another day: we now expect it on ${day}. You can cancel it until then.`,
    late: (day) =>
      `More is on its way: we expect it on ${day}, keep it for you and tell you when it comes. If you would rather not wait, cancel it on the page of your order and your money goes back.`,
  },
  fr: {
    later: (day) => `Pas encore disponible. Nous l’attendons pour ${day} et vous prévenons dès son arrivée :`,
    cameSubject: (number) => `Les articles de la commande ${number} sont arrivés`,
    cameSent: "Ce que vous attendiez est arrivé. Nous le préparons et vous prévenons de son départ.",
    cameHere: (place) => `Ce que vous attendiez est arrivé. Nous vous prévenons dès que c’est prêt : ${place}.`,
    movedSubject: (number) => `Nouvelle date pour la commande ${number}`,
    moved: (day) =>
      `Ce que vous attendez arrive à une autre date : nous l’attendons maintenant pour ${day}. Vous pouvez l’annuler jusque-là.`,
    late: (day) =>
      `D’autres sont en route : nous les attendons pour ${day}, vous les réservons et vous prévenons dès leur arrivée. Si vous préférez ne pas attendre, annulez sur la page de votre commande : vous serez remboursé.`,
  },
  de: {
    later: (day) => `Noch nicht da. Wir erwarten es am ${day} und sagen Bescheid, sobald es kommt:`,
    cameSubject: (number) => `Die Ware zu Bestellung ${number} ist da`,
    cameSent: "Worauf Sie gewartet haben, ist eingetroffen. Wir packen es und sagen Bescheid, wenn es das Haus verlässt.",
    cameHere: (place) => `Worauf Sie gewartet haben, ist eingetroffen. Wir sagen Bescheid, sobald es bereitsteht: ${place}.`,
    movedSubject: (number) => `Neuer Termin für Bestellung ${number}`,
    moved: (day) => `Worauf Sie warten, kommt an einem anderen Tag: Wir erwarten es jetzt am ${day}. Bis dahin können Sie es stornieren.`,
    late: (day) =>
      `Nachschub ist unterwegs: Wir erwarten ihn am ${day}, legen ihn für Sie zurück und sagen Bescheid. Wenn Sie nicht warten möchten, stornieren Sie auf der Seite Ihrer Bestellung; Ihr Geld geht dann zurück.`,
  },
  ca: {
    later: (day) => `Encara no hi és. L’esperem per a ${day} i t’avisarem quan arribi:`,
    cameSubject: (number) => `Els articles de la comanda ${number} ja són aquí`,
    cameSent: "El que esperaves ha arribat. Ho preparem i t’avisem quan surti.",
    cameHere: (place) => `El que esperaves ha arribat. T’avisarem quan estigui a punt a ${place}.`,
    movedSubject: (number) => `Nova data per a la comanda ${number}`,
    moved: (day) => `El que esperes arriba un altre dia: ara l’esperem per a ${day}. Fins llavors ho pots anul·lar.`,
    late: (day) =>
      `N’hi ha més de camí: ho esperem per a ${day}, t’ho guardem i t’avisarem quan arribi. Si prefereixes no esperar, anul·la-ho a la pàgina de la comanda i et tornarem els diners.`,
  },
};

/** What of an order is still to come, in its confirmation. */
export function laterParts(locale: Locale, later: readonly AwaitedGoods[]): Part[] {
  return later.flatMap(({ goods, on }): Part[] => [
    { kind: "text", text: GOODS[locale].later(dayOf(locale, on)) },
    { kind: "rows", rows: rowsOf(locale, goods) },
  ]);
}

/** What a place could not serve waits for goods instead, which its customer need not accept. */
export const lateSentence = (locale: Locale, on: BusinessDate): string => GOODS[locale].late(dayOf(locale, on));

/** Goods that an order waits for are there, or come on another day. */
export function goodsMail(brand: Brand, locale: Locale, news: GoodsNews): Rendered {
  const { subject, sentence } = wording(locale, news);
  return renderMail(brand, locale, subject, [
    { kind: "text", text: sentence },
    { kind: "rows", rows: rowsOf(locale, news.goods) },
    { kind: "link", text: WORDS[locale].toOrder, url: news.url },
  ]);
}

/** The same in a text message. */
export function goodsText(brand: Brand, locale: Locale, news: GoodsNews): Rendered {
  const { subject, sentence } = wording(locale, news);
  return { subject: "", text: `${brand.name}: ${subject}. ${sentence}`, html: null };
}

function wording(locale: Locale, { number, on, isSent, placeName }: GoodsNews): { subject: string; sentence: string } {
  const words = GOODS[locale];
  if (on !== null) return { subject: words.movedSubject(number), sentence: words.moved(dayOf(locale, on)) };
  return { subject: words.cameSubject(number), sentence: isSent ? words.cameSent : words.cameHere(placeName) };
}

const rowsOf = (locale: Locale, goods: AwaitedGoods["goods"]): (readonly [string, string])[] =>
  goods.map(({ name, quantity }) => [name[locale] ?? name.en, `${quantity} ×`]);

/** A day of a calendar has no zone: it is read as it is written. */
const dayOf = (locale: Locale, on: BusinessDate): string =>
  new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${on}T00:00:00Z`));
