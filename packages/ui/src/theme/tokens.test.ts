import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { BRAND } from "./brand.ts";

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
const brand = new Map(
  [...read("./brand.css").matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
);

/** The two values of a token that is written as light-dark(a, b) with plain colors or brand variables. */
function pair(name: string): [light: string, dark: string] {
  const found = new RegExp(`--${name}:\\s*light-dark\\(([^,()]+(?:\\([^)]*\\))?),\\s*([^,()]+(?:\\([^)]*\\))?)\\);`).exec(
    read("./tokens.css"),
  );
  if (!found) throw new Error(`no plain light-dark token --${name}`);
  return [plain(found[1] ?? ""), plain(found[2] ?? "")];
}

function plain(value: string): string {
  const variable = /^var\(--([\w-]+)\)$/.exec(value.trim())?.[1];
  return variable === undefined ? value.trim() : (brand.get(variable) ?? "");
}

/** Contrast ratio of two colors (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const TEXT = ["color-ink", "color-ink-quiet", "color-accent", "color-good", "color-warn", "color-bad", "color-info"];
const CHANNELS = ["web", "app", "store", "phone", "email", "messaging", "social", "screen", "office", "desk"];

it("[THM-1] every text color has a contrast of 4.5 on paper, on surfaces and on sunken ground, light and dark (WCAG 2.2 AA)", () => {
  for (const ground of ["color-paper", "color-surface", "color-sunken"]) {
    for (const text of TEXT) {
      for (const scheme of [0, 1] as const)
        expect(
          contrast(pair(text)[scheme], pair(ground)[scheme]),
          `${text} on ${ground}, ${scheme ? "dark" : "light"}`,
        ).toBeGreaterThanOrEqual(4.5);
    }
  }
});

it("[THM-1] the quiet grounds of good, warn, bad and info carry their own text", () => {
  for (const tone of ["good", "warn", "bad", "info"]) {
    for (const scheme of [0, 1] as const)
      expect(contrast(pair(`color-${tone}`)[scheme], pair(`color-${tone}-quiet`)[scheme]), `${tone} on its ground`).toBeGreaterThanOrEqual(
        4.5,
      );
  }
});

it("[THM-1] text on the accent is readable, and lines that bound a control can be seen", () => {
  for (const scheme of [0, 1] as const) {
    expect(contrast(pair("color-on-accent")[scheme], pair("color-accent")[scheme])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(pair("color-line-strong")[scheme], pair("color-surface")[scheme])).toBeGreaterThanOrEqual(3);
  }
});

it("[THM-2] each kind of channel has a color of its own that can be seen on every ground", () => {
  for (const scheme of [0, 1] as const) {
    expect(new Set(CHANNELS.map((kind) => pair(`channel-${kind}`)[scheme])).size).toBe(CHANNELS.length);
    for (const kind of CHANNELS)
      expect(contrast(pair(`channel-${kind}`)[scheme], pair("color-surface")[scheme]), `channel ${kind}`).toBeGreaterThanOrEqual(3);
  }
});

it("[THM-3] the brand's style sheet and its constants say the same", () => {
  expect(brand.get("brand-accent")).toBe(BRAND.accent);
  expect(brand.get("brand-paper")).toBe(BRAND.paper.light);
  expect(brand.get("brand-paper-dark")).toBe(BRAND.paper.dark);
});
