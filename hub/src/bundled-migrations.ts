import { join } from "node:path";
import { MODULES } from "./modules.ts";
import type { MigrationFolder } from "./platform/migrations/index.ts";

/** The folders of all migrations as the build lays them beside the bundle. */
export function bundledMigrations(bundle: string): MigrationFolder[] {
  return ["platform", ...MODULES.map(({ name }) => name)].map((name) => ({ name, directory: join(bundle, "migrations", name) }));
}
