import type { Allergen, DemoOptionGroup, DemoOptionValue } from "../types.ts";
import type { Four } from "./sketch.ts";
import { textsOf } from "./texts.ts";

type ValueExtras = { readonly prepSeconds?: number; readonly adds?: readonly Allergen[]; readonly removes?: readonly Allergen[] };

function value(
  code: string,
  priceDifference: number,
  name: Four,
  { prepSeconds = 0, adds = [], removes = [] }: ValueExtras = {},
): DemoOptionValue {
  return { code, name: textsOf(name), priceDifference, prepSeconds, addsAllergens: adds, removesAllergens: removes };
}

const required = { minimum: 1, maximum: 1 };

/** Every choice that a product of the chain may offer. The first value of a required group is what one gets without asking. */
// oxfmt-ignore
export const OPTION_GROUPS: readonly DemoOptionGroup[] = [
  {
    code: "size", name: textsOf(["Size", "Taille", "Größe", "Mida"]), ...required,
    values: [value("regular", 0, ["Regular", "Moyen", "Normal", "Mitjà"]), value("large", 60, ["Large", "Grand", "Groß", "Gran"], { prepSeconds: 10 })],
  },
  {
    code: "milk", name: textsOf(["Milk", "Lait", "Milch", "Llet"]), ...required,
    values: [
      value("whole", 0, ["Whole milk", "Lait entier", "Vollmilch", "Llet sencera"]),
      value("lactose_free", 20, ["Lactose-free milk", "Lait sans lactose", "Laktosefreie Milch", "Llet sense lactosa"]),
      value("oat", 50, ["Oat drink", "Boisson à l’avoine", "Haferdrink", "Beguda de civada"], { adds: ["gluten"], removes: ["milk"] }),
      value("soy", 40, ["Soy drink", "Boisson au soja", "Sojadrink", "Beguda de soja"], { adds: ["soy"], removes: ["milk"] }),
      value("almond", 50, ["Almond drink", "Boisson à l’amande", "Mandeldrink", "Beguda d’ametlla"], { adds: ["nuts"], removes: ["milk"] }),
    ],
  },
  {
    code: "coffee", name: textsOf(["Coffee", "Café", "Kaffee", "Cafè"]), ...required,
    values: [
      value("house", 0, ["House espresso", "Espresso maison", "Hausespresso", "Espresso de la casa"]),
      value("single_origin", 60, ["Single origin of the week", "Origine de la semaine", "Herkunft der Woche", "Origen de la setmana"]),
      value("decaf", 30, ["Decaf", "Décaféiné", "Entkoffeiniert", "Descafeïnat"]),
    ],
  },
  {
    code: "extra", name: textsOf(["Extra", "Extra", "Extra", "Extra"]), minimum: 0, maximum: 2,
    values: [
      value("shot", 80, ["Extra shot", "Dose d’espresso", "Extra Espresso", "Dosi d’espresso"], { prepSeconds: 20 }),
      value("cream", 60, ["Whipped cream", "Chantilly", "Schlagsahne", "Nata muntada"], { prepSeconds: 10, adds: ["milk"] }),
    ],
  },
  {
    code: "syrup", name: textsOf(["Syrup", "Sirop", "Sirup", "Xarop"]), minimum: 0, maximum: 2,
    values: [
      value("vanilla", 60, ["Vanilla", "Vanille", "Vanille", "Vainilla"], { prepSeconds: 5 }),
      value("caramel", 60, ["Caramel", "Caramel", "Karamell", "Caramel"], { prepSeconds: 5 }),
      value("hazelnut", 60, ["Hazelnut", "Noisette", "Haselnuss", "Avellana"], { prepSeconds: 5, adds: ["nuts"] }),
      value("orange_blossom", 60, ["Orange blossom", "Fleur d’oranger", "Orangenblüte", "Flor de taronger"], { prepSeconds: 5 }),
    ],
  },
  {
    code: "ice", name: textsOf(["Ice", "Glaçons", "Eis", "Gel"]), ...required,
    values: [value("normal", 0, ["With ice", "Avec glaçons", "Mit Eis", "Amb gel"]), value("none", 0, ["No ice", "Sans glaçons", "Ohne Eis", "Sense gel"])],
  },
  {
    code: "sweet", name: textsOf(["Sweetness", "Sucre", "Süße", "Sucre"]), ...required,
    values: [
      value("normal", 0, ["As always", "Normal", "Normal", "Normal"]),
      value("less", 0, ["Less sweet", "Moins sucré", "Weniger süß", "Menys dolç"]),
      value("none", 0, ["Unsweetened", "Sans sucre", "Ungesüßt", "Sense sucre"]),
    ],
  },
  {
    code: "serve", name: textsOf(["Served", "Service", "Serviert", "Servit"]), ...required,
    values: [
      value("as_is", 0, ["As it is", "Nature", "So wie es ist", "Tal com és"]),
      value("warmed", 0, ["Warmed", "Réchauffé", "Aufgewärmt", "Escalfat"], { prepSeconds: 60 }),
    ],
  },
  {
    code: "add", name: textsOf(["On top", "En plus", "Dazu", "A més"]), minimum: 0, maximum: 3,
    values: [
      value("egg", 150, ["Soft egg", "Œuf mollet", "Weiches Ei", "Ou poc cuit"], { prepSeconds: 60, adds: ["egg"] }),
      value("avocado", 180, ["Avocado", "Avocat", "Avocado", "Alvocat"], { prepSeconds: 20 }),
      value("goat_cheese", 160, ["Goat cheese", "Chèvre", "Ziegenkäse", "Formatge de cabra"], { prepSeconds: 10, adds: ["milk"] }),
    ],
  },
  {
    code: "grind", name: textsOf(["Grind", "Mouture", "Mahlgrad", "Mòlta"]), ...required,
    values: [
      value("whole", 0, ["Whole beans", "En grains", "Ganze Bohnen", "En gra"]),
      value("espresso", 0, ["Espresso", "Espresso", "Siebträger", "Espresso"], { prepSeconds: 40 }),
      value("moka", 0, ["Moka pot", "Cafetière italienne", "Herdkanne", "Cafetera italiana"], { prepSeconds: 40 }),
      value("filter", 0, ["Filter", "Filtre", "Filter", "Filtre"], { prepSeconds: 40 }),
      value("press", 0, ["French press", "Cafetière à piston", "Stempelkanne", "Cafetera d’èmbol"], { prepSeconds: 40 }),
    ],
  },
];

export function optionGroupsOf(codes: readonly string[]): readonly DemoOptionGroup[] {
  return codes.map((code) => {
    const group = OPTION_GROUPS.find((candidate) => candidate.code === code);
    if (!group) throw new Error(`no option group ${code}`);
    return group;
  });
}
