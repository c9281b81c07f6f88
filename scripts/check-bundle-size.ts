// npm run check:bundle-size: script that a phone must load, by gzip, against the limits below.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { AppName } from "../packages/ui/build/app-config.ts";
import { loadsOf, type BundleManifest, type Load } from "../packages/ui/build/bundle-size.ts";
import { LOCALES } from "../packages/ui/build/message-catalog.ts";
import { buildApps } from "./build-apps.ts";
import { buildWebClient } from "./build-web-client.ts";

const APPS_FOLDER = fileURLToPath(new URL("../dist/apps", import.meta.url));
/** The screen that the shop opens with. */
const FIRST_SCREEN = "menu";
const LIMITS_KB = { firstView: 120, route: 200, till: 350, webClient: 4 };

type Measured = { readonly what: string; readonly kilobytes: number; readonly limit: number };

function measure(app: AppName, pick: (loads: ReturnType<typeof loadsOf>) => readonly (Load & { readonly limit: number })[]): Measured[] {
  const manifest = JSON.parse(readFileSync(join(APPS_FOLDER, app, ".vite/manifest.json"), "utf8")) as BundleManifest; // as Vite writes it
  const sizes = new Map<string, number>();
  const gzipped = (key: string): number => {
    const file = manifest[key]?.file ?? "";
    if (!file.endsWith(".js")) return 0;
    const known = sizes.get(file) ?? gzipSync(readFileSync(join(APPS_FOLDER, app, file)), { level: 9 }).length;
    sizes.set(file, known);
    return known;
  };
  // German is as long as words get; measuring each language takes no time either.
  return LOCALES.flatMap((locale) =>
    pick(loadsOf(manifest, locale, FIRST_SCREEN)).map(({ name, chunks, limit }) => ({
      what: `${app} ${name} (${locale})`,
      kilobytes: [...chunks].reduce((sum, key) => sum + gzipped(key), 0) / 1024,
      limit,
    })),
  );
}

await buildApps();
const measured = [
  { what: "weft.js", kilobytes: (await buildWebClient()).bytes / 1024, limit: LIMITS_KB.webClient },
  ...measure("shop", ({ screens }) =>
    screens.map((screen) => ({ ...screen, limit: screen.name === FIRST_SCREEN ? LIMITS_KB.firstView : LIMITS_KB.route })),
  ),
  ...measure("till", ({ shell }) => [{ ...shell, limit: LIMITS_KB.till }]),
];
const tooBig = measured.filter(({ kilobytes, limit }) => kilobytes > limit);
const shown = tooBig.length > 0 ? tooBig : [...new Map(measured.map((one) => [one.what.replace(/ \(\w+\)$/, ""), one])).values()];
for (const { what, kilobytes, limit } of shown) console.log(`${what}: ${kilobytes.toFixed(1)} KB of script (gzip), at most ${limit}`);
if (!measured.some(({ what }) => what.startsWith(`shop ${FIRST_SCREEN} `))) {
  console.error(`the shop has no screen "${FIRST_SCREEN}" to measure its first view by`);
  process.exitCode = 1;
} else if (tooBig.length > 0) process.exitCode = 1;
