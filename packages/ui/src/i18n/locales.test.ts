import { expect, it } from "vitest";
import { formattingLocale, preferredLocale } from "./locales.ts";

it("[LOC-1] the first language of the reader's list that is spoken here wins, whatever its region", () => {
  expect(preferredLocale(["es-MX", "ca-ES", "en"])).toBe("ca");
  expect(preferredLocale(["FR-ch"])).toBe("fr");
  expect(preferredLocale(["ja", "pt"])).toBe("en");
  expect(preferredLocale([])).toBe("en");
});

it("[LOC-2] dates and amounts follow the reader's own region of that language, else its home region", () => {
  expect(formattingLocale("fr", ["en-US", "fr-CH"])).toBe("fr-CH");
  expect(formattingLocale("en", ["fr-FR"])).toBe("en-GB");
});
