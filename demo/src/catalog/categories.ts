import { demoId } from "../ids.ts";
import type { DemoCategory } from "../types.ts";
import type { Four } from "./sketch.ts";
import { textsOf } from "./texts.ts";

/** Three shelves and what stands on them; parents before children, in the order of the menu. */
const CATEGORIES: readonly (readonly [code: string, parent: string | undefined, icon: string, name: Four])[] = [
  ["drinks", undefined, "cup", ["Drinks", "Boissons", "Getränke", "Begudes"]],
  ["eat", undefined, "bread", ["Food", "À manger", "Essen", "Menjar"]],
  ["home", undefined, "home", ["For home", "Pour la maison", "Für zu Hause", "Per a casa"]],
  ["coffee", "drinks", "coffee", ["Coffee", "Cafés", "Kaffee", "Cafès"]],
  ["iced", "drinks", "snowflake", ["Iced coffee", "Cafés glacés", "Eiskaffee & Cold Brew", "Cafès freds"]],
  ["tea", "drinks", "leaf", ["Tea & chocolate", "Thés & chocolats", "Tee & Schokolade", "Tes i xocolates"]],
  ["cold", "drinks", "glass-full", ["Cold drinks", "Boissons fraîches", "Kalte Getränke", "Begudes fresques"]],
  ["pastry", "eat", "bread", ["Pastries", "Viennoiseries", "Gebäck", "Brioixeria"]],
  ["cake", "eat", "cake", ["Cakes & cookies", "Gâteaux & biscuits", "Kuchen & Kekse", "Pastissos i galetes"]],
  ["savory", "eat", "salad", ["Sandwiches & bowls", "Sandwichs & bols", "Brote & Bowls", "Entrepans i bols"]],
  ["beans", "home", "coffee", ["Coffee beans", "Café en grains", "Kaffeebohnen", "Cafè en gra"]],
  ["pantry", "home", "basket", ["Pantry", "Épicerie", "Feinkost", "Rebost"]],
  ["cups", "home", "mug", ["Mugs & cups", "Mugs & tasses", "Becher & Tassen", "Tasses i gots"]],
  ["brew", "home", "filter", ["Brewing gear", "Matériel à café", "Kaffeezubehör", "Estris per fer cafè"]],
  ["gifts", "home", "gift-card", ["Gift cards", "Cartes cadeaux", "Geschenkkarten", "Targetes regal"]],
];

export function demoCategories(seed: number): readonly DemoCategory[] {
  const codes = CATEGORIES.map(([code]) => code);
  return CATEGORIES.map(([code, parent, icon, name], n) => ({
    id: demoId("category", n, seed),
    code,
    parentId: parent === undefined ? undefined : demoId("category", codes.indexOf(parent), seed),
    name: textsOf(name),
    position: n,
    icon,
  }));
}
