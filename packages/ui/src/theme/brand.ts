/**
 * The retailer's brand: this file and brand.css are all that a retailer changes. Colors that a style sheet needs are in brand.css;
 * here stands what must be known outside a page (manifest, browser bar, mail).
 */
export const BRAND = {
  name: "Trama",
  /** Terracotta, dark enough for white text (contrast 7.3). The same value as `--brand-accent` in brand.css. */
  accent: "#96391d",
  paper: { light: "#faf6ef", dark: "#1b1714" },
} as const;
