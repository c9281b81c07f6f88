/** What a country is called in the language of the page. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(document.documentElement.lang || "en", { type: "region" }).of(code) ?? code;
}
