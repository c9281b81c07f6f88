import { expect, it } from "vitest";
import { daypartOf, isServed, readDayparts, servedFrom, servedUntil } from "./dayparts.ts";

const PARIS = "Europe/Paris";
const dayparts = readDayparts("breakfast: Mo-Fr 07:00-11:00; Sa 08:00-12:00 | lunch: Mo-Su 11:30-15:00 | eggs: Mo-Su 10:00-12:00") ?? [];
const [breakfast = [], lunch = [], eggs = []] = dayparts.map(({ windows }) => windows);
/** A Monday in Paris, in winter. */
const at = (time: string, day = "2026-03-02"): Date => new Date(`${day}T${time}:00+01:00`);

it("[PLA-11] reads when what is sold, and refuses what says two things or no time", () => {
  expect(dayparts.map(({ category }) => category)).toEqual(["breakfast", "lunch", "eggs"]);
  expect(readDayparts(" ")).toEqual([]);
  for (const wrong of ["breakfast", "breakfast: noon", "a: Mo 07:00-08:00 | a: Tu 07:00-08:00", "Big Meals: Mo 07:00-08:00", "a: ;"])
    expect(readDayparts(wrong), wrong).toBeUndefined();
});

it("[PLA-11] the nearest category that is named says when; what is not named is sold all day", () => {
  expect(daypartOf(dayparts, ["eggs", "breakfast"])).toBe(eggs);
  expect(daypartOf(dayparts, ["toast", "breakfast"])).toBe(breakfast);
  expect(daypartOf(dayparts, ["mugs"])).toBeNull();
});

it("[PLA-11] is sold by the clock of the place, from the first minute and not at the last", () => {
  expect(["06:59", "07:00", "10:59", "11:00"].map((time) => isServed(breakfast, PARIS, at(time)))).toEqual([false, true, true, false]);
  expect(isServed(breakfast, "America/New_York", at("07:00"))).toBe(false);
  expect(servedUntil(breakfast, PARIS, at("09:00"))).toEqual(at("11:00"));
  expect(servedUntil(breakfast, PARIS, at("12:00"))).toEqual(at("07:00", "2026-03-03"));
});

it("[PLA-11] goods together wait for the first time that all of them have; Friday's noon waits until Saturday, Saturday's until Monday", () => {
  expect(servedFrom([breakfast, eggs], PARIS, at("08:00"))).toEqual(at("10:00"));
  expect(servedFrom([breakfast], PARIS, at("12:00", "2026-03-06"))).toEqual(at("08:00", "2026-03-07"));
  expect(servedFrom([breakfast], PARIS, at("12:00", "2026-03-07"))).toEqual(at("07:00", "2026-03-09"));
  expect(servedFrom([lunch], PARIS, at("12:00"))).toEqual(at("12:00"));
  expect(servedFrom([breakfast, lunch], PARIS, at("08:00"))).toEqual(at("11:30", "2026-03-07"));
  expect(servedFrom([breakfast.slice(0, 1), lunch], PARIS, at("08:00"))).toBeNull();
});

it("[PLA-11] a time that the clock change skips begins after it", () => {
  const night = readDayparts("night: Su 02:30-04:00")?.[0]?.windows ?? [];
  expect(servedFrom([night], PARIS, new Date("2026-03-29T00:00:00Z"))).toEqual(new Date("2026-03-29T01:00:00Z"));
});
