export { countMigrations, type MigrationFolder } from "./files.ts";
export { migrate, type AppliedMigration } from "./migrate.ts";
