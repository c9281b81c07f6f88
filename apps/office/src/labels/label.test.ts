import type { ProductView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { labelsOf, priceIn } from "./label.ts";

const STORE = "0190b1de-0000-7000-8000-000000000001";
const at = { language: "de", storeId: STORE, origin: "https://shop.example" } as const;

const mug = {
  name: { en: "Mug", de: "Becher" },
  variants: [
    { sku: "MUG-S", name: { en: "small", de: "klein" }, barcodes: ["4006381333931"], price: piece(1450) },
    { sku: "MUG-L", name: { en: "large" }, barcodes: [], price: piece(1850) },
    { sku: "MUG-X", name: { en: "odd" }, barcodes: ["4006381333948"], price: null },
  ],
} as unknown as ProductView; // only what a label is made of

function piece(amount: number) {
  return { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } } as const;
}

it("[OFC-6] a variant with a barcode and a price at the store gets a label in the store's language; its code opens it at that store", () => {
  expect(labelsOf([mug], at)).toEqual([
    {
      gtin: "4006381333931",
      sku: "MUG-S",
      name: "Becher",
      variant: "klein",
      price: expect.stringMatching(/^14,50\s€$/),
      link: `https://shop.example/01/04006381333931?store=${STORE}`,
    },
  ]);
});

it("[OFC-6] goods by weight say what the price is for", () => {
  const price = { amount: 320, scale: 0, currency: "EUR", per: { quantity: 100, unit: "gram" } } as const;
  expect(priceIn(price, "fr")).toMatch(/^3,20\s€ \/ 100\sg$/);
});
