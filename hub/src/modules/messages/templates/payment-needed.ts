import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand } from "./frame.ts";

/** What is due on an order and is to be paid before its goods leave, as its buyer reads of it. */
export type PaymentNeededNews = {
  readonly number: string;
  /** In words. */
  readonly due: string;
  readonly because: "agreement_ended" | "card_declined";
  readonly url: string;
};

type PaymentNeededWords = {
  readonly subject: (number: string, due: string) => string;
  readonly because: Readonly<Record<PaymentNeededNews["because"], string>>;
  readonly waits: string;
  readonly amount: string;
  readonly pay: string;
};

const NEEDED: Readonly<Record<Locale, PaymentNeededWords>> = {
  en: {
    subject: (number, due) => `Order ${number}: ${due} to pay before it leaves`,
    because: {
      agreement_ended: "Your bank agreed to this payment for some days only, and they are over. Nothing was taken.",
      card_declined: "The card that you ordered with was declined when we wanted to send your goods. Nothing was taken.",
    },
    waits: "We keep your goods and send them as soon as this is paid. If you no longer want them, cancel on the page of your order.",
    amount: "To pay",
    pay: "Pay now",
  },
  fr: {
    subject: (number, due) => `Commande ${number} : ${due} à payer avant le départ`,
    because: {
      agreement_ended: "Votre banque avait autorisé ce paiement pour quelques jours seulement, et ce délai est passé. Rien n’a été débité.",
      card_declined: "La carte utilisée à la commande a été refusée au moment d’expédier vos articles. Rien n’a été débité.",
    },
    waits:
      "Nous gardons vos articles et les expédions dès que ce montant est payé. Si vous n’en voulez plus, annulez sur la page de votre commande.",
    amount: "À payer",
    pay: "Payer maintenant",
  },
  de: {
    subject: (number, due) => `Bestellung ${number}: ${due} vor dem Versand zu zahlen`,
    because: {
      agreement_ended: "Ihre Bank hatte dieser Zahlung nur für einige Tage zugestimmt, und die sind vorbei. Es wurde nichts abgebucht.",
      card_declined: "Die Karte Ihrer Bestellung wurde abgelehnt, als wir die Ware schicken wollten. Es wurde nichts abgebucht.",
    },
    waits:
      "Wir halten Ihre Ware zurück und schicken sie, sobald bezahlt ist. Wenn Sie sie nicht mehr möchten, stornieren Sie auf der Seite Ihrer Bestellung.",
    amount: "Zu zahlen",
    pay: "Jetzt bezahlen",
  },
  ca: {
    subject: (number, due) => `Comanda ${number}: ${due} per pagar abans que surti`,
    because: {
      agreement_ended: "El teu banc havia autoritzat aquest pagament només uns dies, i ja han passat. No s’ha cobrat res.",
      card_declined: "La targeta de la comanda s’ha rebutjat quan volíem enviar els articles. No s’ha cobrat res.",
    },
    waits: "Et guardem els articles i te’ls enviem tan bon punt es pagui. Si ja no els vols, cancel·la-ho a la pàgina de la comanda.",
    amount: "Per pagar",
    pay: "Paga ara",
  },
};

/** What keeps goods from leaving, and where it is paid [MSG-24]. */
export function paymentNeededMail(brand: Brand, locale: Locale, { number, due, because, url }: PaymentNeededNews): Rendered {
  const words = NEEDED[locale];
  return renderMail(brand, locale, words.subject(number, due), [
    { kind: "text", text: words.because[because] },
    { kind: "rows", rows: [[words.amount, due]] },
    { kind: "text", text: words.waits },
    { kind: "link", text: words.pay, url },
  ]);
}

/** The same in a text message. */
export function paymentNeededText(brand: Brand, locale: Locale, { number, due, url }: PaymentNeededNews): Rendered {
  return { subject: "", text: `${brand.name}: ${NEEDED[locale].subject(number, due)}. ${url}`, html: null };
}
