import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { LOCALES, type Locale } from "../src/i18n/locales.ts";

/** One language of one folder as it stands in its file: key → ICU message. */
export type RawCatalog = Readonly<Record<string, string>>;
/** What Lingui's run time reads without a parser: text pieces and arguments. */
export type CompiledMessage = ReturnType<typeof compileMessageOrThrow>;

/** Reads `<folder>/<locale>.json`; a file that is not there is an empty catalog, so that a new language can begin with none. */
export function readCatalog(folder: string, locale: Locale): RawCatalog {
  const file = join(folder, `${locale}.json`);
  if (!existsSync(file)) return {};
  // The file's shape is checked key by key where it is compiled.
  return JSON.parse(readFileSync(file, "utf8")) as RawCatalog;
}

/** Compiles every message of the given catalogs into one; a later catalog wins over an earlier one. Throws with the key of a message ICU refuses. */
export function compileCatalogs(catalogs: readonly RawCatalog[]): Record<string, CompiledMessage> {
  const compiled: Record<string, CompiledMessage> = {};
  for (const [key, message] of catalogs.flatMap((catalog) => Object.entries(catalog))) compiled[key] = compileText(key, message);
  return compiled;
}

function compileText(key: string, message: unknown): CompiledMessage {
  if (typeof message !== "string") throw new Error(`message ${key} is not a text`);
  try {
    return compileMessageOrThrow(message);
  } catch (cause) {
    throw new Error(`message ${key} is not valid ICU MessageFormat: ${message}`, { cause });
  }
}

/** The arguments of a message with their kinds, sorted: `["count:plural", "name:text"]`. Two languages of one key must agree on them. */
export function messageArguments(key: string, message: string): string[] {
  const found = new Set<string>();
  collectArguments(compileText(key, message), found);
  return [...found].sort();
}

function collectArguments(tokens: CompiledMessage, found: Set<string>): void {
  for (const token of tokens) {
    if (!Array.isArray(token)) continue;
    const [name, kind, format] = token;
    found.add(`${name}:${kind ?? "text"}`);
    if (format && typeof format === "object") collectCases(Object.values(format), found);
  }
}

function collectCases(cases: readonly unknown[], found: Set<string>): void {
  // Each case of a plural or select is again a list of tokens.
  for (const tokens of cases) if (Array.isArray(tokens)) collectArguments(tokens as CompiledMessage, found);
}

export { LOCALES, type Locale };
