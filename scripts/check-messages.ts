// npm run check:messages: words that a language lacks, that nobody uses, or that are called otherwise than they are written.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { APPS } from "../packages/ui/build/app-config.ts";
import { LOCALES, readCatalog, type Locale, type RawCatalog } from "../packages/ui/build/message-catalog.ts";
import { checkMessages, type MessageScope } from "../packages/ui/build/message-check.ts";
import { keyUses } from "../packages/ui/build/message-uses.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function readScope(name: string, sources: string, prefixes: readonly string[]): MessageScope {
  const files = globSync(`${sources}/**/*.{ts,tsx}`, { cwd: ROOT, exclude: ["**/*.test.ts"] });
  const uses = files.flatMap((file) => keyUses(file, readFileSync(join(ROOT, file), "utf8")));
  // One entry per language, made right here.
  const catalogs = Object.fromEntries(LOCALES.map((locale) => [locale, readCatalog(join(ROOT, sources, "messages"), locale)])) as Record<
    Locale,
    RawCatalog
  >;
  return { name, prefixes, catalogs, uses };
}

const scopes = [
  readScope("ui", "packages/ui/src", ["ui.", "problem."]),
  ...APPS.map((app) => readScope(app, `apps/${app}/src`, [`${app}.`, "problem."])),
];
const faults = checkMessages(scopes);
const count = scopes.reduce((sum, scope) => sum + Object.keys(scope.catalogs.en).length, 0);
if (faults.length > 0) {
  console.error(`${faults.join("\n")}\n${faults.length} faults in the words of the apps`);
  process.exitCode = 1;
} else console.log(`${count} messages in ${LOCALES.join(", ")}: none missing, none unused`);
