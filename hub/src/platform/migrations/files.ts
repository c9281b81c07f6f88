import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A module and the folder of its migrations. A folder that does not exist means: none. */
export type MigrationFolder = { readonly name: string; readonly directory: string };

/** One forward-only step of a module: the file `NNNN_title.sql`. */
export type Migration = {
  readonly module: string;
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
};

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The migrations of a module in their order. Throws on a name that is not `NNNN_title.sql` and on a number used twice. */
export function readMigrations({ name: module, directory }: MigrationFolder): Migration[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory)
    .filter((file) => file.endsWith(".sql"))
    .toSorted();
  const migrations = files.map((file) => readMigration(module, directory, file));
  migrations.forEach((migration, index) => {
    const before = migrations[index - 1];
    if (before?.number === migration.number)
      throw new Error(`${module}: ${before.name} and ${migration.name} have the same number. Give the newer one the next number.`);
  });
  return migrations;
}

function readMigration(module: string, directory: string, file: string): Migration {
  const number = FILE_NAME.exec(file)?.[1];
  if (number === undefined) throw new Error(`${join(directory, file)}: a migration is named NNNN_title.sql, in lower case`);
  const sql = readFileSync(join(directory, file), "utf8");
  return { module, number: Number(number), name: file, sql, sha256: createHash("sha256").update(sql).digest("hex") };
}

/** How many migrations this version of the hub has. */
export function countMigrations(folders: readonly MigrationFolder[]): number {
  return folders.reduce((count, folder) => count + readMigrations(folder).length, 0);
}
