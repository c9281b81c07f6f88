import { resolve } from "node:path";
import { europeOutline, favicon, logo } from "@weft/demo";
import type pg from "pg";
import {
  createLog,
  dbOn,
  finishRestore,
  inTransaction,
  openPool,
  openVault,
  SYSTEM,
  type Config,
  type Log,
  type Running,
} from "./platform/index.ts";
import { afterRestore } from "./after-restore.ts";
import { assembleHub, type Hub } from "./assemble.ts";
import { serveSimulatedBridge } from "./bridge/index.ts";
import { loadDemoOnce } from "./demo/load-once.ts";
import { serveFrontDoor } from "./front-door/serve.ts";
import { offerOwnership } from "./modules/access/index.ts";
import { hasDemoKey } from "./modules/channels/index.ts";
import { migrationFolders } from "./modules.ts";
import { makePartitions } from "./partitions.ts";
import { ConfigError } from "./platform/config.ts";
import { serveOutbox } from "./modules/integrations/index.ts";
import { countMigrations, migrate, type MigrationFolder } from "./platform/migrations/index.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./platform/postgres/index.ts";
import { pageFinder, serveApps } from "./serve-apps.ts";
import { VERSION } from "./version.ts";
import { BRAND } from "./wiring.ts";
import { ok } from "@weft/kernel";

export type RunningHub = Running & { readonly url: string };

/** Where what the hub reads lies: beside the sources in development, beside the bundle in production. */
export type HubFiles = {
  readonly migrations: readonly MigrationFolder[];
  /** The built apps, one folder each. */
  readonly apps: string;
};

export const SOURCE_FILES: HubFiles = { migrations: migrationFolders(), apps: resolve(import.meta.dirname, "../../dist/apps") };

export type StartOptions = { readonly files?: HubFiles; readonly isProduction?: boolean };

/** Starts a hub: database, migrations, the demo on its first start, and everything that `config.role` asks for. */
export async function startHub(config: Config, { files = SOURCE_FILES, isProduction = false }: StartOptions = {}): Promise<RunningHub> {
  const log = createLog(config.logLevel);
  const embedded = config.databaseUrl === undefined ? await startEmbeddedPostgres({ home: config.home, log }) : undefined;
  const databaseUrl = config.databaseUrl ?? embedded?.url;
  if (databaseUrl === undefined) throw new Error("there is no database");
  const pool = openPool(databaseUrl, config, (error) => log.error({ err: error }, "a database connection broke"));
  try {
    await migrate(pool, files.migrations, log);
    await makePartitions(pool);
    await finishRestore(pool, afterRestore(pool, log, openVault(config.secret)));
    if (isProduction) await refuseDemo(pool);
    else if (config.isDemo) await loadDemoOnce(pool, config, log);
    const { home, ...settings } = config;
    const hub = await assembleHub({
      pool,
      // Where the database is elsewhere, so is the disk that may fill up.
      config: embedded ? { ...settings, home } : settings,
      log,
      checksAnswers: false,
      migrations: countMigrations(files.migrations),
      pageAt: pageFinder(files.apps),
    });
    serveFrontDoor(hub.app, {
      isDemo: config.isDemo,
      logo: config.isDemo ? logo() : null,
      favicon: favicon(),
      outline: config.isDemo ? europeOutline() : null,
    });
    if (config.isDemo) {
      serveOutbox(hub.app, { pool, brandName: BRAND });
      await serveSimulatedBridge(hub.app, config.home);
    }
    await serveApps(hub.app, { openApi: hub.openApi, root: files.apps });
    const url = await hub.app.listen({ port: config.port, host: config.host });
    announce(url, databaseUrl, embedded !== undefined, config);
    if (!config.isDemo) await inviteOwner(pool, hub, log, config.publicUrl ?? url);
    return { url, stop: () => stopAll(hub, pool, embedded) };
  } catch (error) {
    await pool.end();
    await embedded?.stop();
    throw error;
  }
}

async function stopAll(hub: Hub, pool: pg.Pool, embedded: EmbeddedPostgres | undefined): Promise<void> {
  await embedded?.leave();
  await hub.stop();
  await pool.end();
  await embedded?.stop();
}

/** The demo's keys and sign-ins are public: a database that has them is none to do business on. */
async function refuseDemo(pool: pg.Pool): Promise<void> {
  if (await hasDemoKey(dbOn(pool)))
    throw new ConfigError(
      "This database holds the demo, whose keys are public. Give production a database of its own (DATABASE_URL or WEFT_HOME).",
    );
}

/** While an installation has no owner, every start prints a one-time link for the first one. */
async function inviteOwner(pool: pg.Pool, hub: Hub, log: Log, url: string): Promise<void> {
  const outcome = await inTransaction({ pool, snapshots: hub.snapshots, log, actor: SYSTEM, requestId: "start" }, async (ctx) =>
    ok(await offerOwnership(ctx)),
  );
  const token = outcome.kind === "done" && outcome.result.ok ? outcome.result.value : null;
  if (token) process.stdout.write(`\n  The first owner signs up here, once: ${url}/office/owner?token=${token}\n`);
}

/** For people, on stdout, whatever the log's level: where everything is, and how to join this database. */
function announce(url: string, databaseUrl: string, isOwner: boolean, config: Config): void {
  const lines = [
    `Weft ${VERSION} is ready: ${url}`,
    "",
    `  shop    ${url}/shop/`,
    `  till    ${url}/till/`,
    `  office  ${url}/office/`,
    `  board   ${url}/board/`,
    `  API     ${url}/docs`,
  ];
  if (config.isDemo)
    lines.push(
      `  tour    ${url}/tour/   (three minutes: what a link level is)`,
      `  outbox  ${url}/outbox   (sign-in codes of the demo)`,
      "",
      "  Sign in as Léa, Jordi or Anna at the front door; everything else is in demo/README.md",
    );
  if (isOwner)
    lines.push(
      "",
      `  Another hub on this database: ${config.isDemo ? "WEFT_DEMO=1 " : ""}DATABASE_URL="${databaseUrl}" PORT=4401 npm start`,
    );
  process.stdout.write(`${lines.join("\n")}\n`);
}
