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
  readonly open: string;
  readonly apps: string;
  readonly docs: string;
  readonly docsDoes: string;
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
    open: "Open",
    apps: "Without signing in",
    docs: "Read the API",
    docsDoes: "Every operation, with who may call it.",
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
    open: "Ouvrir",
    apps: "Sans se connecter",
    docs: "Lire l’API",
    docsDoes: "Chaque opération, et qui peut l’appeler.",
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
    open: "Öffnen",
    apps: "Ohne Anmeldung",
    docs: "Die API lesen",
    docsDoes: "Jede Operation, und wer sie aufrufen darf.",
    outbox: "Anmeldecodes der Demo",
    wait: "Einen Moment…",
    failed: "Das hat nicht geklappt. Die Antwort war:",
  },
  ca: {
    sentence: "Comença en un canal, acaba en un altre, i no es trenca res.",
    under:
      "Un client, un cistell, un llibre de comandes, un estoc: a la botiga en línia, a la caixa i a l’oficina. Prova-ho amb la gent d’una petita cadena de cafès.",
    customer: "Léa, la clienta",
    customerDoes: "Omple un cistell al mòbil, el paga a la caixa i el recull quan està a punt.",
    cashier: "Jordi, el caixer",
    cashierDoes: "Ven al taulell i troba el cistell que la Léa ha començat en un altre lloc.",
    manager: "Anna, l’encarregada",
    managerDoes: "Veu clients, comandes i estoc de tots els canals en un sol lloc.",
    open: "Obre",
    apps: "Sense identificar-se",
    docs: "Llegeix l’API",
    docsDoes: "Cada operació, i qui la pot cridar.",
    outbox: "Codis d’accés de la demo",
    wait: "Un moment…",
    failed: "No ha funcionat. La resposta ha estat:",
  },
};
