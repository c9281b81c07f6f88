import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "vite";
import { importsWithWords, saidInFirstView, sourcesOfFirstView } from "./first-view.ts";
import { withFrenchSpaces } from "./french-spaces.ts";
import { compileCatalogs, LOCALES, readCatalog, type RawCatalog } from "./message-catalog.ts";

const SHARED_MESSAGES = "packages/ui/src/messages";
const INDEX = "virtual:weft-messages";
/** What is said only after the first view. */
const MORE = "virtual:weft-more-messages";

export type MessagesOptions = {
  /** The folder of the repository; all paths begin there. */
  readonly root: string;
  readonly app: string;
  /** The screen whose words come with the page, and all others later; undefined where all come at once. */
  readonly firstScreen: string | undefined;
  /** Words that the first view could put together at run time, and never has reason to. */
  readonly neverFirst: RegExp | undefined;
};

/**
 * Makes `virtual:weft-messages`: one lazy chunk per language with the shared and the app's messages, compiled, so that the
 * browser loads the words of one language and no ICU parser. An app with a first screen has two chunks per language [MSG-2]: what its
 * first view says, and the rest, which comes along with the first part that is loaded beyond that view.
 */
export function messagesPlugin({ root, app, firstScreen, neverFirst }: MessagesOptions): Plugin {
  const folders = [SHARED_MESSAGES, `apps/${app}/src/messages`];
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  let sources = new Set<string>();
  let isSaidFirst = (_key: string): boolean => true;
  return {
    name: "weft-messages",
    // Before JSX and types are gone: the sources are read as they were written.
    enforce: "pre",
    buildStart() {
      if (firstScreen === undefined) return;
      sources = sourcesOfFirstView([`apps/${app}/src/main.tsx`, firstScreen], read);
      const isSaid = saidInFirstView(sources, read);
      isSaidFirst = (key) => isSaid(key) && !neverFirst?.test(key);
    },
    resolveId: (id) => ([INDEX, MORE].some((name) => id === name || id.startsWith(`${name}/`)) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${INDEX}`) return indexModule(firstScreen !== undefined);
      const locale = LOCALES.find((candidate) => [INDEX, MORE].some((name) => id === `\0${name}/${candidate}`));
      if (!locale) return undefined;
      for (const folder of folders) this.addWatchFile(join(root, folder, `${locale}.json`));
      const all: RawCatalog = Object.assign({}, ...folders.map((folder) => readCatalog(join(root, folder), locale)));
      return wordsModule(locale === "fr" ? withFrenchSpaces(all) : all, (key) => isSaidFirst(key) !== id.startsWith(`\0${MORE}`));
    },
    transform(code, id) {
      const path = relative(root, id);
      if (firstScreen === undefined || !/^(?:apps|packages\/ui\/src)\/.*\.tsx?$/.test(path)) return null;
      const parts = importsWithWords(path, code, sources);
      return parts.length === 0 ? null : { code: withWords(code, parts), map: null };
    },
  };
}

/** `import("./cart/screen.tsx")` becomes `withMoreWords(import("./cart/screen.tsx"))`: both come at once, and nobody can forget one. */
function withWords(code: string, parts: readonly { readonly start: number; readonly end: number }[]): string {
  // From behind, so that the places before stay where they are.
  const wrapped = parts
    .toReversed()
    .reduce((text, { start, end }) => `${text.slice(0, start)}withMoreWords(${text.slice(start, end)})${text.slice(end)}`, code);
  return `import { withMoreWords } from "@weft/ui/i18n/i18n.ts";\n${wrapped}`;
}

function wordsModule(all: RawCatalog, isWanted: (key: string) => boolean): string {
  const compiled = compileCatalogs([Object.fromEntries(Object.entries(all).filter(([key]) => isWanted(key)))]);
  // JSON.parse of a string is read faster than the same object as a literal.
  return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
}

function indexModule(isSplit: boolean): string {
  const loaders = (name: string): string => LOCALES.map((locale) => `  ${locale}: () => import("${name}/${locale}"),`).join("\n");
  const more = isSplit ? `{\n${loaders(MORE)}\n}` : "undefined";
  return `export const loadMessages = {\n${loaders(INDEX)}\n};\nexport const loadMoreMessages = ${more};`;
}
