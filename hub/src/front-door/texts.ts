import type { Locale } from "@weft/contracts";

type Words = {
  readonly sentence: string;
  readonly under: string;
  readonly customer: string;
  readonly customerDoes: string;
  readonly cashier: string;
  readonly cashierDoes: string;
  readonly manager: string;
  readonly managerDoes: string;
  readonly tour: string;
  readonly tourDoes: string;
  readonly tourOpen: string;
  readonly apps: string;
  readonly bare: string;
  readonly shop: string;
  readonly till: string;
  readonly office: string;
  readonly mail: string;
  readonly docs: string;
  readonly docsDoes: string;
  readonly docsOpen: string;
  readonly outbox: string;
  readonly wait: string;
  readonly failed: string;
};

/** The words of the front door. */
export const FRONT_DOOR: Readonly<Record<Locale, Words>> = {
  en: {
    sentence: "Start on one channel, finish on another, and nothing breaks.",
    under:
      "One customer, one cart, one order book, one stock: in the shop, at the till and in the office. Try it with the people of a small cafe chain.",
    customer: "Léa, the customer",
    customerDoes: "Fills a cart on her phone, pays it at the till, collects it when it is ready.",
    cashier: "Jordi, the cashier",
    cashierDoes: "Sells at the counter and finds the cart that Léa began elsewhere.",
    manager: "Anna, the manager",
    managerDoes: "Sees customers, orders and stock of every channel in one place.",
    tour: "Three minutes",
    tourDoes: "Two real apps side by side, one switch: find out by doing what multichannel, cross-channel and omnichannel mean.",
    tourOpen: "Take the tour",
    apps: "Be one of them",
    bare: "Without signing in",
    shop: "Shop",
    till: "Till",
    office: "Office",
    mail: "What the demo would mail",
    docs: "Read the API",
    docsDoes: "Every operation, with who may call it.",
    docsOpen: "Open the reference",
    outbox: "Sign-in codes of the demo",
    wait: "One moment…",
    failed: "That did not work. The hub said:",
  },
  fr: {
    sentence: "Commencer sur un canal, finir sur un autre, sans que rien ne casse.",
    under:
      "Un client, un panier, un carnet de commandes, un stock : en boutique en ligne, en caisse et au bureau. Essayez avec les gens d’une petite chaîne de cafés.",
    customer: "Léa, la cliente",
    customerDoes: "Remplit un panier sur son téléphone, le paie en caisse, le retire quand il est prêt.",
    cashier: "Jordi, le caissier",
    cashierDoes: "Vend au comptoir et retrouve le panier que Léa a commencé ailleurs.",
    manager: "Anna, la responsable",
    managerDoes: "Voit clients, commandes et stock de tous les canaux au même endroit.",
    tour: "Trois minutes",
    tourDoes:
      "Deux vraies applications côte à côte, un interrupteur : découvrez en essayant ce que veulent dire multi, cross et omnicanal.",
    tourOpen: "Suivre la visite",
    apps: "Être l’un d’eux",
    bare: "Sans se connecter",
    shop: "Boutique en ligne",
    till: "Caisse",
    office: "Bureau",
    mail: "Ce que la démo enverrait",
    docs: "Lire l’API",
    docsDoes: "Chaque opération, et qui peut l’appeler.",
    docsOpen: "Ouvrir la référence",
    outbox: "Codes de connexion de la démo",
    wait: "Un instant…",
    failed: "Cela n’a pas marché. Le serveur a répondu :",
  },
  de: {
    sentence: "Auf einem Kanal beginnen, auf einem anderen beenden, und nichts geht verloren.",
    under:
      "Eine Kundin, ein Warenkorb, ein Auftragsbuch, ein Bestand: im Shop, an der Kasse und im Büro. Probieren Sie es mit den Leuten einer kleinen Cafékette aus.",
    customer: "Léa, die Kundin",
    customerDoes: "Füllt auf dem Telefon einen Warenkorb, bezahlt ihn an der Kasse und holt ab, was bereitsteht.",
    cashier: "Jordi, der Kassierer",
    cashierDoes: "Verkauft an der Theke und findet den Warenkorb, den Léa anderswo begonnen hat.",
    manager: "Anna, die Filialleiterin",
    managerDoes: "Sieht Kunden, Aufträge und Bestand aller Kanäle an einem Ort.",
    tour: "Drei Minuten",
    tourDoes: "Zwei echte Apps nebeneinander, ein Schalter: Erleben Sie, was Multi-, Cross- und Omnichannel heißt.",
    tourOpen: "Tour beginnen",
    apps: "Eine von ihnen sein",
    bare: "Ohne Anmeldung",
    shop: "Shop",
    till: "Kasse",
    office: "Büro",
    mail: "Was die Demo verschicken würde",
    docs: "Die API lesen",
    docsDoes: "Jede Operation, und wer sie aufrufen darf.",
    docsOpen: "Referenz öffnen",
    outbox: "Anmeldecodes der Demo",
    wait: "Einen Moment…",
    failed: "Das hat nicht geklappt. Die Antwort war:",
  },
  ca: {
    sentence: "Comenceu en un canal, acabeu en un altre, i no es trenca res.",
    under:
      "Un client, una cistella, un llibre de comandes, un estoc: a la botiga en línia, a la caixa i a l’oficina. Proveu-ho amb la gent d’una petita cadena de cafès.",
    customer: "Léa, la clienta",
    customerDoes: "Omple una cistella al mòbil, la paga a la caixa i la recull quan està a punt.",
    cashier: "Jordi, el caixer",
    cashierDoes: "Ven al taulell i troba la cistella que la Léa ha començat en un altre lloc.",
    manager: "Anna, l’encarregada",
    managerDoes: "Veu clients, comandes i estoc de tots els canals en un sol lloc.",
    tour: "Tres minuts",
    tourDoes: "Dues aplicacions de debò de costat i un interruptor: descobriu provant què vol dir multicanal, cross i omnicanal.",
    tourOpen: "Comença la visita",
    apps: "Ser un d’ells",
    bare: "Sense identificar-se",
    shop: "Botiga en línia",
    till: "Caixa",
    office: "Oficina",
    mail: "El que enviaria la demo",
    docs: "Llegiu l’API",
    docsDoes: "Cada operació, i qui la pot cridar.",
    docsOpen: "Obre la referència",
    outbox: "Codis d’accés de la demo",
    wait: "Un moment…",
    failed: "No ha funcionat. La resposta ha estat:",
  },
};
