import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { BRAND, BRAND_FILES } from "./brand.ts";

it.each(Object.keys(BRAND_FILES))("the file %s is the drawing", async (name) => {
  const file = await readFile(new URL(name, import.meta.url), "utf8");
  expect(file).toBe(BRAND_FILES[name]?.());
});

it("the accent carries white text on light pages and dark text on dark ones (WCAG 2.2 AA, 4.5)", () => {
  expect(contrast(BRAND.accent.onLight, "#ffffff")).toBeGreaterThan(4.5);
  expect(contrast(BRAND.accent.onDark, BRAND.paper.onDark)).toBeGreaterThan(4.5);
  expect(contrast(BRAND.ink.onLight, BRAND.paper.onLight)).toBeGreaterThan(7);
});

/** WCAG 2.2 contrast ratio of two colors. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
