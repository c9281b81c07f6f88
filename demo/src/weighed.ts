import { checkDigit } from "./catalog/barcodes.ts";
import { color } from "./pictures/colors.ts";
import type { DemoWeighed } from "./types.ts";

/** The number of the goods in what a scale prints. */
const ARTICLE = "00042";
const labelCode = (prefix: string): string => {
  const digits = `${prefix}${ARTICLE}00000`;
  return digits + checkDigit(digits);
};

/** What is poured and weighed at the till, at one price in all stores. Its barcodes are those of its labels, with noughts for weight and price. */
export const DEMO_WEIGHED: DemoWeighed = {
  sku: "LOOSE-BEANS",
  slug: "loose-beans",
  category: "beans",
  perKilo: 2890,
  taxClass: "packaged_food",
  name: { en: "House beans, loose", fr: "Grains maison en vrac", de: "Hausbohnen, lose", ca: "Grans de la casa a granel" },
  description: {
    en: "The house espresso from the sack, as much as you like. Bring a tin.",
    fr: "L’espresso maison au sac, la quantité que vous voulez. Venez avec votre boîte.",
    de: "Der Hausespresso aus dem Sack, so viel Sie möchten. Bringen Sie eine Dose mit.",
    ca: "L’espresso de la casa directe del sac, tant com vulgueu. Porteu un pot.",
  },
  barcodes: [labelCode("21"), labelCode("22")],
  picture: { tint: "stone", kind: "jar", content: color.espresso, lid: color.kraft, label: color.paper },
};
