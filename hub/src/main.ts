import { favicon, logo } from "@weft/demo";
import { createLog, openPool, type Config, type Running } from "./platform/index.ts";
import { assembleHub, VERSION } from "./assemble.ts";
import { loadDemoOnce } from "./demo/load-once.ts";
import { serveFrontDoor } from "./front-door/serve.ts";
import { migrationFolders } from "./modules.ts";
import { serveOutbox } from "./modules/integrations/index.ts";
import { countMigrations, migrate } from "./platform/migrations/index.ts";
import { startEmbeddedPostgres } from "./platform/postgres/index.ts";
import { serveApps } from "./serve-apps.ts";
import { BRAND } from "./wiring.ts";

export type RunningHub = Running & { readonly url: string };

/** Starts a hub: database, migrations, the demo on its first start, and everything that `config.role` asks for. */
export async function startHub(config: Config): Promise<RunningHub> {
  const log = createLog(config.logLevel);
  const embedded = config.databaseUrl === undefined ? await startEmbeddedPostgres({ home: config.home, log }) : undefined;
  const databaseUrl = config.databaseUrl ?? embedded?.url;
  if (databaseUrl === undefined) throw new Error("there is no database");
  const pool = openPool(databaseUrl, config, (error) => log.error({ err: error }, "a database connection broke"));
  try {
    await migrate(pool, migrationFolders(), log);
    if (config.isDemo) await loadDemoOnce(pool, config, log);
    const hub = await assembleHub({ pool, config, log, checksAnswers: false, migrations: countMigrations(migrationFolders()) });
    serveFrontDoor(hub.app, { isDemo: config.isDemo, logo: config.isDemo ? logo() : null, favicon: favicon() });
    if (config.isDemo) serveOutbox(hub.app, { pool, brandName: BRAND });
    await serveApps(hub.app, { openApi: hub.openApi });
    const url = await hub.app.listen({ port: config.port, host: config.host });
    announce(url, databaseUrl, embedded !== undefined, config);
    return {
      url,
      async stop() {
        await embedded?.leave();
        await hub.stop();
        await pool.end();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await pool.end();
    await embedded?.stop();
    throw error;
  }
}

/** For people, on stdout, whatever the log's level: where everything is, and how to join this database. */
function announce(url: string, databaseUrl: string, isOwner: boolean, config: Config): void {
  const lines = [
    `Weft ${VERSION} is ready: ${url}`,
    "",
    `  shop    ${url}/shop/`,
    `  till    ${url}/till/`,
    `  office  ${url}/office/`,
    `  API     ${url}/docs`,
  ];
  if (config.isDemo)
    lines.push(
      `  outbox  ${url}/outbox   (sign-in codes of the demo)`,
      "",
      "  Sign in as Léa, Jordi or Anna at the front door; everything else is in demo/README.md",
    );
  if (isOwner) lines.push("", `  Another hub on this database: DATABASE_URL="${databaseUrl}" PORT=4401 npm start`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
