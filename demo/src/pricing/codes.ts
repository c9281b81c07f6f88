import type { DemoCode } from "../types.ts";

/** What a customer may type in the shop or say at the till. */
export const DEMO_CODES: readonly DemoCode[] = [
  {
    code: "WELCOME10",
    name: { en: "Welcome: 10 % off", fr: "Bienvenue : 10 % de remise", de: "Willkommen: 10 % Rabatt", ca: "Benvinguda: 10 % de descompte" },
    discount: { kind: "percent", percent: 10 },
  },
  {
    code: "COFFEE2",
    name: {
      en: "A coffee on us: 2 euros off",
      fr: "Un café offert : 2 euros de remise",
      de: "Ein Kaffee auf uns: 2 Euro Rabatt",
      ca: "Convidem a cafè: 2 euros de descompte",
    },
    discount: { kind: "amount", amount: 200, currency: "EUR" },
  },
];
