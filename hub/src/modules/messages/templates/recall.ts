import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand, type Part } from "./frame.ts";

/** What was bought and is called back, as its buyer reads of it. */
export type RecallNews = {
  readonly name: string;
  readonly batch: string | null;
  readonly serial: string | null;
  readonly orderNumber: string;
  /** Null: no store sold it. */
  readonly placeName: string | null;
  /** When it was bought, in words. */
  readonly day: string;
  readonly reason: string;
  readonly advice: string | null;
};

type RecallWords = {
  readonly subject: (name: string) => string;
  readonly bought: (name: string) => string;
  readonly stop: string;
  readonly rows: Readonly<Record<"batch" | "serial" | "day" | "place" | "order" | "reason", string>>;
  readonly why: string;
};

const RECALL: Readonly<Record<Locale, RecallWords>> = {
  en: {
    subject: (name) => `Recall: please do not use ${name}`,
    bought: (name) => `You bought ${name} from us. We are calling it back.`,
    stop: "Please do not use it any more, and tell whoever you gave it to.",
    rows: { batch: "Batch", serial: "Serial number", day: "Bought on", place: "At", order: "Order", reason: "Why" },
    why: "We write to you because this concerns your safety. This is no advertising.",
  },
  fr: {
    subject: (name) => `Rappel : n’utilisez plus ${name}`,
    bought: (name) => `Vous avez acheté ${name} chez nous. Nous rappelons cet article.`,
    stop: "Ne l’utilisez plus, et prévenez la personne à qui vous l’auriez donné.",
    rows: { batch: "Lot", serial: "Numéro de série", day: "Acheté le", place: "Magasin", order: "Commande", reason: "Motif" },
    why: "Nous vous écrivons parce qu’il s’agit de votre sécurité. Ce n’est pas de la publicité.",
  },
  de: {
    subject: (name) => `Rückruf: ${name} bitte nicht mehr verwenden`,
    bought: (name) => `Sie haben bei uns ${name} gekauft. Wir rufen diese Ware zurück.`,
    stop: "Bitte verwenden Sie sie nicht mehr, und sagen Sie es allen, denen Sie davon gegeben haben.",
    rows: { batch: "Charge", serial: "Seriennummer", day: "Gekauft am", place: "Filiale", order: "Bestellung", reason: "Grund" },
    why: "Wir schreiben Ihnen, weil es um Ihre Sicherheit geht. Das ist keine Werbung.",
  },
  ca: {
    subject: (name) => `Retirada: no facis servir ${name}`,
    bought: (name) => `Ens vas comprar ${name}. Retirem aquest producte.`,
    stop: "No el facis servir més, i avisa qui l’hagi rebut de tu.",
    rows: { batch: "Lot", serial: "Número de sèrie", day: "Comprat el", place: "Botiga", order: "Comanda", reason: "Motiu" },
    why: "T’escrivim perquè es tracta de la teva seguretat. No és publicitat.",
  },
};

/** Goods that somebody bought are called back [BAT-5]. */
export function recallMail(brand: Brand, locale: Locale, news: RecallNews): Rendered {
  const words = RECALL[locale];
  const { name, batch, serial, day, placeName, orderNumber, reason, advice } = news;
  const row = (key: keyof RecallWords["rows"], value: string | null) => (value === null ? [] : [[words.rows[key], value] as const]);
  const rows = [
    ...row("batch", batch),
    ...row("serial", serial),
    ...row("day", day),
    ...row("place", placeName),
    ...row("order", orderNumber),
    ...row("reason", reason),
  ];
  const told: Part[] = advice === null ? [] : [{ kind: "text", text: advice }];
  return renderMail(brand, locale, words.subject(name), [
    { kind: "text", text: words.bought(name) },
    { kind: "text", text: words.stop },
    ...told,
    { kind: "rows", rows },
    { kind: "text", text: words.why },
  ]);
}

/** The same in a text message. */
export function recallText(brand: Brand, locale: Locale, { name, batch, orderNumber, reason, advice }: RecallNews): Rendered {
  const words = RECALL[locale];
  const which = [...(batch === null ? [] : [`${words.rows.batch} ${batch}`]), `${words.rows.order} ${orderNumber}`].join(", ");
  const text = [`${brand.name}: ${words.subject(name)} (${which}).`, reason, advice ?? words.stop].join(" ");
  return { subject: "", text, html: null };
}
