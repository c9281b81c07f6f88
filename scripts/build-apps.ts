import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type InlineConfig } from "vite";
import { APPS, type AppName } from "../packages/ui/build/app-config.ts";
import { buildWebClient } from "./build-web-client.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** What an app is made of besides its own folder. Domains of modules run in the browser too. */
const SHARED = [
  "packages/{ui,contracts,kernel}/{src,build,public}/**/*",
  "hub/src/modules/*/domain{.ts,/**/*.ts}",
  "hub/src/modules/till/fiscal/*.ts",
  "package-lock.json",
];

/** Bytes. Below it the headers weigh more than what is saved. */
const WORTH_COMPRESSING = 1000;

export type BuildReport = { readonly app: AppName; readonly built: boolean; readonly seconds: number };

/**
 * Builds the apps whose sources changed since they were last built, to `dist/apps/<app>`. Answers what was done, in order.
 * `only` names the apps to look at; `force` builds them whatever the stamp says.
 */
export async function buildApps({ only = APPS, force = false }: { only?: readonly AppName[]; force?: boolean } = {}): Promise<
  BuildReport[]
> {
  const reports: BuildReport[] = [];
  // One after the other: the bundler uses every core itself, and two at once need twice the memory.
  for (const app of only) {
    const started = performance.now();
    const built = await buildIfChanged(app, force);
    reports.push({ app, built, seconds: (performance.now() - started) / 1000 });
  }
  return reports;
}

async function buildIfChanged(app: AppName, force: boolean): Promise<boolean> {
  const stamp = join(ROOT, "dist/apps/.stamps", app);
  const wanted = sourceHash(app);
  const isThere = existsSync(join(ROOT, "dist/apps", app, "index.html"));
  if (!force && isThere && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
  await buildBeside(app);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** Built beside and then put in place, so that a hub which serves the app meanwhile never finds half of it. */
async function buildBeside(app: AppName): Promise<void> {
  const config = (await import(pathToFileURL(join(ROOT, "apps", app, "vite.config.ts")).href)) as { default: InlineConfig }; // by Vite's convention
  const place = join(ROOT, "dist/apps", app);
  const beside = `${place}.building-${process.pid}`;
  try {
    await build({ ...config.default, configFile: false, build: { ...config.default.build, outDir: beside } });
    compressBeside(beside);
    rmSync(place, { recursive: true, force: true });
    renameSync(beside, place);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** What the hub sends to every visitor is compressed here once, at the best that takes too long to do for each of them. */
function compressBeside(folder: string): void {
  for (const path of globSync("**/*.{js,css,svg,webmanifest}", { cwd: folder })) {
    const bytes = readFileSync(join(folder, path));
    if (bytes.length < WORTH_COMPRESSING) continue;
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    writeFileSync(join(folder, `${path}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

function sourceHash(app: AppName): string {
  const files = globSync([`apps/${app}/**/*`, ...SHARED], {
    cwd: ROOT,
    withFileTypes: true,
    exclude: ["**/node_modules/**", "**/*.test.ts"],
  });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const hash = createHash("sha256");
  for (const path of paths.sort()) hash.update(path.slice(ROOT.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

if (import.meta.main) {
  await buildWebClient();
  const only = APPS.filter((app) => process.argv.includes(app));
  const reports = await buildApps({ only: only.length > 0 ? only : APPS, force: process.argv.includes("--force") });
  for (const { app, built, seconds } of reports) console.log(`${app} ${built ? `built in ${seconds.toFixed(1)} s` : "unchanged"}`);
}
