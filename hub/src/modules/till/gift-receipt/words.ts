import type { Locale } from "@weft/contracts";

export type GiftWords = {
  readonly title: string;
  readonly text: string;
  readonly receipt: (number: string) => string;
  readonly pdf: string;
};

/** The words of a receipt that goes with a present. */
export const GIFT_WORDS: Readonly<Record<Locale, GiftWords>> = {
  en: {
    title: "Gift receipt",
    text: "Show this code at any till of ours to exchange what is on it or to bring it back.",
    receipt: (number) => `Receipt ${number}`,
    pdf: "Save as PDF",
  },
  fr: {
    title: "Ticket cadeau",
    text: "Montrez ce code à l’une de nos caisses pour échanger ou rapporter ces articles.",
    receipt: (number) => `Ticket ${number}`,
    pdf: "Enregistrer en PDF",
  },
  de: {
    title: "Geschenkbon",
    text: "Mit diesem Code können die Artikel an jeder unserer Kassen umgetauscht oder zurückgegeben werden.",
    receipt: (number) => `Bon ${number}`,
    pdf: "Als PDF speichern",
  },
  ca: {
    title: "Tiquet regal",
    text: "Ensenyeu aquest codi a qualsevol de les nostres caixes per canviar o tornar els articles.",
    receipt: (number) => `Tiquet ${number}`,
    pdf: "Desa com a PDF",
  },
};
