import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { migrationFolders } from "../hub/src/modules.ts";
import { buildApps } from "./build-apps.ts";

const ROOT = resolve(import.meta.dirname, "..");
const HUB = join(ROOT, "dist/hub");

/** Bundles the hub's own code into one module; packages stay outside, so that what is installed is what runs. */
async function buildHub(): Promise<void> {
  rmSync(HUB, { recursive: true, force: true });
  mkdirSync(HUB, { recursive: true });
  const bundle = await rolldown({
    input: join(ROOT, "hub/src/serve.ts"),
    platform: "node",
    external: (id) => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("@weft/"),
  });
  await bundle.write({ file: join(HUB, "serve.mjs"), format: "esm", sourcemap: true, codeSplitting: false });
  for (const { name, directory } of migrationFolders())
    if (existsSync(directory)) cpSync(directory, join(HUB, "migrations", name), { recursive: true });
}

const started = performance.now();
for (const { app, built, seconds } of await buildApps()) console.log(`${app.padEnd(8)}${built ? `${seconds.toFixed(1)} s` : "unchanged"}`);
await buildHub();
console.log(`hub     dist/hub/serve.mjs, all in ${((performance.now() - started) / 1000).toFixed(1)} s`);
