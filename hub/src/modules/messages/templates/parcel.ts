import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand } from "./frame.ts";
import { WORDS } from "./words.ts";

/** A parcel that left, as its customer reads of it. */
export type ParcelNews = {
  readonly number: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl: string | null;
  /** Until when it is promised; null: nothing was. */
  readonly until: Date | null;
  readonly timeZone: string;
  readonly url: string;
};

type ParcelWords = {
  readonly subject: (number: string) => string;
  readonly sent: (carrier: string) => string;
  readonly until: (day: string) => string;
  readonly tracking: string;
  readonly track: string;
};

const PARCEL: Readonly<Record<Locale, ParcelWords>> = {
  en: {
    subject: (number) => `Order ${number} is on its way`,
    sent: (carrier) => `Your parcel has left our place. ${carrier} brings it to you.`,
    until: (day) => `It is to arrive by ${day}.`,
    tracking: "Tracking number",
    track: "Follow the parcel",
  },
  fr: {
    subject: (number) => `La commande ${number} est en route`,
    sent: (carrier) => `Votre colis est parti de chez nous. ${carrier} vous l’apporte.`,
    until: (day) => `Il doit arriver au plus tard ${day}.`,
    tracking: "Numéro de suivi",
    track: "Suivre le colis",
  },
  de: {
    subject: (number) => `Bestellung ${number} ist unterwegs`,
    sent: (carrier) => `Ihr Paket hat unser Haus verlassen. ${carrier} bringt es zu Ihnen.`,
    until: (day) => `Es soll spätestens ${day} ankommen.`,
    tracking: "Sendungsnummer",
    track: "Paket verfolgen",
  },
  ca: {
    subject: (number) => `La comanda ${number} és en camí`,
    sent: (carrier) => `El teu paquet ha sortit de casa nostra. ${carrier} te’l porta.`,
    until: (day) => `Ha d’arribar com a molt tard ${day}.`,
    tracking: "Número de seguiment",
    track: "Segueix el paquet",
  },
};

/** A parcel of an order left with its carrier: its number, and until when it is to arrive. */
export function parcelMail(brand: Brand, locale: Locale, news: ParcelNews): Rendered {
  const words = PARCEL[locale];
  return renderMail(brand, locale, words.subject(news.number), [
    { kind: "text", text: sentence(locale, news) },
    { kind: "rows", rows: [[words.tracking, news.trackingNumber]] },
    ...(news.trackingUrl === null ? [] : [{ kind: "link", text: words.track, url: news.trackingUrl } as const]),
    { kind: "link", text: WORDS[locale].toOrder, url: news.url },
  ]);
}

/** The same in a text message, with the number alone. */
export function parcelText(brand: Brand, locale: Locale, news: ParcelNews): Rendered {
  const words = PARCEL[locale];
  const text = `${brand.name}: ${words.subject(news.number)}. ${sentence(locale, news)} ${words.tracking}: ${news.trackingNumber}`;
  return { subject: "", text, html: null };
}

function sentence(locale: Locale, { carrier, until, timeZone }: ParcelNews): string {
  const words = PARCEL[locale];
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone });
  return until === null ? words.sent(carrier) : `${words.sent(carrier)} ${words.until(format.format(until))}`;
}
