import type { VariantId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { testId } from "../test-data.ts";
import { applyRewards, type RewardBenefit, type RewardableLine, type RewardId } from "./index.ts";

const LATTE = testId<VariantId>("variant", 1);
const CAKE = testId<VariantId>("variant", 2);
const reward = (benefit: RewardBenefit, number = 1) => ({ rewardId: testId<RewardId>("reward", number), benefit });
const DRINK = reward({ kind: "product", variantIds: [LATTE] });
const FIVE = reward({ kind: "amount", money: { amount: 500, currency: "EUR" } }, 2);
const TENTH = reward({ kind: "percentage", rate: { numerator: 1, denominator: 10 } }, 3);

const line = (variantId: VariantId, pieces: number, left: number): RewardableLine => ({ variantId, pieces, left });
const taken = (...[wanted, lines]: [Parameters<typeof applyRewards>[0], RewardableLine[]]) =>
  applyRewards(wanted, lines, "EUR").map((outcome) => (outcome.kind === "applied" ? outcome.shares : outcome.because.kind));

describe("[PRC-13] rewards on a cart", () => {
  it("frees one piece of the goods, the dearest that is left after the codes", () => {
    expect(taken([DRINK], [line(LATTE, 2, 800), line(CAKE, 1, 900)])).toEqual([[400, 0]]);
    expect(taken([DRINK], [line(LATTE, 1, 390), line(LATTE, 1, 450)])).toEqual([[0, 450]]);
  });

  it("frees each piece once, so that all together are free to the cent and a further one finds none", () => {
    expect(taken([DRINK, DRINK, DRINK, DRINK], [line(LATTE, 3, 1000)])).toEqual([[334], [333], [333], "product_missing"]);
  });

  it("counts goods, then percentages, then amounts, whatever the order in which they were wanted, and answers in that order", () => {
    const lines = [line(LATTE, 1, 400), line(CAKE, 1, 600)];
    expect(taken([FIVE, TENTH, DRINK], lines)).toEqual([
      [0, 500],
      [0, 60],
      [400, 0],
    ]);
  });

  it("takes nothing off what is free already, what is weighed, and what is paid in another currency", () => {
    expect(taken([FIVE, TENTH], [line(LATTE, 1, 0)])).toEqual(["nothing_to_discount", "nothing_to_discount"]);
    expect(taken([DRINK], [line(LATTE, 0, 700)])).toEqual(["product_missing"]);
    expect(applyRewards([FIVE], [line(CAKE, 1, 900)], "GBP")).toMatchObject([{ because: { kind: "other_currency", currency: "EUR" } }]);
  });
});
