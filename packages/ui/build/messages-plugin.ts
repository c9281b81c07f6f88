import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Plugin } from "vite";
import { compileCatalogs, LOCALES, readCatalog } from "./message-catalog.ts";

const SHARED_MESSAGES = fileURLToPath(new URL("../src/messages", import.meta.url));
const INDEX = "virtual:weft-messages";

/**
 * Makes `virtual:weft-messages`: one lazy chunk per language with the shared and the app's messages, compiled, so that the
 * browser loads the words of one language and no ICU parser.
 */
export function messagesPlugin(appMessages: string): Plugin {
  const folders = [SHARED_MESSAGES, appMessages];
  return {
    name: "weft-messages",
    resolveId: (id) => (id === INDEX || id.startsWith(`${INDEX}/`) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${INDEX}`) return indexModule();
      const locale = LOCALES.find((candidate) => id === `\0${INDEX}/${candidate}`);
      if (!locale) return undefined;
      for (const folder of folders) this.addWatchFile(join(folder, `${locale}.json`));
      const compiled = compileCatalogs(folders.map((folder) => readCatalog(folder, locale)));
      // JSON.parse of a string is read faster than the same object as a literal.
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
    },
  };
}

function indexModule(): string {
  const entries = LOCALES.map((locale) => `  ${locale}: () => import("${INDEX}/${locale}"),`);
  return `export const loadMessages = {\n${entries.join("\n")}\n};`;
}
