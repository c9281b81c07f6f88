import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "../lib/hub.ts";
import { cpuSeconds, residentBytes } from "../lib/machine.ts";

/** The release that is compared with. Its license is its own: it is installed beside the measurement and never part of this repository. */
const VERSION = "3.7.3";
const DATABASE = "peer";
const READY_LIMIT_MS = 180_000;

export type Peer = {
  readonly version: string;
  readonly url: string;
  memoryBytes(): number;
  /** Used so far by its process, without the database. */
  cpuSeconds(): number;
  stop(): Promise<void>;
};

export type PeerGoods = { readonly sku: string; readonly name: string; readonly price: number };

/** Makes a project by the public packages from the registry, in a folder of its own. A folder that has one already is used as it is. */
export function makeProject(folder: string, goods: readonly PeerGoods[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "peer", private: true, dependencies: { "@vendure/core": VERSION, pg: "8" } }),
  );
  writeFileSync(join(folder, "config.js"), CONFIG);
  writeFileSync(join(folder, "populate.js"), POPULATE);
  writeFileSync(join(folder, "server.js"), SERVER);
  writeFileSync(join(folder, "initial-data.json"), JSON.stringify(INITIAL_DATA));
  writeFileSync(join(folder, "products.csv"), toCsv(goods));
  if (existsSync(join(folder, "node_modules/@vendure/core"))) return;
  const installed = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: "inherit" });
  if (installed.status !== 0) throw new Error("the peer could not be installed from the registry");
}

/** Fills an empty database of the same PostgreSQL server and starts the peer on it. */
export async function startPeer(folder: string, socket: string): Promise<Peer> {
  const client = new pg.Client({ host: socket, user: "weft", database: "postgres" });
  await client.connect();
  await client.query(`create database ${DATABASE}`);
  await client.end();
  const port = await freePort();
  const env = {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    PEER_SOCKET: socket,
    PEER_DATABASE: DATABASE,
    PEER_PORT: String(port),
  };
  const filled = spawnSync(process.execPath, ["populate.js"], { cwd: folder, env: { ...env, PEER_FILL: "1" }, stdio: "inherit" });
  if (filled.status !== 0) throw new Error("the peer could not be filled");
  const child = spawn(process.execPath, ["server.js"], {
    cwd: folder,
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  return {
    version: VERSION,
    url,
    memoryBytes: () => (child.pid === undefined ? 0 : residentBytes(child.pid)),
    cpuSeconds: () => (child.pid === undefined ? 0 : cpuSeconds(child.pid)),
    async stop() {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the peer was not ready in time");
}

/** As its importer reads products: one of each, sold by piece, with stock that does not run out. */
function toCsv(goods: readonly PeerGoods[]): string {
  const head =
    "name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets";
  const rows = goods.map(
    ({ sku, name, price }) => `${name},${sku.toLowerCase()},${name},,,,,${sku},${(price / 100).toFixed(2)},standard,1000000,true,,`,
  );
  return [head, ...rows].join("\n");
}

const INITIAL_DATA = {
  defaultLanguage: "en",
  defaultZone: "Europe",
  countries: [{ code: "FR", name: "France", zone: "Europe" }],
  taxRates: [{ name: "Standard Tax", percentage: 20 }],
  shippingMethods: [{ name: "Standard", price: 0 }],
  paymentMethods: [{ name: "Test", handler: { code: "dummy-payment-handler", arguments: [{ name: "automaticSettle", value: "true" }] } }],
  collections: [],
};

const CONFIG = `
const { dummyPaymentHandler, DefaultLogger, LogLevel } = require("@vendure/core");
exports.config = {
  apiOptions: { hostname: "127.0.0.1", port: Number(process.env.PEER_PORT), adminApiPath: "admin-api", shopApiPath: "shop-api" },
  authOptions: { tokenMethod: "bearer", superadminCredentials: { identifier: "owner", password: "a password of the bench" }, cookieOptions: { secret: "bench" } },
  dbConnectionOptions: {
    type: "postgres", host: process.env.PEER_SOCKET, username: "weft", database: process.env.PEER_DATABASE,
    synchronize: process.env.PEER_FILL === "1", logging: false, extra: { max: 20 },
  },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
};
`;

const POPULATE = `
const path = require("node:path");
const { bootstrap } = require("@vendure/core");
const { populate } = require("@vendure/core/cli");
const { config } = require("./config.js");
populate(() => bootstrap(config), require("./initial-data.json"), path.join(__dirname, "products.csv"))
  .then((app) => app.close())
  .then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
`;

const SERVER = `
const { bootstrap } = require("@vendure/core");
const { config } = require("./config.js");
bootstrap(config).catch((error) => { console.error(error); process.exit(1); });
`;
