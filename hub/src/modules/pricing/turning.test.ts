import { PromotionTerms } from "@weft/contracts";
import { asId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { testId } from "../../../test/goods-hub.ts";
import { createPromotion, type PromotionId } from "./index.ts";
import { startTurning } from "./turning.ts";

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
});
afterAll(() => cafe.close());

const turned = async () => (await cafe.published()).filter(({ type }) => type === "pricing.turned.v1").map(({ data }) => data);

it("[PRC-19] a promotion that begins by the clock is told of once, at that moment, by whichever of two nodes comes first", async () => {
  const begins = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
  const terms = {
    name: { en: "Soon" },
    benefit: { kind: "percentage", rate: { numerator: 1, denominator: 10 } },
    validFrom: begins.toISOString(),
  };
  await cafe.must((ctx) => createPromotion(ctx, asId<PromotionId>(testId("promotion", 1)), PromotionTerms.parse(terms)));
  cafe.refresh();
  await cafe.published();
  const nodes = [startTurning(cafe.around), startTurning(cafe.around)];
  let told: unknown[] = [];
  while (told.length === 0) told = await turned();
  const heardAt = Date.now();
  await Promise.all(nodes.map((node) => node.stop()));
  expect([...told, ...(await turned())]).toEqual([{ at: expect.stringContaining(begins.toISOString().slice(0, 19)) }]);
  expect(heardAt).toBeGreaterThanOrEqual(begins.getTime());
});

it("[PRC-19] the database decides whether the moment has come", async () => {
  const tell = async (seconds: number) =>
    (await cafe.rows<{ said: boolean }>("select pricing.tell_turn(now() + make_interval(secs => $1)) as said", [seconds]))[0]?.said;
  expect(await tell(60)).toBe(false);
  expect(await tell(-86_400)).toBe(true);
  expect(await turned()).toEqual([]);
});
