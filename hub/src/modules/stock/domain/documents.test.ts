import { describe, expect, it } from "vitest";
import { testId, variantId } from "../../../../test/goods-hub.ts";
import { arrivalOf, inOneLineEach, judgeCount, shortToSend, type DocumentLine, type DocumentLineId } from "./documents.ts";

const [BEANS, MUG, TEA] = [variantId(1), variantId(2), variantId(3)];

const line = (number: number, quantity: number, startedFrom: number | null = null, isBooked = false): DocumentLine => ({
  id: testId<DocumentLineId>("document line", number),
  variantId: variantId(number),
  quantity,
  received: null,
  startedFrom,
  isBooked,
});

it("units of the same variant are one line", () => {
  const twice = [
    { variantId: BEANS, quantity: 2 },
    { variantId: MUG, quantity: 1 },
    { variantId: BEANS, quantity: 3 },
  ];
  expect(inOneLineEach(twice)).toEqual([
    { variantId: BEANS, quantity: 5 },
    { variantId: MUG, quantity: 1 },
  ]);
});

describe("[STK-10] what is promised to somebody is not sent away", () => {
  const levels = [
    { variantId: BEANS, onHand: 10, unpromised: 4 },
    { variantId: MUG, onHand: 2, unpromised: -1 },
  ];
  it.each([
    [BEANS, 4, undefined],
    [BEANS, 5, 4],
    [MUG, 1, 0],
    [TEA, 1, null],
  ])("%s x %i leaves %j", (variant, quantity, available) => {
    const short = shortToSend([{ variantId: variant, quantity }], levels);
    expect(short).toEqual(available === undefined ? undefined : { variantId: variant, quantity, available });
  });
});

it("[STK-11] a transfer arrives as it was sent, but where a figure is given; what was not sent does not arrive", () => {
  const sent = [line(1, 6), line(2, 3)];
  expect(arrivalOf(sent, [{ variantId: MUG, quantity: 2 }])?.map(({ received }) => received)).toEqual([6, 2]);
  expect(arrivalOf(sent, [{ variantId: TEA, quantity: 2 }])).toBeUndefined();
});

it("[STK-7] a count books the lines whose figure still stands, and names the others with the present one", () => {
  const lines = [line(1, 8, 10), line(2, 2, 2), line(3, 5, 1, true)];
  const levels = [
    { variantId: BEANS, onHand: 9, unpromised: 9 },
    { variantId: MUG, onHand: 2, unpromised: 0 },
  ];
  expect(judgeCount(lines, levels)).toEqual({
    booked: [{ line: lines[1], change: 0 }],
    outdated: [{ line: lines[0], onHand: 9 }],
  });
});

it("[STK-7] a variant without a level is counted from 0", () => {
  expect(judgeCount([line(1, 4, 0)], []).booked).toEqual([{ line: line(1, 4, 0), change: 4 }]);
});
