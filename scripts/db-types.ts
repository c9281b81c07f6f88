import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DatabaseMetadata, generate, getDialect } from "kysely-codegen";
import { type Kysely, sql } from "kysely";
import { pino } from "pino";
import { startEmbeddedPostgres } from "../hub/src/platform/postgres/index.ts";
import { migrateModules } from "../hub/test/migrate-modules.ts";

/**
 * Writes the table types of the migrated database to `hub/src/platform/database/tables.gen.ts`, on a throwaway server.
 * With `--check` it writes nothing and fails when they are not those of the file.
 * A migration that fails is told, and leaves its module's remaining tables out.
 * Columns of a view are nullable unless its comment names them: `comment on view stock.read_available is 'not null: place_id, available'`,
 * because PostgreSQL does not know it of views.
 */
async function main(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "weft-types-"));
  const log = pino({ level: "warn" });
  const server = await startEmbeddedPostgres({ home, log, isThrowaway: true, settings: { shared_buffers: "32MB" } });
  try {
    const failures = await migrateModules({ host: server.socketDirectory, user: "weft", database: "weft" });
    for (const failure of failures) console.error(failure);
    if (failures.length > 0) process.exitCode = 1;
    await writeTypes(server.url);
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

const OUT_FILE = join(import.meta.dirname, "../hub/src/platform/database/tables.gen.ts");
const isCheck = process.argv.includes("--check");

async function writeTypes(connectionString: string): Promise<void> {
  const dialect = getDialect("postgres", { dateParser: "string", numericParser: "string" });
  const db = await dialect.introspector.connect({ connectionString, dialect });
  await generate({
    db,
    dialect,
    outFile: OUT_FILE,
    verify: isCheck,
    camelCase: false,
    excludePattern: "public.*",
    typeMapping: { int8: "number" },
    postprocess: async ({ metadata }) => {
      applyViewPromises(metadata, await viewPromises(db));
      return metadata;
    },
  });
  await db.destroy();
}

/** The columns that each view's comment promises, by `schema.view`. */
async function viewPromises(db: Kysely<unknown>): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ view: string; comment: string }>`
    select n.nspname || '.' || c.relname as view, obj_description(c.oid, 'pg_class') as comment
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('v', 'm') and obj_description(c.oid, 'pg_class') like '%not null:%'`.execute(db);
  return new Map(
    rows.map(({ view, comment }) => [
      view,
      /not null: ([a-z0-9_, ]+)/
        .exec(comment)?.[1]
        ?.split(",")
        .map((name) => name.trim()) ?? [],
    ]),
  );
}

function applyViewPromises(metadata: DatabaseMetadata, promises: ReadonlyMap<string, readonly string[]>): void {
  for (const table of metadata.tables) {
    for (const name of promises.get(`${table.schema}.${table.name}`) ?? []) {
      const column = table.columns.find((candidate) => candidate.name === name);
      if (!column) throw new Error(`the comment of ${table.schema}.${table.name} promises a column ${name} that it does not have`);
      column.isNullable = false;
    }
  }
}

await main();
