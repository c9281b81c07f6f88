import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand } from "./frame.ts";

/** A change of an order that waits for its difference, as its buyer reads of it. */
export type ChangeOfferNews = {
  readonly number: string;
  readonly staffName: string;
  /** What it costs more, and until when it can be paid, in words. */
  readonly amount: string;
  readonly until: string;
  readonly url: string;
};

type ChangeOfferWords = {
  readonly subject: (number: string, amount: string) => string;
  readonly made: (staffName: string) => string;
  readonly amount: string;
  readonly until: string;
  readonly look: string;
  readonly else: string;
};

const OFFER: Readonly<Record<Locale, ChangeOfferWords>> = {
  en: {
    subject: (number, amount) => `Order ${number}: ${amount} for your change`,
    made: (staffName) => `${staffName} prepared the change of your order that you asked for. It is made as soon as the difference is paid.`,
    amount: "To pay",
    until: "Until",
    look: "Look at the change and pay",
    else: "If it is not paid by then, your order stays as it is.",
  },
  fr: {
    subject: (number, amount) => `Commande ${number} : ${amount} pour votre modification`,
    made: (staffName) =>
      `${staffName} a préparé la modification de commande que vous avez demandée. Elle est faite dès que la différence est payée.`,
    amount: "À payer",
    until: "Jusqu’au",
    look: "Voir la modification et payer",
    else: "Si rien n’est payé d’ici là, votre commande reste telle quelle.",
  },
  de: {
    subject: (number, amount) => `Bestellung ${number}: ${amount} für Ihre Änderung`,
    made: (staffName) =>
      `${staffName} hat die gewünschte Änderung Ihrer Bestellung vorbereitet. Sie gilt, sobald der Unterschied bezahlt ist.`,
    amount: "Zu zahlen",
    until: "Bis",
    look: "Änderung ansehen und bezahlen",
    else: "Wird bis dahin nicht bezahlt, bleibt Ihre Bestellung, wie sie ist.",
  },
  ca: {
    subject: (number, amount) => `Comanda ${number}: ${amount} pel teu canvi`,
    made: (staffName) => `${staffName} ha preparat el canvi de comanda que has demanat. Es farà tan bon punt la diferència estigui pagada.`,
    amount: "Per pagar",
    until: "Fins al",
    look: "Mira el canvi i paga",
    else: "Si no es paga abans, la teva comanda es queda com està.",
  },
};

/** Where the difference of a change is paid, and until when [MSG-21]. */
export function changeOfferMail(brand: Brand, locale: Locale, { number, staffName, amount, until, url }: ChangeOfferNews): Rendered {
  const words = OFFER[locale];
  return renderMail(brand, locale, words.subject(number, amount), [
    { kind: "text", text: words.made(staffName === "" ? brand.name : staffName) },
    {
      kind: "rows",
      rows: [
        [words.amount, amount],
        [words.until, until],
      ],
    },
    { kind: "link", text: words.look, url },
    { kind: "text", text: words.else },
  ]);
}

/** The same in a text message. */
export function changeOfferText(brand: Brand, locale: Locale, { number, amount, until, url }: ChangeOfferNews): Rendered {
  const words = OFFER[locale];
  return { subject: "", text: `${brand.name}: ${words.subject(number, amount)}. ${words.until} ${until}. ${url}`, html: null };
}
