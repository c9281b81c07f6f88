import { expect, it } from "vitest";
import { minutesOf, timeText } from "./clock-time.ts";

it.each([
  [0, "00:00"],
  [425, "07:05"],
  [1439, "23:59"],
])("%i minutes are %s, and back", (minutes, text) => {
  expect([timeText(minutes), minutesOf(text)]).toEqual([text, minutes]);
});

it("an empty field is no time", () => expect(minutesOf("")).toBeNull());
