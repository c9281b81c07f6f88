import { LOCALES, messageArguments, type Locale, type RawCatalog } from "./message-catalog.ts";
import { meansKey, type KeyUse } from "./message-uses.ts";

/** The words of one owner (an app, or the shared components) and where its sources ask for words. */
export type MessageScope = {
  readonly name: string;
  /** Keys begin with one of these. */
  readonly prefixes: readonly string[];
  readonly catalogs: Readonly<Record<Locale, RawCatalog>>;
  readonly uses: readonly KeyUse[];
};

/**
 * Everything that is wrong with the words of the apps, a sentence each [MSG-1]: a key that a language lacks, arguments that differ between
 * languages or from the call, a key nobody uses, a use without a key. The first scope is the shared one, whose keys all others may use.
 */
export function checkMessages(scopes: readonly MessageScope[]): string[] {
  const [shared] = scopes;
  if (!shared) return ["there are no messages at all"];
  const everyUse = scopes.flatMap((scope) => scope.uses);
  return scopes.flatMap((scope) => [
    ...catalogFaults(scope),
    ...unusedKeys(scope, scope === shared ? everyUse : [...scope.uses, ...shared.uses]),
    ...useFaults(scope, scope === shared ? scopes : [scope, shared]),
  ]);
}

function keysOf(scope: MessageScope): string[] {
  return [...new Set(LOCALES.flatMap((locale) => Object.keys(scope.catalogs[locale])))].sort();
}

function catalogFaults(scope: MessageScope): string[] {
  return keysOf(scope).flatMap((key) => {
    const misplaced = scope.prefixes.some((prefix) => key.startsWith(prefix))
      ? []
      : [`${scope.name}: ${key} does not begin with ${scope.prefixes.join(" or ")}`];
    const missing = LOCALES.filter((locale) => !scope.catalogs[locale][key]).map(
      (locale) => `${scope.name}: ${key} is missing in ${locale}`,
    );
    return [...misplaced, ...missing, ...argumentFaults(scope, key), ...quoteFaults(scope, key)];
  });
}

function argumentFaults(scope: MessageScope, key: string): string[] {
  const english = scope.catalogs.en[key];
  if (english === undefined) return [];
  const wanted = argumentNames(key, english).join(", ");
  return LOCALES.flatMap((locale) => {
    const message = scope.catalogs[locale][key];
    if (message === undefined) return [];
    const found = argumentNames(key, message).join(", ");
    return found === wanted ? [] : [`${scope.name}: ${key} takes {${wanted}} in en and {${found}} in ${locale}`];
  });
}

/** In ICU a straight apostrophe quotes; in print it is wrong anyway. */
function quoteFaults(scope: MessageScope, key: string): string[] {
  return LOCALES.filter((locale) => scope.catalogs[locale][key]?.includes("'")).map(
    (locale) => `${scope.name}: ${key} in ${locale} has a straight apostrophe, write ’`,
  );
}

function unusedKeys(scope: MessageScope, uses: readonly KeyUse[]): string[] {
  return keysOf(scope)
    .filter((key) => !uses.some((use) => meansKey(use, key)))
    .map((key) => `${scope.name}: ${key} is used nowhere`);
}

function useFaults(scope: MessageScope, known: readonly MessageScope[]): string[] {
  return scope.uses
    .filter((use) => use.called)
    .flatMap((use) => {
      const place = `${use.file}:${use.line}`;
      const meant = known.flatMap((owner) =>
        keysOf(owner)
          .filter((key) => meansKey(use, key))
          .map((key) => callFaults(place, use, key, owner.catalogs.en[key])),
      );
      // A key that is in a variable alone is a text elsewhere, where it is typed.
      return meant.length === 0 && use.parts.join("") !== "" ? [`${place}: there is no message ${use.parts.join("*")}`] : meant.flat();
    });
}

function callFaults(place: string, use: KeyUse, key: string, english: string | undefined): string[] {
  // A key put together at run time may mean messages with different arguments; they share one set of values.
  if (use.values === undefined || english === undefined || use.parts.length > 1) return [];
  const wanted = argumentNames(key, english).join(", ");
  const given = [...use.values].sort().join(", ");
  return wanted === given ? [] : [`${place}: ${key} takes {${wanted}} and is given {${given}}`];
}

function argumentNames(key: string, message: string): string[] {
  return [...new Set(messageArguments(key, message).map((argument) => argument.split(":")[0] ?? ""))].sort();
}
