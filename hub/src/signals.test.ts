import { readFileSync } from "node:fs";
import { LOCALES } from "@weft/contracts";
import { expect, it } from "vitest";
import { SIGNALS } from "./signals.ts";

it.each(LOCALES)("every signal of the hub's health is called and explained by words in %s: none is said by its code", (locale) => {
  const file = new URL(`../../apps/office/src/messages/${locale}.json`, import.meta.url);
  const words = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>; // a file of texts
  const said = SIGNALS.flatMap(({ name }) => [`office.health.signal.${name}`, `office.health.about.${name}`]);
  expect(said.filter((key) => !words[key])).toEqual([]);
});
