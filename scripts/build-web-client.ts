import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const ROOT = resolve(import.meta.dirname, "..");
const PLACE = join(ROOT, "dist/apps/web-client");

/** Builds the browser client into one script, `dist/apps/web-client/weft.js`: it takes less time than to see whether it has to. Answers its size by gzip. */
export async function buildWebClient(): Promise<{ readonly bytes: number }> {
  const bundle = await rolldown({ input: join(ROOT, "packages/web-client/src/script.ts"), platform: "browser" });
  mkdirSync(PLACE, { recursive: true });
  const beside = join(PLACE, `weft.js.building-${process.pid}`);
  await bundle.write({ file: beside, format: "iife", minify: true });
  // Put in place at once, so that a hub that starts meanwhile never reads half of it.
  renameSync(beside, join(PLACE, "weft.js"));
  return { bytes: gzipSync(readFileSync(join(PLACE, "weft.js")), { level: 9 }).length };
}
