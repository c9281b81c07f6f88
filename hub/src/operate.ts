import { bundledMigrations } from "./bundled-migrations.ts";
import { archive } from "./operations/archive.ts";
import { backup } from "./operations/backup.ts";
import { tellInvariants } from "./operations/check-invariants.ts";
import { compliancePack } from "./operations/compliance-pack.ts";
import { restore } from "./operations/restore.ts";
import { tellFailure } from "./operations/tell-failure.ts";

// Production: this file is bundled to dist/hub/operate.mjs, for machines that have the bundle and not the sources.
const [name, ...args] = process.argv.slice(2);
const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  archive: () => archive(args),
  backup: () => backup(args),
  restore: () => restore(args, bundledMigrations(import.meta.dirname)),
  "check-invariants": tellInvariants,
  "compliance-pack": () => compliancePack(args),
};

const command = COMMANDS[name ?? ""];
if (command) await command().catch(tellFailure);
else {
  process.stderr.write(`node dist/hub/operate.mjs ${Object.keys(COMMANDS).join("|")}\n`);
  process.exitCode = 2;
}
