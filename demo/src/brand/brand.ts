import { threadMark } from "../pictures/patterns.ts";

/** Name and colors of the chain, the same values as the shop's theme; `onDark` is for dark pages. */
export const BRAND = {
  name: "Trama",
  accent: { onLight: "#96391d", onDark: "#e8997a" },
  second: { onLight: "#d98b62", onDark: "#e8997a" },
  ink: { onLight: "#43302a", onDark: "#faf6ef" },
  paper: { onLight: "#faf6ef", onDark: "#1b1714" },
} as const;

type Ground = "onLight" | "onDark";

/** The five letters of the name, drawn with one pen like a thread: t, r, a, m, a. */
const WORD =
  "M26 34V80Q26 94 40 94H48M12 56H46M68 56V94M68 76Q69 56 92 56M150 56V94M150 75a20 20 0 1 1 -40 0a20 20 0 1 1 40 0M176 56V94M176 74Q177 56 192 56Q208 56 208 74V94M208 74Q209 56 224 56Q240 56 240 74V94M304 56V94M304 75a20 20 0 1 1 -40 0a20 20 0 1 1 40 0";

const svg = (width: number, height: number, inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${BRAND.name}">${inner}</svg>\n`;

const mark = (cx: number, cy: number, size: number, ground: Ground): string =>
  ground === "onLight"
    ? threadMark(cx, cy, size, BRAND.accent.onLight, BRAND.second.onLight)
    : threadMark(cx, cy, size, BRAND.ink.onDark, BRAND.accent.onDark);

/** Mark and name side by side, for headers and receipts. */
export function logo(ground: Ground = "onLight"): string {
  const word = `<path transform="translate(108 -8)" d="${WORD}" fill="none" stroke="${BRAND.ink[ground]}" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`;
  return svg(426, 120, mark(56, 60, 88, ground) + word);
}

/** The woven threads alone. */
export function brandMark(ground: Ground = "onLight"): string {
  return svg(96, 96, mark(48, 48, 84, ground));
}

/** For the browser's tab: the threads on a tile of the accent. */
export function favicon(): string {
  return svg(
    64,
    64,
    `<rect width="64" height="64" rx="14" fill="${BRAND.accent.onLight}"/>${threadMark(32, 32, 46, BRAND.ink.onDark, "#f0b79c")}`,
  );
}

/** The files of this folder, for pages that want a file; a test keeps them equal to the drawings. */
export const BRAND_FILES: Readonly<Record<string, () => string>> = {
  "logo.svg": logo,
  "logo-on-dark.svg": () => logo("onDark"),
  "mark.svg": brandMark,
  "favicon.svg": favicon,
};
