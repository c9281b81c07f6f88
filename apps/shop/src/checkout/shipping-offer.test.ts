import type { CartView, ShippingAnswerView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { offerOf } from "./shipping-offer.ts";

// What the rule reads of lines and answers.
const line = (sku: string) => ({ sku }) as CartView["lines"][number];
const answer = (kind: string | null) => ({ countries: ["DE", "FR"], because: kind && { kind } }) as ShippingAnswerView;

it("[CKO-2] goods that may not travel are named; what is only short now is not said to stay", () => {
  const lines = [line("MUG"), line("LATTE"), line("BEANS")];
  expect(offerOf(lines, [answer(null), answer("not_shippable"), answer("stock_short")])).toEqual({
    countries: ["DE", "FR"],
    stays: [lines[1]],
  });
});

it("[CKO-2] a channel that ships nowhere has no countries", () => {
  expect(offerOf([line("MUG")], [null]).countries).toEqual([]);
});
