import { expect, it } from "vitest";
import { readShownText } from "../../../../hub/src/modules/loyalty/domain/rotating.ts";
import { textShownAt } from "./shown-code.ts";

const card = {
  cardToken: "aaaaaaaaaaaa.bbbbbbbbbbbb.cccccccccccc.ZZZZZZZZ",
  cardKey: "c2VjcmV0LW9mLXRoZS1jYXJk",
  asOf: "2026-03-02T09:15:00Z",
  clockAheadMs: 0,
};
const at = (seconds: number) => Date.parse(card.asOf) + seconds * 1000;

it("[LOY-21] a phone without a network shows another code every half minute, for half a day", async () => {
  const codes = await Promise.all(
    [0, 29, 30, 3600].map(async (seconds) => readShownText((await textShownAt(card, at(seconds))) ?? "")?.code),
  );
  expect(codes[0]).toBe(codes[1]);
  expect(new Set(codes).size).toBe(3);
  expect(await textShownAt(card, at(12 * 3600 + 1))).toBeNull();
});

it("[LOY-21] follows the hub's clock, however wrong the phone's is", async () => {
  const anHourSlow = { ...card, clockAheadMs: 3_600_000 };
  expect(await textShownAt(anHourSlow, at(-3600))).toBe(await textShownAt(card, at(0)));
});

it("a card that was kept by an older version shows its number", async () => {
  expect(await textShownAt({ ...card, cardToken: "aaaaaaaaaaaa.bbbbbbbbbbbb.cccccccccccc" }, at(0))).toBeNull();
});
