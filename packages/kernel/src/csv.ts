/** A spreadsheet runs what begins like this as a formula; a quote in front makes it text again (OWASP, CSV injection). One more, where quotes stand already. */
const FORMULA = /^'*[=+\-@\t\r]/;
/** A number is none, with or without its sign. */
const PLAIN_NUMBER = /^-?\d+([.,]\d+)?$/;

/** One line of CSV (RFC 4180) with its end. What a spreadsheet would run is guarded; the import takes the guard off again. */
export function csvLine(values: readonly (string | number | boolean | null | undefined)[], delimiter = ","): string {
  return `${values.map((value) => csvField(value, delimiter)).join(delimiter)}\r\n`;
}

function csvField(value: string | number | boolean | null | undefined, delimiter: string): string {
  const text = String(value ?? "");
  const harmless = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return harmless.includes(delimiter) || /["\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The mark that makes spreadsheets read a file as UTF-8. */
export const CSV_MARK = "\uFEFF";
