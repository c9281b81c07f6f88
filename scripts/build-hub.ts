import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { migrationFolders } from "../hub/src/modules.ts";
import { COMPLIANCE_FILE, gatherCompliance } from "../hub/src/operations/compliance-facts.ts";

const ROOT = resolve(import.meta.dirname, "..");
/** What production runs: the server, and the commands for those who look after it. */
const ENTRIES = ["serve", "operate"] as const;
/** Threads that the hub starts by their file: each beside the bundle, under its own name. */
const THREADS = ["modules/customers/matching/match-file.worker"] as const;
/** Files that the hub gives away as they are: each beside the bundle, as it lies beside its code in the tree. */
const FILES = ["modules/till/archive/verifier.mjs", "modules/till/archive/archive.xsd"] as const;

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
  for (const file of FILES) cpSync(join(ROOT, "hub/src", file), join(directory, basename(file)));
  writeFileSync(join(directory, COMPLIANCE_FILE), JSON.stringify(await gatherCompliance(ROOT)));
  for (const { name, directory: from } of migrationFolders())
    if (existsSync(from)) cpSync(from, join(directory, "migrations", name), { recursive: true });
}
