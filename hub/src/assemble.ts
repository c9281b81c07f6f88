import type { OperationId } from "@weft/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type pg from "pg";
import { callersOf, createAuditLane, createAuthenticator, credentialsIn, mayCall } from "./modules/access/index.ts";
import { allowsOrigin, channelAt, findKey, startKeyUse } from "./modules/channels/index.ts";
import { keyHashIn } from "./modules/access/index.ts";
import {
  SYSTEM,
  contextOf,
  createLiveHub,
  createSnapshots,
  dbOn,
  liveRoutes,
  openApiDocument,
  openEdge,
  openSigner,
  openVault,
  serveRoutes,
  startEventLog,
  startSubscribers,
  type Config,
  type Log,
  type Running,
} from "./platform/index.ts";
import { wireModules, type Wired } from "./wiring.ts";

export const VERSION = "0.1.0";

export type HubParts = {
  readonly pool: pg.Pool;
  readonly config: Pick<Config, "role" | "isDemo" | "secret" | "rateLimit" | "smtpFrom"> & Partial<Pick<Config, "publicUrl" | "smtpUrl">>;
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
  readonly openApi: Record<string, unknown>;
  stop(): Promise<void>;
};

/** Puts a hub together on a migrated database: log, modules, edge. What runs beside the requests follows the role. */
export async function assembleHub({ pool, config, log, checksAnswers }: HubParts): Promise<Hub> {
  const vault = openVault(config.secret);
  const signer = await openSigner(pool, vault);
  const snapshots = createSnapshots({ pool, log });
  const eventLog = await startEventLog({ pool, log });
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
    log,
  });
  eventLog.onEvents((events) => {
    snapshots.onEvents(events);
    authenticator.onEvents(events);
    live.onEvents(events);
  });
  const beside: Running[] = [];
  if (config.role !== "api") {
    beside.push(
      await startSubscribers({
        pool,
        follower: eventLog,
        subscribers: wired.subscribers,
        log,
        contextOn: (db, now, requestId) => contextOf({ db, now, actor: SYSTEM, requestId, snapshots, log }),
      }),
    );
    beside.push(await wired.startJobs());
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
  });
  serveRoutes(app, { pool, snapshots, log, ports, checksAnswers, secureCookies: config.publicUrl?.startsWith("https:") ?? false }, [
    ...wired.routes,
    ...liveRoutes(live),
  ]);
  const openApi = openApiDocument({ version: VERSION, callersOf: (operation: OperationId) => callersOf(operation) });
  return {
    app,
    wired,
    snapshots,
    live,
    openApi,
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
