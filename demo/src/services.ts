import { color } from "./pictures/colors.ts";
import type { DemoService, DemoWorkshop } from "./types.ts";

/** Where the services of the chain are given: the first four stores, in three countries. */
export const SERVICE_STORES: readonly string[] = ["lyon-bellecour", "berlin-mitte", "barcelona-gracia", "paris-canal"];

/** When the people of those stores have time for them. */
export const ADVISER_HOURS = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-16:00";

/** What customers book and pay: a product of the catalog on a shelf of its own, at one price in all stores. */
export const DEMO_WORKSHOP: DemoWorkshop = {
  category: { en: "Workshops", fr: "Ateliers", de: "Kurse", ca: "Tallers" },
  sku: "SRV-LATTE-ART",
  slug: "latte-art-workshop",
  amount: 3500,
  taxClass: "goods",
  picture: { tint: "blush", kind: "cup", size: "large", glaze: color.night, drink: color.latte, top: "leaf" },
  service: {
    code: "workshop",
    name: { en: "Latte art workshop", fr: "Atelier latte art", de: "Latte-Art-Kurs", ca: "Taller de latte art" },
    description: {
      en: "An hour and a half with milk, pitcher and cup, for four people at most. What you pour, you drink.",
      fr: "Une heure et demie avec le lait, le pichet et la tasse, pour quatre personnes au plus. Ce que vous versez, vous le buvez.",
      de: "Anderthalb Stunden mit Milch, Kännchen und Tasse, für höchstens vier Personen. Was Sie gießen, trinken Sie.",
      ca: "Una hora i mitja amb llet, gerreta i tassa, per a quatre persones com a màxim. El que aboques, t’ho beus.",
    },
    minutes: 90,
    seats: 4,
    minutesAfter: 15,
    skill: "tasting",
  },
};

/** What customers book: a talk between two, and a tasting that six share. */
export const DEMO_SERVICES: readonly DemoService[] = [
  {
    code: "brewing-advice",
    name: { en: "Brewing advice", fr: "Conseil café", de: "Zubereitungsberatung", ca: "Assessorament de cafè" },
    description: {
      en: "Half an hour about your machine, your grinder and the beans that suit you.",
      fr: "Une demi-heure pour parler de votre machine, de votre moulin et du café qui vous convient.",
      de: "Eine halbe Stunde über Ihre Maschine, Ihre Mühle und die Bohnen, die zu Ihnen passen.",
      ca: "Mitja hora per parlar de la teva màquina, del teu molí i del cafè que t’agrada.",
    },
    minutes: 30,
    seats: 1,
    minutesAfter: 0,
    skill: "brewing",
  },
  {
    code: "tasting",
    name: { en: "Coffee tasting", fr: "Dégustation de cafés", de: "Kaffeeverkostung", ca: "Tast de cafès" },
    description: {
      en: "Five coffees side by side, for six people at most.",
      fr: "Cinq cafés côte à côte, pour six personnes au plus.",
      de: "Fünf Kaffees nebeneinander, für höchstens sechs Personen.",
      ca: "Cinc cafès de costat, per a sis persones com a màxim.",
    },
    minutes: 60,
    seats: 6,
    minutesAfter: 15,
    skill: "tasting",
  },
];
