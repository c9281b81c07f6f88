import type { EReceiptView, Locale } from "@weft/contracts";

export type EReceiptWords = {
  readonly title: string;
  readonly vatId: (id: string) => string;
  readonly each: (price: string) => string;
  /** Of a weight that no scale said. */
  readonly byHand: string;
  readonly discount: string;
  readonly total: string;
  readonly rounding: string;
  readonly tip: string;
  readonly change: string;
  readonly tender: Readonly<Record<string, string>>;
  readonly other: string;
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly toCome: string;
  readonly collect: (place: string) => string;
  readonly ship: string;
  readonly code: string;
  readonly earned: (points: string) => string;
  readonly burned: (reward: string, points: string) => string;
  readonly bringBack: string;
  readonly bringBackHint: string;
  readonly pdf: string;
  readonly claim: string;
  readonly claimHint: string;
  readonly journal: string;
  readonly seal: Readonly<Record<EReceiptView["seal"]["state"], string>>;
  readonly inRoot: (day: string) => string;
  readonly proof: string;
  readonly order: (number: string) => string;
  readonly invoice: (number: string) => string;
  readonly table: (name: string) => string;
  /** Of a German register's technical security device. */
  readonly tse: TseWords;
  readonly languages: string;
  readonly waitingTitle: string;
  readonly waitingText: string;
  readonly unknownTitle: string;
  readonly unknownText: string;
};

type TseWords = {
  readonly title: string;
  readonly transaction: string;
  readonly counter: string;
  readonly start: string;
  readonly end: string;
  readonly serial: string;
  readonly signature: string;
  readonly waiting: string;
  readonly failed: (error: string) => string;
};

const en: EReceiptWords = {
  title: "Your receipt",
  vatId: (id) => `VAT no. ${id}`,
  each: (price) => `${price} each`,
  byHand: "weight entered by hand",
  discount: "Discount",
  total: "Total",
  rounding: "Rounding",
  tip: "Tip",
  change: "Change",
  tender: { cash: "Cash", card: "Card", gift_card: "Gift card", store_credit: "Store credit", points: "Points", account: "On account" },
  other: "Other",
  rate: "VAT",
  net: "Net",
  tax: "Tax",
  gross: "Gross",
  toCome: "Still to come",
  collect: (place) => `To be fetched at ${place}`,
  ship: "Will be sent",
  code: "Code",
  earned: (points) => `Points earned: ${points}`,
  burned: (reward, points) => `${reward}: ${points} points used`,
  bringBack: "Bring something back",
  bringBackHint: "Show this code at any till of ours.",
  pdf: "Save as PDF",
  claim: "Add to my purchases",
  claimHint: "Sign in, and this purchase and its points are yours.",
  journal: "In the journal of the register",
  seal: {
    signed: "Signed by the register. The signature has just been checked and holds.",
    hashed: "Kept with a check sum. This register does not sign.",
    waiting: "The register has not signed this yet. Look again later.",
    broken: "The signature does not hold. Please tell the store.",
  },
  inRoot: (day) => `Proven to be in the journal of ${day}`,
  proof: "Show the proof",
  order: (number) => `Order ${number}`,
  invoice: (number) => `Invoice ${number}`,
  table: (name) => `Table ${name}`,
  tse: {
    title: "Technical security device",
    transaction: "Transaction",
    counter: "Signature counter",
    start: "Start",
    end: "End",
    serial: "Serial number",
    signature: "Signature",
    waiting: "The device has not signed this yet.",
    failed: (error) => `The device did not sign: ${error}`,
  },
  languages: "Language",
  waitingTitle: "Not arrived yet",
  waitingText:
    "The till has not sent this sale yet. That can take a while when the store has no network. This page looks again every 20 seconds; your address stays the same.",
  unknownTitle: "No receipt here",
  unknownText: "This address is not that of a receipt. Scan the code of the till once more.",
};

const fr: EReceiptWords = {
  title: "Votre ticket",
  vatId: (id) => `N° de TVA ${id}`,
  each: (price) => `${price} l’unité`,
  byHand: "poids saisi à la main",
  discount: "Remise",
  total: "Total",
  rounding: "Arrondi",
  tip: "Pourboire",
  change: "Rendu",
  tender: { cash: "Espèces", card: "Carte", gift_card: "Carte cadeau", store_credit: "Avoir", points: "Points", account: "Sur compte" },
  other: "Autre",
  rate: "TVA",
  net: "HT",
  tax: "Taxe",
  gross: "TTC",
  toCome: "Encore à venir",
  collect: (place) => `À retirer chez ${place}`,
  ship: "Sera expédié",
  code: "Code",
  earned: (points) => `Points gagnés : ${points}`,
  burned: (reward, points) => `${reward} : ${points} points utilisés`,
  bringBack: "Rapporter un article",
  bringBackHint: "Montrez ce code à l’une de nos caisses.",
  pdf: "Enregistrer en PDF",
  claim: "Ajouter à mes achats",
  claimHint: "Connectez-vous : cet achat et ses points sont à vous.",
  journal: "Dans le journal de la caisse",
  seal: {
    signed: "Signé par la caisse. La signature vient d’être vérifiée, elle est valable.",
    hashed: "Conservé avec une empreinte. Cette caisse ne signe pas.",
    waiting: "La caisse ne l’a pas encore signé. Revenez plus tard.",
    broken: "La signature n’est pas valable. Merci de prévenir le magasin.",
  },
  inRoot: (day) => `Présence prouvée dans le journal du ${day}`,
  proof: "Voir la preuve",
  order: (number) => `Commande ${number}`,
  invoice: (number) => `Facture ${number}`,
  table: (name) => `Table ${name}`,
  tse: {
    title: "Dispositif technique de sécurité",
    transaction: "Transaction",
    counter: "Compteur de signatures",
    start: "Début",
    end: "Fin",
    serial: "Numéro de série",
    signature: "Signature",
    waiting: "Le dispositif ne l’a pas encore signé.",
    failed: (error) => `Le dispositif n’a pas signé : ${error}`,
  },
  languages: "Langue",
  waitingTitle: "Pas encore arrivé",
  waitingText:
    "La caisse n’a pas encore transmis cette vente. Sans réseau au magasin, cela peut durer un peu. Cette page vérifie toutes les 20 secondes ; votre adresse reste la même.",
  unknownTitle: "Aucun ticket ici",
  unknownText: "Cette adresse n’est pas celle d’un ticket. Scannez de nouveau le code de la caisse.",
};

const de: EReceiptWords = {
  title: "Ihr Kassenbon",
  vatId: (id) => `USt-IdNr. ${id}`,
  each: (price) => `je ${price}`,
  byHand: "Gewicht von Hand eingegeben",
  discount: "Rabatt",
  total: "Summe",
  rounding: "Rundung",
  tip: "Trinkgeld",
  change: "Rückgeld",
  tender: { cash: "Bar", card: "Karte", gift_card: "Geschenkkarte", store_credit: "Guthaben", points: "Punkte", account: "Auf Rechnung" },
  other: "Anderes",
  rate: "USt.",
  net: "Netto",
  tax: "Steuer",
  gross: "Brutto",
  toCome: "Kommt noch",
  collect: (place) => `Abzuholen in ${place}`,
  ship: "Wird verschickt",
  code: "Code",
  earned: (points) => `Gesammelte Punkte: ${points}`,
  burned: (reward, points) => `${reward}: ${points} Punkte eingelöst`,
  bringBack: "Etwas zurückbringen",
  bringBackHint: "Zeigen Sie diesen Code an einer unserer Kassen.",
  pdf: "Als PDF sichern",
  claim: "Zu meinen Einkäufen",
  claimHint: "Melden Sie sich an: Dieser Einkauf und seine Punkte gehören dann Ihnen.",
  journal: "Im Journal der Kasse",
  seal: {
    signed: "Von der Kasse signiert. Die Signatur wurde soeben geprüft und stimmt.",
    hashed: "Mit Prüfsumme aufbewahrt. Diese Kasse signiert nicht.",
    waiting: "Die Kasse hat das noch nicht signiert. Schauen Sie später wieder.",
    broken: "Die Signatur stimmt nicht. Bitte sagen Sie es im Laden.",
  },
  inRoot: (day) => `Nachweislich im Journal vom ${day}`,
  proof: "Nachweis ansehen",
  order: (number) => `Bestellung ${number}`,
  invoice: (number) => `Rechnung ${number}`,
  table: (name) => `Tisch ${name}`,
  tse: {
    title: "Technische Sicherheitseinrichtung (TSE)",
    transaction: "TSE-Transaktion",
    counter: "Signaturzähler",
    start: "Beginn",
    end: "Ende",
    serial: "Seriennummer",
    signature: "Signatur",
    waiting: "Die TSE hat das noch nicht signiert.",
    failed: (error) => `Die TSE hat nicht signiert: ${error}`,
  },
  languages: "Sprache",
  waitingTitle: "Noch nicht da",
  waitingText:
    "Die Kasse hat diesen Verkauf noch nicht gesendet. Ohne Netz im Laden kann das etwas dauern. Diese Seite schaut alle 20 Sekunden nach; Ihre Adresse bleibt dieselbe.",
  unknownTitle: "Hier ist kein Kassenbon",
  unknownText: "Diese Adresse gehört zu keinem Kassenbon. Scannen Sie den Code der Kasse noch einmal.",
};

const ca: EReceiptWords = {
  title: "El vostre tiquet",
  vatId: (id) => `NIF-IVA ${id}`,
  each: (price) => `${price} per unitat`,
  byHand: "pes introduït a mà",
  discount: "Descompte",
  total: "Total",
  rounding: "Arrodoniment",
  tip: "Propina",
  change: "Canvi",
  tender: {
    cash: "Efectiu",
    card: "Targeta",
    gift_card: "Targeta regal",
    store_credit: "Saldo a favor",
    points: "Punts",
    account: "A compte",
  },
  other: "Altres",
  rate: "IVA",
  net: "Base",
  tax: "Quota",
  gross: "Total",
  toCome: "Encara ha d’arribar",
  collect: (place) => `Per recollir a ${place}`,
  ship: "S’enviarà",
  code: "Codi",
  earned: (points) => `Punts guanyats: ${points}`,
  burned: (reward, points) => `${reward}: ${points} punts utilitzats`,
  bringBack: "Tornar alguna cosa",
  bringBackHint: "Mostreu aquest codi en qualsevol de les nostres caixes.",
  pdf: "Desa com a PDF",
  claim: "Afegeix a les meves compres",
  claimHint: "Inicieu la sessió: aquesta compra i els seus punts seran vostres.",
  journal: "Al diari de la caixa",
  seal: {
    signed: "Signat per la caixa. La signatura s’acaba de comprovar i és vàlida.",
    hashed: "Desat amb una empremta. Aquesta caixa no signa.",
    waiting: "La caixa encara no ho ha signat. Torneu-hi més tard.",
    broken: "La signatura no és vàlida. Aviseu la botiga, si us plau.",
  },
  inRoot: (day) => `Consta al diari del ${day}, amb prova`,
  proof: "Mostra la prova",
  order: (number) => `Comanda ${number}`,
  invoice: (number) => `Factura ${number}`,
  table: (name) => `Taula ${name}`,
  tse: {
    title: "Dispositiu tècnic de seguretat",
    transaction: "Transacció",
    counter: "Comptador de signatures",
    start: "Inici",
    end: "Final",
    serial: "Número de sèrie",
    signature: "Signatura",
    waiting: "El dispositiu encara no ho ha signat.",
    failed: (error) => `El dispositiu no ho ha signat: ${error}`,
  },
  languages: "Llengua",
  waitingTitle: "Encara no ha arribat",
  waitingText:
    "La caixa encara no ha enviat aquesta venda. Sense xarxa a la botiga pot trigar una estona. Aquesta pàgina ho torna a mirar cada 20 segons; la vostra adreça no canvia.",
  unknownTitle: "Aquí no hi ha cap tiquet",
  unknownText: "Aquesta adreça no és la de cap tiquet. Escanegeu el codi de la caixa una altra vegada.",
};

export const E_RECEIPT_WORDS: Readonly<Record<Locale, EReceiptWords>> = { en, fr, de, ca };
