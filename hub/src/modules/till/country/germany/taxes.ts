/** Keys of tax rates that the standard fixes (DSFinV-K, Anhang: Stamm_USt). Percent with two decimals. */
const FIXED: readonly { readonly key: number; readonly percent: number; readonly about: string }[] = [
  { key: 1, percent: 19, about: "Allgemeiner Steuersatz" },
  { key: 2, percent: 7, about: "Ermäßigter Steuersatz" },
  { key: 3, percent: 10.7, about: "Durchschnittsatz (§ 24 Abs. 1 Nr. 3 UStG)" },
  { key: 4, percent: 5.5, about: "Durchschnittsatz (§ 24 Abs. 1 Nr. 1 UStG)" },
  { key: 5, percent: 0, about: "Nicht steuerbar" },
];

/** Money that moves without a sale: floats, tips, vouchers. */
export const NOT_TAXABLE = 5;
/** Rates that the standard does not name have keys of one's own from here on. */
const FIRST_OWN = 1000;

export type TaxKey = { readonly key: number; readonly percent: number; readonly about: string };

/** The key of a rate, "19/100". An unknown one gets a key of its own that is the same in every export: 1000 and its hundredths of a percent. */
export function taxKeyOf(rate: string): TaxKey {
  const percent = percentOf(rate);
  const fixed = FIXED.find((one) => one.percent === percent);
  return fixed ?? { key: FIRST_OWN + Math.round(percent * 100), percent, about: `Steuersatz ${percent.toLocaleString("de-DE")} %` };
}

/** "19/100" in percent, to the hundredth. */
export function percentOf(rate: string): number {
  const [numerator = "0", denominator = "1"] = rate.split("/");
  return Math.round((Number(numerator) / Number(denominator)) * 10_000) / 100;
}

/** Gross amounts in the five places of `Kassenbeleg-V1`: 19, 7, 10.7 and 5.5 percent, and everything without tax. */
export function grossByPlace(taxes: readonly { readonly rate: string; readonly gross: number }[]): readonly number[] {
  const places = [0, 0, 0, 0, 0];
  for (const { rate, gross } of taxes) {
    const { key } = taxKeyOf(rate);
    const place = key >= 1 && key <= 4 ? key - 1 : 4;
    places[place] = (places[place] ?? 0) + gross;
  }
  return places;
}
