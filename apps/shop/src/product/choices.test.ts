import type { OptionGroupView, ProductView, VariantView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { choose, firstChoices, lineHint, missingChoices } from "./choices.ts";

const value = (code: string, amount = 0, soldOut = false) => ({
  code,
  name: { en: code },
  priceDifference: { amount, currency: "EUR" },
  soldOut,
});
const group = (code: string, minimum: number, maximum: number, values: OptionGroupView["values"]): OptionGroupView => ({
  code,
  name: { en: code },
  minimum,
  maximum,
  values,
});
const milk = group("milk", 1, 1, [value("whole", 0, true), value("oat", 50), value("soy", 40)]);
const syrup = group("syrup", 0, 2, [value("vanilla", 60), value("caramel", 60), value("hazelnut", 60)]);

it("[CHO-1] without asking one gets the first value that is there, and nothing that is optional", () => {
  expect(firstChoices([milk, syrup])).toEqual({ milk: ["oat"], syrup: [] });
});

it("[CHO-2] in a group of one the tapped value takes the other's place, and cannot be taken away", () => {
  const chosen = choose({ milk: ["oat"] }, milk, "soy");
  expect(chosen).toEqual({ milk: ["soy"] });
  expect(choose(chosen, milk, "soy")).toEqual({ milk: ["soy"] });
});

it("[CHO-2] beyond the most that may be chosen the first one leaves; tapped again a value goes", () => {
  const three = ["vanilla", "caramel", "hazelnut"].reduce((held, code) => choose(held, syrup, code), {});
  expect(three).toEqual({ syrup: ["caramel", "hazelnut"] });
  expect(choose(three, syrup, "caramel")).toEqual({ syrup: ["hazelnut"] });
});

it("[CHO-2] a group where everything is sold out stays missing", () => {
  const gone = group("bean", 1, 1, [value("house", 0, true)]);
  expect(missingChoices([gone, milk], firstChoices([gone, milk]))).toEqual([gone]);
});

it("the price counts the chosen differences, also where a unit price is finer than a cent; the picture is that of the variant [CAT-20]", () => {
  const pictures = [
    { url: "all", alt: { en: "" } },
    { url: "large", alt: { en: "" }, variantId: "L" },
  ];
  const product = { name: { en: "Latte" }, pictures, optionGroups: [milk, syrup] } as unknown as ProductView; // what the rule reads
  const variant = { id: "L", price: { amount: 3905, scale: 1, currency: "EUR", per: { quantity: 1, unit: "piece" } } } as VariantView; // the same
  const hint = lineHint(product, variant, { syrup: ["vanilla"], milk: ["oat"] });
  expect(hint.unitPrice?.amount).toBe(3905 + 500 + 600);
  expect(hint.pictureUrl).toBe("large");
  expect(hint.options.map(({ group, value }) => `${group} ${value}`)).toEqual(["milk oat", "syrup vanilla"]);
});
