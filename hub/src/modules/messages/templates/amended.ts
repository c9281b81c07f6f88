import type { Locale, LocalizedText } from "@weft/contracts";
import { formatMoney } from "@weft/kernel";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand, type Part } from "./frame.ts";
import { WORDS } from "./words.ts";

/** Goods, or what shipping costs, that came to an order or left it. Amounts in minor units. */
type MovedLine = { readonly name: LocalizedText; readonly quantity: number; readonly unit: "piece" | "gram"; readonly total: number };

/** A change of an order as its buyer reads of it. */
export type AmendedNews = {
  readonly number: string;
  readonly isCanceled: boolean;
  readonly added: readonly MovedLine[];
  readonly removed: readonly MovedLine[];
  /** Where it is fetched now, or that it is sent now; null: as before. `at`: from when on, or until when it is to arrive. */
  readonly way: { readonly kind: "collect" | "ship"; readonly placeName: string; readonly at: Date | null } | null;
  readonly codes: readonly string[];
  readonly hasNewAddress: boolean;
  readonly hasNewContact: boolean;
  /** What it costs more than before, less when it is negative; what it costs in all; and what of it is paid at the collection. Minor units. */
  readonly difference: number;
  readonly owed: number;
  readonly due: number;
  /** Whether anything was paid that can go back. */
  readonly isPaid: boolean;
  readonly currency: string;
  readonly timeZone: string;
  readonly url: string;
};

type AmendedWords = {
  readonly changed: string;
  readonly canceledSubject: (number: string) => string;
  readonly canceled: string;
  readonly added: string;
  readonly removed: string;
  readonly collect: (place: string, time: string | null) => string;
  readonly ship: (day: string | null) => string;
  readonly address: string;
  readonly contact: string;
  readonly more: string;
  readonly less: string;
  readonly total: string;
  readonly paidBack: string;
};

const AMENDED: Readonly<Record<Locale, AmendedWords>> = {
  en: {
    changed: "Your order was changed. This is what is different now:",
    canceledSubject: (number) => `Order ${number} is canceled`,
    canceled: "Your order was canceled. What you paid goes back to where it came from; what you had not paid is owed no more.",
    added: "Added",
    removed: "Taken off",
    collect: (place, time) => (time === null ? `You collect it at ${place}.` : `You collect it at ${place} from ${time} on.`),
    ship: (day) => (day === null ? "It is sent to you." : `It is sent to you and is to arrive by ${day}.`),
    address: "It goes to the new address.",
    contact: "From now on we tell you about it at this contact.",
    more: "Costs more",
    less: "Costs less",
    total: "New total",
    paidBack: "What you have paid too much goes back to where it came from.",
  },
  fr: {
    changed: "Votre commande a été modifiée. Voici ce qui change :",
    canceledSubject: (number) => `La commande ${number} est annulée`,
    canceled:
      "Votre commande a été annulée. Ce que vous avez payé vous est rendu par le même moyen ; ce qui restait à payer n’est plus dû.",
    added: "Ajouté",
    removed: "Retiré",
    collect: (place, time) => (time === null ? `Elle est à retirer ici : ${place}.` : `Elle est à retirer à partir de ${time} : ${place}.`),
    ship: (day) => (day === null ? "Elle vous est envoyée." : `Elle vous est envoyée et doit arriver au plus tard ${day}.`),
    address: "Elle est envoyée à la nouvelle adresse.",
    contact: "Nous vous en donnons désormais des nouvelles à ces coordonnées.",
    more: "En plus",
    less: "En moins",
    total: "Nouveau total",
    paidBack: "Ce que vous avez payé en trop vous est rendu par le même moyen.",
  },
  de: {
    changed: "Ihre Bestellung wurde geändert. Das ist jetzt anders:",
    canceledSubject: (number) => `Bestellung ${number} ist storniert`,
    canceled:
      "Ihre Bestellung wurde storniert. Was Sie bezahlt haben, geht dorthin zurück, woher es kam; was noch offen war, ist nicht mehr geschuldet.",
    added: "Dazugekommen",
    removed: "Weggefallen",
    collect: (place, time) => (time === null ? `Sie holen sie hier ab: ${place}.` : `Sie holen sie ab ${time} hier ab: ${place}.`),
    ship: (day) => (day === null ? "Sie wird Ihnen zugeschickt." : `Sie wird Ihnen zugeschickt und soll spätestens ${day} ankommen.`),
    address: "Sie geht an die neue Adresse.",
    contact: "Ab jetzt erreichen wir Sie dazu unter diesem Kontakt.",
    more: "Kostet mehr",
    less: "Kostet weniger",
    total: "Neue Summe",
    paidBack: "Was Sie zu viel bezahlt haben, geht dorthin zurück, woher es kam.",
  },
  ca: {
    changed: "La teva comanda ha canviat. Això és el que és diferent:",
    canceledSubject: (number) => `La comanda ${number} està cancel·lada`,
    canceled: "La teva comanda s’ha cancel·lat. El que has pagat torna d’on venia; el que no havies pagat ja no es deu.",
    added: "Afegit",
    removed: "Tret",
    collect: (place, time) => (time === null ? `La reculls aquí: ${place}.` : `La reculls a partir de ${time}: ${place}.`),
    ship: (day) => (day === null ? "Te l’enviem." : `Te l’enviem i ha d’arribar com a molt tard ${day}.`),
    address: "Va a la nova adreça.",
    contact: "A partir d’ara te n’informem en aquest contacte.",
    more: "Costa més",
    less: "Costa menys",
    total: "Total nou",
    paidBack: "El que has pagat de més torna d’on venia.",
  },
};

/** What staff changed of an order, or how it reaches its buyer from now on, with the money that follows [MSG-20]. */
export function amendedMail(brand: Brand, locale: Locale, news: AmendedNews): Rendered {
  if (news.isCanceled)
    return renderMail(brand, locale, subjectOf(locale, news), [
      { kind: "text", text: AMENDED[locale].canceled },
      { kind: "link", text: WORDS[locale].toOrder, url: news.url },
    ]);
  const codes = news.codes.map((text): Part => ({ kind: "large", text }));
  return renderMail(brand, locale, subjectOf(locale, news), [
    { kind: "text", text: AMENDED[locale].changed },
    ...sentences(locale, news).map((text): Part => ({ kind: "text", text })),
    ...(codes.length > 0 ? [{ kind: "text", text: WORDS[locale].collectCode } as const, ...codes] : []),
    { kind: "rows", rows: rowsOf(locale, news) },
    ...(news.difference < 0 && news.isPaid ? [{ kind: "text", text: AMENDED[locale].paidBack } as const] : []),
    { kind: "link", text: WORDS[locale].toOrder, url: news.url },
  ]);
}

/** The same in a text message: what is different, and where it stands. */
export function amendedText(brand: Brand, locale: Locale, news: AmendedNews): Rendered {
  const money = newsMoney(locale, news);
  const total = news.isCanceled ? [] : [`${AMENDED[locale].total}: ${money(news.owed)}.`];
  const said = [`${brand.name}: ${subjectOf(locale, news)}.`, ...(news.isCanceled ? [] : sentences(locale, news)), ...news.codes, ...total];
  return { subject: "", text: [...said, news.url].join(" "), html: null };
}

const subjectOf = (locale: Locale, { isCanceled, number }: AmendedNews): string =>
  isCanceled ? AMENDED[locale].canceledSubject(number) : WORDS[locale].changedSubject(number);

const newsMoney =
  (locale: Locale, { currency }: AmendedNews) =>
  (amount: number): string =>
    formatMoney({ amount, currency }, locale);

function sentences(locale: Locale, { way, hasNewAddress, hasNewContact, timeZone }: AmendedNews): string[] {
  const words = AMENDED[locale];
  const moved =
    way?.kind === "collect"
      ? [words.collect(way.placeName, timeOf(locale, way.at, { weekday: "long", hour: "numeric", minute: "2-digit", timeZone }))]
      : way
        ? [words.ship(timeOf(locale, way.at, { weekday: "long", day: "numeric", month: "long", timeZone }))]
        : [];
  return [...moved, ...(hasNewAddress ? [words.address] : []), ...(hasNewContact ? [words.contact] : [])];
}

const timeOf = (locale: Locale, at: Date | null, format: Intl.DateTimeFormatOptions): string | null =>
  at === null ? null : new Intl.DateTimeFormat(locale, format).format(at);

function rowsOf(locale: Locale, news: AmendedNews): (readonly [string, string])[] {
  const words = AMENDED[locale];
  const money = newsMoney(locale, news);
  const line =
    (label: string, sign: 1 | -1) =>
    ({ name, quantity, unit, total }: MovedLine): readonly [string, string] => [
      `${label}: ${unit === "gram" ? `${quantity} g` : `${quantity} ×`} ${name[locale] ?? name.en}`,
      money(sign * total),
    ];
  const { difference, owed, due } = news;
  return [
    ...news.added.map(line(words.added, 1)),
    ...news.removed.map(line(words.removed, -1)),
    ...(difference === 0 ? [] : [[difference > 0 ? words.more : words.less, money(Math.abs(difference))] as const]),
    [words.total, money(owed)],
    ...(due > 0 ? [[WORDS[locale].stillDue, money(due)] as const] : []),
  ];
}
