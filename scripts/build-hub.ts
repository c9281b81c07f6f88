import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { migrationFolders } from "../hub/src/modules.ts";

const ROOT = resolve(import.meta.dirname, "..");
/** What production runs: the server, and the commands for those who look after it. */
const ENTRIES = ["serve", "operate"] as const;
/** Threads that the hub starts by their file: each beside the bundle, under its own name. */
const THREADS = ["modules/customers/matching/match-file.worker"] as const;

/** Bundles the hub's own code, one module per entry, into a folder inside the repository: packages stay outside, so that what is installed is what runs. */
export async function buildHub(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const entry of [...ENTRIES, ...THREADS]) {
    const bundle = await rolldown({
      input: join(ROOT, `hub/src/${entry}.ts`),
      platform: "node",
      external: (id) => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("@weft/"),
    });
    await bundle.write({ file: join(directory, `${basename(entry)}.mjs`), format: "esm", sourcemap: true, codeSplitting: false });
  }
  for (const { name, directory: from } of migrationFolders())
    if (existsSync(from)) cpSync(from, join(directory, "migrations", name), { recursive: true });
}
