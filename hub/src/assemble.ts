import { statfs } from "node:fs/promises";
import type { OperationId } from "@weft/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type pg from "pg";
import { backupsOf } from "./backups.ts";
import { callersOf, createAuditLane, createAuthenticator, credentialsIn, mayCall } from "./modules/access/index.ts";
import { servePictures } from "./modules/catalog/index.ts";
import { allowsOrigin, channelAt, findKey, startKeyUse } from "./modules/channels/index.ts";
import { SessionEnded, StaffChanged } from "./modules/access/events.ts";
import { keyHashIn } from "./modules/access/index.ts";
import {
  SYSTEM,
  contextOf,
  createLiveHub,
  announceNode,
  createMetrics,
  createRecentRequests,
  createSignals,
  createSnapshots,
  dbOn,
  healthRoutes,
  invariantJob,
  liveRoutes,
  openApiDocument,
  openEdge,
  openSigner,
  openVault,
  platformJobs,
  readEpoch,
  serveMetrics,
  serveRoutes,
  startEventLog,
  startJobs,
  startSubscribers,
  startTracing,
  statement,
  traceRequests,
  type Config,
  type LiveHub,
  type Log,
  type LoggedEvent,
  type Running,
} from "./platform/index.ts";
import { serveProductPages } from "./views/products/index.ts";
import { openIntakeToBrowsers } from "./modules/touchpoints/index.ts";
import { SIGNALS } from "./signals.ts";
import { VERSION } from "./version.ts";
import { wireModules, type Wired } from "./wiring.ts";

export type HubParts = {
  readonly pool: pg.Pool;
  readonly config: Pick<Config, "role" | "isDemo" | "secret" | "rateLimit" | "smtpFrom"> &
    Partial<
      Pick<
        Config,
        | "host"
        | "port"
        | "publicUrl"
        | "bridges"
        | "smtpUrl"
        | "stripeAccounts"
        | "takesTestCards"
        | "otlpEndpoint"
        | "natsUrl"
        | "home"
        | "backupDir"
        | "backupsKept"
      >
    >;
  /** The page that a deep link of an app is. */
  readonly pageAt?: (url: string) => string | undefined;
  /** How many migrations this version has. */
  readonly migrations: number;
  readonly log: Log;
  /** Holds every answer against its contract: in tests and development. */
  readonly checksAnswers: boolean;
};

/** A hub that is put together and not yet listening. */
export type Hub = {
  readonly app: FastifyInstance;
  readonly wired: Wired;
  readonly snapshots: ReturnType<typeof createSnapshots>;
  readonly live: ReturnType<typeof createLiveHub>;
  /** The API's document, made anew: for whoever asks for it. */
  readonly openApi: () => Record<string, unknown>;
  stop(): Promise<void>;
};

/** Puts a hub together on a migrated database: log, modules, edge. What runs beside the requests follows the role. */
export async function assembleHub({ pool, config, log, checksAnswers, migrations, pageAt }: HubParts): Promise<Hub> {
  const vault = openVault(config.secret);
  const signer = await openSigner(pool, vault);
  const snapshots = createSnapshots({ pool, log });
  const eventLog = await startEventLog({ pool, log, ...(config.natsUrl !== undefined && { natsUrl: config.natsUrl }) });
  const auditLane = createAuditLane(pool);
  const keyUse = startKeyUse(pool, log);
  const authenticator = createAuthenticator({
    pool,
    findKey: async (hash) => {
      const key = await findKey(snapshots, hash, { isDemo: config.isDemo });
      if (key) keyUse.used(key.keyId);
      return key;
    },
    channelAt: (placeId) => channelAt(snapshots, placeId),
  });
  const wired = await wireModules({ pool, config, log, vault, signer, snapshots });
  const live = createLiveHub({
    presenters: wired.presenters,
    systemContext: () => ({ db: dbOn(pool), now: new Date(), actor: SYSTEM, requestId: "live", snapshots, log }),
    position: eventLog.position,
    epoch: await readEpoch(pool),
    log,
  });
  eventLog.onEvents((events) => {
    snapshots.onEvents(events);
    authenticator.onEvents(events);
    live.onEvents(events);
    wired.onEvents(events);
    endLostStreams(live, events);
  });
  const beside: Running[] = [await announceNode({ pool, version: VERSION, role: config.role, log })];
  if (config.otlpEndpoint) beside.push(await startTracing(config.otlpEndpoint));
  if (config.role !== "api") {
    const backups = backupsOf(pool, config);
    // Jobs first: on a new installation this makes the queue's tables, which subscribers put jobs into.
    beside.push(
      await startJobs({
        pool,
        snapshots,
        log,
        jobs: [...platformJobs, ...wired.jobs, ...backups.jobs, invariantJob({ pool, invariants: wired.invariants })],
      }),
    );
    beside.push(
      await startSubscribers({
        pool,
        follower: eventLog,
        subscribers: [...wired.subscribers, ...backups.subscribers],
        log,
        contextOn: (db, now, requestId) => contextOf({ db, now, actor: SYSTEM, requestId, snapshots, log }),
      }),
    );
    beside.push(...wired.startBeside());
  }
  const ports = {
    authenticate: (request: FastifyRequest) => authenticator.authenticate(credentialsIn(request)),
    mayCall,
    audit: (entry: Parameters<typeof auditLane.record>[0]) => auditLane.record(entry),
    shown: wired.shown,
    allowsOrigin: (origin: string, authorization: string | undefined) => allowsOrigin(snapshots, origin, keyHashIn(authorization)),
  };
  const app = await openEdge(ports, {
    log,
    publicUrl: config.publicUrl,
    rateLimit: config.rateLimit,
    trustProxy: config.publicUrl !== undefined,
    ...(pageAt && { pageAt }),
    // Tills speak to the bridge of their store.
    callsFrom: (url) => (/^\/till(\/|\?|$)/.test(url) ? (config.bridges ?? "") : ""),
  });
  if (config.otlpEndpoint) traceRequests(app);
  const recent = createRecentRequests(() => performance.now());
  const signals = createSignals({
    pool,
    log,
    signals: SIGNALS,
    readings: {
      error_ratio: () => recent.errorRatio(),
      slow_ratio: () => recent.slowRatio(),
      waiting_for_connection: () => pool.waitingCount,
      live_streams: () => live.counts().streams,
      nats_away: () => (eventLog.isFed() === false ? 1 : null),
      disk_free_ratio: () => freeShare(config.home),
    },
  });
  serveMetrics(app, createMetrics({ pool, live, signals, recent }));
  servePictures(app, pool);
  wired.servePages(app);
  if (pageAt) serveProductPages(app, { pageAt, headOf: (slug, locale) => wired.productHead(slug, locale) });
  // For whoever checks member cards and hand-over codes without asking the hub.
  app.get("/.well-known/jwks.json", (_request, reply) => reply.header("cache-control", "public, max-age=3600").send(signer.publicKeys));
  // What a write has published has its position a few milliseconds earlier than the sequencer's next look.
  app.addHook("onSend", async (request) => {
    if (request.method !== "GET") eventLog.wake();
  });
  const health = healthRoutes({
    pool,
    version: VERSION,
    migrations,
    invariants: wired.invariants,
    live,
    signals,
    recent,
    counts: () => countAll(pool),
  });
  serveRoutes(app, { pool, snapshots, log, ports, vault, checksAnswers, secureCookies: config.publicUrl?.startsWith("https:") ?? false }, [
    ...wired.routes,
    ...health,
    ...liveRoutes(live),
  ]);
  openIntakeToBrowsers(app);
  return {
    app,
    wired,
    snapshots,
    live,
    openApi: () => openApiDocument({ version: VERSION, callersOf: (operation: OperationId) => callersOf(operation) }),
    async stop() {
      live.stop();
      await app.close();
      for (const running of beside.toReversed()) await running.stop();
      await wired.stop();
      await keyUse.stop();
      await eventLog.stop();
    },
  };
}

/** Who is signed out, or is no longer what they were, loses the stream with the rights; the browser opens one with those it has now. */
function endLostStreams(live: LiveHub, events: readonly LoggedEvent[]): void {
  for (const { type, data } of events) {
    if (type === SessionEnded.type) {
      const { sessionId } = data as { sessionId: string }; // checked by this definition's schema when it was published
      live.end(({ staff, customer }) => staff?.sessionId === sessionId || customer?.sessionId === sessionId);
    } else if (type === StaffChanged.type) {
      const { staffId } = data as { staffId: string }; // as above
      live.end(({ staff }) => staff?.id === staffId);
    }
  }
}

/** The free part of the disk that holds a folder, from 0 to 1. */
async function freeShare(folder: string | undefined): Promise<number | null> {
  if (folder === undefined) return null;
  const { bavail, blocks } = await statfs(folder);
  return blocks === 0 ? null : bavail / blocks;
}

/** What a retailer counts, estimated by the planner's statistics: an exact count of millions would be felt at every look. */
async function countAll(pool: pg.Pool): Promise<Record<string, number>> {
  const rows = await statement<{ name: string; n: number }>(
    pool,
    `select case c.oid when 'customers.customer'::regclass then 'customers' when 'orders.orders'::regclass then 'orders'
       when 'carts.cart'::regclass then 'carts' else 'products' end as name, greatest(c.reltuples, 0)::bigint as n
       from pg_class c where c.oid in ('customers.customer'::regclass, 'orders.orders'::regclass, 'carts.cart'::regclass, 'catalog.product'::regclass)`,
    [],
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}
