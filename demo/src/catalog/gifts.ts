import { color } from "../pictures/colors.ts";
import type { Color } from "../pictures/colors.ts";
import type { Tint } from "../pictures/picture.ts";
import type { Section, VariantSketch } from "./sketch.ts";

/** One for each amount, in minor units of EUR: worth what is paid for it. */
function worth(euros: number, tint: Tint, paper: Color, accent: Color): VariantSketch {
  const name = `${euros} €`;
  return {
    ending: String(euros),
    name: [`€${euros}`, name, name, name],
    price: euros * 100,
    picture: { tint, kind: "box", paper, accent, mark: "dots" },
  };
}

/** No goods: nobody counts, makes or ships them, and their codes are with the customer as soon as they are paid. */
// oxfmt-ignore
export const giftCards: Section = {
  category: "gifts", taxClass: "voucher", isTracked: false, isShippable: false, station: "counter", prepSeconds: 0, diet: "other",
  products: [
    {
      sku: "GIF", price: 2500,
      variants: [worth(10, "butter", color.mustard, color.paper), worth(25, "blush", color.terracotta, color.paper), worth(50, "sage", color.pine, color.oat), worth(100, "sky", color.night, color.mustard)],
      name: ["Gift card", "Carte cadeau", "Geschenkkarte", "Targeta regal"],
      about: ["A code to give away: spent bit by bit, in the shop and at every till.", "Un code à offrir, à dépenser petit à petit, en ligne et à chaque caisse.", "Ein Code zum Verschenken: nach und nach einzulösen, im Shop und an jeder Kasse.", "Un codi per regalar: es gasta a poc a poc, a la botiga en línia i a cada caixa."],
      picture: { tint: "blush", kind: "box", paper: color.terracotta, accent: color.paper, mark: "dots" },
    },
  ],
};
