import type { Locale } from "@weft/contracts";

/** The words of documents. `tender` by its kind; what is not named there is printed as "other". */
export type DocumentWords = {
  readonly title: Readonly<Record<"invoice" | "credit_note" | "confirmation" | "quote" | "receipt", string>>;
  readonly number: string;
  readonly issued: string;
  readonly validUntil: string;
  readonly quoteHolds: string;
  readonly order: string;
  readonly ordered: string;
  readonly month: string;
  readonly payBy: string;
  readonly toPay: string;
  readonly place: string;
  readonly billTo: string;
  readonly vatId: string;
  readonly reverses: string;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly rate: string;
  readonly amount: string;
  readonly amountNet: string;
  readonly including: string;
  readonly discount: string;
  readonly total: string;
  readonly credited: string;
  readonly tax: string;
  readonly net: string;
  readonly gross: string;
  readonly paidBy: string;
  readonly due: string;
  readonly tender: Readonly<Record<string, string>>;
  readonly notAnInvoice: string;
  /** Of a weight that no scale said. */
  readonly byHand: string;
  readonly carriedOver: string;
  readonly page: (page: number, of: number) => string;
};

const en: DocumentWords = {
  title: { invoice: "Invoice", credit_note: "Credit note", confirmation: "Order confirmation", quote: "Quote", receipt: "Receipt" },
  number: "Number",
  issued: "Date of issue",
  validUntil: "Valid until",
  quoteHolds: "These prices hold until the day named above. This is not an invoice.",
  order: "Order",
  ordered: "Date of order",
  month: "Month",
  payBy: "Payable by",
  toPay: "To be paid",
  place: "Place",
  billTo: "For",
  vatId: "VAT no.",
  reverses: "Credits invoice",
  item: "Item",
  quantity: "Quantity",
  unitPrice: "Unit price",
  rate: "VAT",
  amount: "Amount",
  amountNet: "Amount excl. VAT",
  including: "Prices include VAT.",
  discount: "Discounts, in the amounts above",
  total: "Total",
  credited: "Total credited",
  tax: "VAT",
  net: "Net",
  gross: "Gross",
  paidBy: "Paid",
  due: "To be paid at collection",
  tender: {
    cash: "cash",
    card: "card",
    gift_card: "gift card",
    store_credit: "store credit",
    points: "points",
    account: "on account",
    other: "other",
  },
  notAnInvoice: "This confirmation is not an invoice.",
  byHand: "weight entered by hand",
  carriedOver: "Continued on the next page",
  page: (page, of) => `Page ${page} of ${of}`,
};

const fr: DocumentWords = {
  title: {
    invoice: "Facture",
    credit_note: "Avoir",
    confirmation: "Confirmation de commande",
    quote: "Devis",
    receipt: "Ticket de caisse",
  },
  number: "Numéro",
  issued: "Date d’émission",
  validUntil: "Valable jusqu’au",
  quoteHolds: "Ces prix sont garantis jusqu’à la date ci-dessus. Ceci n’est pas une facture.",
  order: "Commande",
  ordered: "Date de commande",
  month: "Mois",
  payBy: "À payer au plus tard le",
  toPay: "À payer",
  place: "Lieu",
  billTo: "Pour",
  vatId: "N° TVA",
  reverses: "Annule en tout ou partie la facture",
  item: "Article",
  quantity: "Quantité",
  unitPrice: "Prix unitaire",
  rate: "TVA",
  amount: "Montant",
  amountNet: "Montant HT",
  including: "Les prix comprennent la TVA.",
  discount: "Remises, comprises dans les montants ci-dessus",
  total: "Total",
  credited: "Total de l’avoir",
  tax: "TVA",
  net: "HT",
  gross: "TTC",
  paidBy: "Payé",
  due: "À payer au retrait",
  tender: {
    cash: "espèces",
    card: "carte",
    gift_card: "carte cadeau",
    store_credit: "avoir",
    points: "points",
    account: "en compte",
    other: "autre",
  },
  notAnInvoice: "Cette confirmation n’est pas une facture.",
  byHand: "poids saisi à la main",
  carriedOver: "Suite à la page suivante",
  page: (page, of) => `Page ${page} sur ${of}`,
};

const de: DocumentWords = {
  title: {
    invoice: "Rechnung",
    credit_note: "Rechnungskorrektur",
    confirmation: "Auftragsbestätigung",
    quote: "Angebot",
    receipt: "Kassenbon",
  },
  number: "Nummer",
  issued: "Ausgestellt am",
  validUntil: "Gültig bis",
  quoteHolds: "Diese Preise gelten bis zum oben genannten Tag. Dies ist keine Rechnung.",
  order: "Bestellung",
  ordered: "Bestellt am",
  month: "Monat",
  payBy: "Zahlbar bis",
  toPay: "Zu zahlen",
  place: "Ort",
  billTo: "Für",
  vatId: "USt-IdNr.",
  reverses: "Berichtigt die Rechnung",
  item: "Artikel",
  quantity: "Menge",
  unitPrice: "Einzelpreis",
  rate: "USt.",
  amount: "Betrag",
  amountNet: "Betrag netto",
  including: "Die Preise enthalten die Umsatzsteuer.",
  discount: "Nachlässe, in den Beträgen oben enthalten",
  total: "Gesamtbetrag",
  credited: "Korrekturbetrag",
  tax: "Umsatzsteuer",
  net: "Netto",
  gross: "Brutto",
  paidBy: "Bezahlt",
  due: "Bei Abholung zu zahlen",
  tender: {
    cash: "bar",
    card: "Karte",
    gift_card: "Geschenkkarte",
    store_credit: "Guthaben",
    points: "Punkte",
    account: "auf Rechnung",
    other: "anders",
  },
  notAnInvoice: "Diese Bestätigung ist keine Rechnung.",
  byHand: "Gewicht von Hand eingegeben",
  carriedOver: "Fortsetzung auf der nächsten Seite",
  page: (page, of) => `Seite ${page} von ${of}`,
};

const ca: DocumentWords = {
  title: {
    invoice: "Factura",
    credit_note: "Factura rectificativa",
    confirmation: "Confirmació de comanda",
    quote: "Pressupost",
    receipt: "Tiquet",
  },
  number: "Número",
  issued: "Data d’emissió",
  validUntil: "Vàlid fins al",
  quoteHolds: "Aquests preus es mantenen fins a la data indicada. Això no és una factura.",
  order: "Comanda",
  ordered: "Data de la comanda",
  month: "Mes",
  payBy: "A pagar fins al",
  toPay: "A pagar",
  place: "Lloc",
  billTo: "Per a",
  vatId: "NIF/IVA",
  reverses: "Rectifica la factura",
  item: "Article",
  quantity: "Quantitat",
  unitPrice: "Preu unitari",
  rate: "IVA",
  amount: "Import",
  amountNet: "Import sense IVA",
  including: "Els preus inclouen l’IVA.",
  discount: "Descomptes, inclosos en els imports de dalt",
  total: "Total",
  credited: "Total rectificat",
  tax: "IVA",
  net: "Base",
  gross: "Total amb IVA",
  paidBy: "Pagat",
  due: "A pagar en recollir",
  tender: {
    cash: "efectiu",
    card: "targeta",
    gift_card: "targeta regal",
    store_credit: "saldo",
    points: "punts",
    account: "a compte",
    other: "altres",
  },
  notAnInvoice: "Aquesta confirmació no és una factura.",
  byHand: "pes introduït a mà",
  carriedOver: "Continua a la pàgina següent",
  page: (page, of) => `Pàgina ${page} de ${of}`,
};

export const DOCUMENT_WORDS: Readonly<Record<Locale, DocumentWords>> = { en, fr, de, ca };
