import { color } from "../pictures/colors.ts";
import type { Section } from "./sketch.ts";

/** Behind the bar: counted by the cup and sold to nobody, so that what is made of them says when it runs out. */
// oxfmt-ignore
export const barGoods: Section = {
  category: "pantry", taxClass: "packaged_food", isTracked: true, isShippable: false, station: "counter", prepSeconds: 0, diet: "vegetarian",
  products: [
    {
      sku: "BAR-SHO", price: 60, isActive: false,
      name: ["Reserve beans, one double shot", "Café réserve, un double", "Reserve-Bohnen, ein Doppelter", "Cafè de reserva, un doble"],
      about: ["Eighteen grams from the hopper.", "Dix-huit grammes de la trémie.", "Achtzehn Gramm aus dem Trichter.", "Divuit grams de la tremuja."],
      picture: { tint: "cream", kind: "bag", paper: color.night, label: color.mustard, accent: color.paper, mark: "band" },
    },
    {
      sku: "BAR-MIL", price: 30, isActive: false, allergens: ["milk"],
      name: ["Milk, one cup", "Lait, une tasse", "Milch, eine Tasse", "Llet, una tassa"],
      about: ["Twenty centiliters from the farm next door.", "Vingt centilitres de la ferme voisine.", "Zwanzig Zentiliter vom Hof nebenan.", "Vint centilitres de la granja del costat."],
      picture: { tint: "sky", kind: "bottle", drink: color.paper, label: color.sky, cap: color.white, shape: "round" },
    },
  ],
};

/** A cup by its recipe: as many as the beans and the milk allow. */
// oxfmt-ignore
export const recipes: Section = {
  category: "coffee", taxClass: "hot_drink", isTracked: false, isShippable: false, station: "bar", prepSeconds: 55, diet: "vegetarian",
  products: [
    {
      sku: "COF-RES", price: 490, allergens: ["milk"],
      name: ["Reserve latte", "Latte réserve", "Reserve-Latte", "Cafè amb llet de reserva"],
      about: ["Beans of one small farm; when they are gone, they are gone.", "Les grains d’une seule petite ferme ; quand il n’y en a plus, il n’y en a plus.", "Bohnen von einem kleinen Hof; wenn sie aus sind, sind sie aus.", "Gra d’una sola granja petita; quan s’acaba, s’acaba."],
      picture: { tint: "butter", kind: "cup", size: "large", glaze: color.night, drink: color.coffee, top: "leaf" },
      parts: [["BAR-SHO", 1], ["BAR-MIL", 1]],
    },
  ],
};

/** Goods sold together as one. */
// oxfmt-ignore
export const sets: Section = {
  category: "savory", taxClass: "prepared_food", isTracked: true, isShippable: false, station: "counter", prepSeconds: 20, diet: "vegetarian",
  products: [
    {
      sku: "SET-BRE", price: 990, allergens: ["gluten", "milk", "egg"],
      name: ["Breakfast for two", "Petit-déjeuner à deux", "Frühstück zu zweit", "Esmorzar per a dos"],
      about: ["Two butter croissants and two bottles of cloudy apple.", "Deux croissants au beurre et deux bouteilles de pomme trouble.", "Zwei Buttercroissants und zwei Flaschen Apfelschorle.", "Dos croissants de mantega i dues ampolles de poma tèrbola."],
      picture: { tint: "blush", kind: "croissant", dough: color.golden2, topping: "filled", filling: color.mustard },
      parts: [["PAS-CRO", 2], ["CLD-APF", 2]],
    },
  ],
};
