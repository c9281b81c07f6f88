import { expect, it } from "vitest";
import { LEVELS, PLAYS, SCENES, stopAfter, type Stop } from "./scenes.ts";

it("the way on leads through every scene on every level, and ends with what happened", () => {
  const way: Stop[] = [];
  for (let stop: Stop | undefined = { scene: "sign_up", level: "siloed" }; stop; stop = stopAfter(stop)) way.push(stop);
  expect(way.map(({ scene, level }) => `${scene} ${level}`)).toEqual([
    ...SCENES.slice(0, -1).flatMap((scene) => LEVELS.map((level) => `${scene} ${level}`)),
    "seams linked",
  ]);
});

it("a visitor taps at most twelve times on a level", () => {
  for (const level of LEVELS) expect(SCENES.reduce((sum, scene) => sum + PLAYS[scene][level].steps.length, 0)).toBeLessThanOrEqual(12);
});
