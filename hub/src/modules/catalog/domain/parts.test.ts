import type { LineId } from "@weft/kernel";
import { newId } from "@weft/kernel";
import { expect, it } from "vitest";
import { testId, variantId } from "../../../../test/goods-hub.ts";
import { stockLines, wholesFrom } from "./parts.ts";

const [BOX, BEANS, MUG] = [variantId(1), variantId(2), variantId(3)];
const BOX_OF = [
  { variantId: BEANS, quantity: 2 },
  { variantId: MUG, quantity: 1 },
];
const line = testId<LineId>("line", 1);

it("[CAT-11] a bundle is taken from stock by its parts, other goods by themselves, what is made to order not at all", () => {
  const box = { variantId: BOX, tracked: true, parts: BOX_OF };
  expect(stockLines(line, box, 3)).toMatchObject([
    { of: line, variantId: BEANS, quantity: 6, per: 2 },
    { of: line, variantId: MUG, quantity: 3, per: 1 },
  ]);
  expect(stockLines(line, { variantId: MUG, tracked: true, parts: [] }, 2)).toEqual([
    { lineId: line, of: line, variantId: MUG, quantity: 2, per: 1 },
  ]);
  expect(stockLines(line, { variantId: MUG, tracked: false, parts: [] }, 2)).toEqual([]);
});

it("[CAT-11] the line id of a part is a UUIDv7, the same each time, and another for each line and part", () => {
  const box = { variantId: BOX, tracked: true, parts: BOX_OF };
  const lines = [line, testId<LineId>("line", 2), ...Array.from({ length: 200 }, () => newId<LineId>())];
  const ids = lines.flatMap((each) => stockLines(each, box, 1).map(({ lineId }) => lineId));
  expect(lines.flatMap((each) => stockLines(each, box, 1).map(({ lineId }) => lineId))).toEqual(ids);
  expect(new Set([...ids, ...lines]).size).toBe(lines.length * 3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it("[CAT-11] there are as many bundles as the scarcest part gives; where a part is not kept there is no figure", () => {
  const of = (beans: number | null, mugs: number | null) => wholesFrom(BOX_OF, (id) => (id === BEANS ? beans : mugs));
  expect([of(7, 9), of(7, 1), of(1, 9), of(-2, 4), of(null, 4)]).toEqual([3, 1, 0, -1, null]);
});
