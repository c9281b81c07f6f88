import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand, type Part } from "./frame.ts";

/** What somebody at a desk put together for its reader. */
export type OfferNews = {
  readonly kind: "link" | "quote" | "proposal";
  readonly number: string;
  readonly staffName: string;
  readonly total: string;
  /** When it ends, in words. */
  readonly until: string;
  readonly note: string | null;
  readonly url: string;
};

type OfferWords = {
  readonly subject: Readonly<Record<OfferNews["kind"], (number: string) => string>>;
  readonly made: (staffName: string) => string;
  readonly total: string;
  readonly until: string;
  readonly look: Readonly<Record<OfferNews["kind"], string>>;
  readonly alone: string;
};

const OFFER: Readonly<Record<Locale, OfferWords>> = {
  en: {
    subject: {
      link: (number) => `Your cart ${number} is ready to be paid`,
      quote: (number) => `Your quote ${number}`,
      proposal: (number) => `Your proposal ${number}`,
    },
    made: (staffName) => `${staffName} put this together for you.`,
    total: "Total",
    until: "Valid until",
    look: { link: "Look at it and pay", quote: "Look at it and accept", proposal: "Look at it" },
    alone: "Whoever has this link can pay it. Its prices hold until the end.",
  },
  fr: {
    subject: {
      link: (number) => `Votre panier ${number} peut être payé`,
      quote: (number) => `Votre devis ${number}`,
      proposal: (number) => `Votre proposition ${number}`,
    },
    made: (staffName) => `${staffName} a préparé ceci pour vous.`,
    total: "Total",
    until: "Valable jusqu’au",
    look: { link: "Voir et payer", quote: "Voir et accepter", proposal: "Voir la proposition" },
    alone: "Toute personne qui a ce lien peut payer. Les prix sont garantis jusqu’à cette date.",
  },
  de: {
    subject: {
      link: (number) => `Ihr Warenkorb ${number} kann bezahlt werden`,
      quote: (number) => `Ihr Angebot ${number}`,
      proposal: (number) => `Ihr Vorschlag ${number}`,
    },
    made: (staffName) => `${staffName} hat das für Sie zusammengestellt.`,
    total: "Summe",
    until: "Gültig bis",
    look: { link: "Ansehen und bezahlen", quote: "Ansehen und annehmen", proposal: "Vorschlag ansehen" },
    alone: "Wer diesen Link hat, kann bezahlen. Die Preise gelten bis zum Ende.",
  },
  ca: {
    subject: {
      link: (number) => `La teva cistella ${number} ja es pot pagar`,
      quote: (number) => `El teu pressupost ${number}`,
      proposal: (number) => `La teva proposta ${number}`,
    },
    made: (staffName) => `${staffName} ho ha preparat per a tu.`,
    total: "Total",
    until: "Vàlid fins al",
    look: { link: "Mira-ho i paga", quote: "Mira-ho i accepta", proposal: "Mira la proposta" },
    alone: "Qui tingui aquest enllaç ho pot pagar. Els preus es mantenen fins al final.",
  },
};

/** A cart that staff made, with the way to its page. */
export function offerMail(brand: Brand, locale: Locale, { kind, number, staffName, total, until, note, url }: OfferNews): Rendered {
  const words = OFFER[locale];
  const said: Part[] = note === null ? [] : [{ kind: "text", text: note }];
  return renderMail(brand, locale, words.subject[kind](number), [
    { kind: "text", text: words.made(staffName) },
    ...said,
    {
      kind: "rows",
      rows: [
        [words.total, total],
        [words.until, until],
      ],
    },
    { kind: "link", text: words.look[kind], url },
    { kind: "text", text: words.alone },
  ]);
}
