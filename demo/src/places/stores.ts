import type { PlaceSite } from "../types.ts";
import type { WeekPattern } from "./hours.ts";

export type StoreSketch = {
  readonly code: string;
  readonly city: string;
  readonly name: string;
  readonly line1: string;
  readonly postcode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly site: PlaceSite;
  readonly pattern?: WeekPattern;
  readonly dayEnd?: number;
  readonly services: readonly string[];
  /** Tables at which guests are served, as the setting of that name is written. */
  readonly tables?: string;
};

/** Where Jordi works and the tour plays. It lacks nothing and never closes: nobody who looks at the demo at night should find its cafe shut. */
export const STORE_OF_THE_TOUR = "lyon-bellecour";

/** What a store in a street offers, and one that people pass in a hurry. */
export const STREET = ["eat_in", "collect", "wifi"];
export const TRAVEL = ["collect", "early_opening"];

/**
 * The stores that every chain begins with, in the order in which a smaller chain would open them. Districts and positions are of real cities;
 * streets are invented. Kreuzberg closes at 02:00, so its business day ends at 03:00. Girona rests over midday.
 */
// oxfmt-ignore
export const STORES: readonly StoreSketch[] = [
  { code: "lyon-bellecour", city: "lyon", name: "Lyon Bellecour", line1: "14 rue des Tisserands", postcode: "69002", latitude: 45.7569, longitude: 4.8331, site: "street", services: [...STREET, "terrace", "accessible"], tables: "Salle: 1/2, 2/2, 3/4, 4/4, 5/6, Bar/3; Terrasse: T1/2, T2/2, T3/4, T4/4" },
  { code: "berlin-mitte", city: "berlin", name: "Berlin Mitte", line1: "Webergasse 22", postcode: "10178", latitude: 52.5257, longitude: 13.4022, site: "street", services: [...STREET, "accessible"] },
  { code: "barcelona-gracia", city: "barcelona", name: "Barcelona Gràcia", line1: "Carrer dels Teixidors, 8", postcode: "08012", latitude: 41.4036, longitude: 2.1565, site: "street", services: [...STREET, "terrace"] },
  { code: "paris-canal", city: "paris", name: "Paris Canal", line1: "31 quai de la Navette", postcode: "75010", latitude: 48.8721, longitude: 2.3646, site: "street", services: [...STREET, "terrace", "accessible", "ship"] },
  { code: "lyon-part-dieu", city: "lyon", name: "Lyon Part-Dieu", line1: "Hall 2, place des Métiers", postcode: "69003", latitude: 45.7606, longitude: 4.8597, site: "station", services: TRAVEL },
  { code: "berlin-kreuzberg", city: "berlin", name: "Berlin Kreuzberg", line1: "Spindelufer 5", postcode: "10999", latitude: 52.4989, longitude: 13.4271, site: "street", pattern: ["09:00-02:00", "09:00-02:00", "10:00-02:00"], dayEnd: 180, services: [...STREET, "late_opening"] },
  { code: "girona-barri-vell", city: "girona", name: "Girona Barri Vell", line1: "Carrer de la Llançadora, 3", postcode: "17004", latitude: 41.9861, longitude: 2.8252, site: "street", pattern: ["08:00-14:00 16:30-20:30", "08:30-20:30", "09:00-14:30"], services: STREET },
  { code: "marseille-vieux-port", city: "marseille", name: "Marseille Vieux-Port", line1: "2 quai des Cordiers", postcode: "13001", latitude: 43.2958, longitude: 5.3731, site: "street", services: [...STREET, "terrace"] },
  { code: "koeln-ehrenfeld", city: "koeln", name: "Köln Ehrenfeld", line1: "Schiffchenstraße 41", postcode: "50823", latitude: 50.9497, longitude: 6.9203, site: "street", services: STREET },
  { code: "muenchen-flughafen", city: "muenchen", name: "München Flughafen", line1: "Ebene 4, Terminalstraße 7", postcode: "85356", latitude: 48.3538, longitude: 11.7861, site: "airport", services: TRAVEL },
  { code: "lille-vieux-lille", city: "lille", name: "Lille Vieux-Lille", line1: "9 rue du Fil d’Or", postcode: "59800", latitude: 50.6409, longitude: 3.0597, site: "street", services: [...STREET, "accessible"] },
  { code: "tarragona-rambla", city: "tarragona", name: "Tarragona Rambla", line1: "Rambla dels Cotoners, 17", postcode: "43003", latitude: 41.1156, longitude: 1.2531, site: "street", services: [...STREET, "terrace", "accessible"] },
];

/** Where the online shop ships from. */
// oxfmt-ignore
export const DEPOT: StoreSketch = {
  code: "lyon-depot", city: "lyon", name: "Lyon Depot", line1: "6 allée des Bobines", postcode: "69800",
  latitude: 45.6961, longitude: 4.9442, site: "depot", services: ["ship"],
};

/** Invented quarters and streets for the stores beyond the first twelve. */
export const QUARTERS = {
  FR: [
    "Canuts",
    "Filature",
    "Navette",
    "Halles",
    "Métiers",
    "Lin Blanc",
    "Rouet",
    "Soierie",
    "Bobines",
    "Cardeurs",
    "Teinturiers",
    "Dentelle",
  ],
  DE: [
    "Webertor",
    "Spindelhof",
    "Tuchmarkt",
    "Flachsfeld",
    "Garnviertel",
    "Walkmühle",
    "Färberei",
    "Leinenhaus",
    "Haspel",
    "Wollgasse",
    "Kattun",
    "Schiffchen",
  ],
  ES: ["Teixidors", "Filadora", "Llançadora", "Cotoners", "Seders", "Lli", "Tint", "Randa", "Bobina", "Fusada", "Vapor", "Perxada"],
} as const;

export const STREETS = {
  FR: (quarter: string, number: number) => `${number} rue ${quarter === "Lin Blanc" ? "du" : "des"} ${quarter}`,
  DE: (quarter: string, number: number) => `${quarter}weg ${number}`,
  ES: (quarter: string, number: number) => `Carrer ${quarter}, ${number}`,
} as const;
