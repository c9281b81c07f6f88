import fastify, { LogController, type FastifyInstance } from "fastify";
import { createLog, type Running } from "../platform/index.ts";
import { openBridge } from "./bridge.ts";
import type { BridgeConfig } from "./config.ts";
import { servePage } from "./page.ts";
import { serveBridge } from "./serve.ts";

/** Runs the bridge of a store: the hub's own program without a database (`--role edge`) [DEV-6]. */
export async function startBridge(config: BridgeConfig): Promise<Running & { readonly url: string }> {
  const bridge = await openBridge({ ...config, now: () => new Date() });
  const log = createLog(config.logLevel);
  const logController = new LogController({ disableRequestLogging: true });
  const app = fastify({ loggerInstance: log, logController, ...(config.tls && { https: config.tls }) }) as unknown as FastifyInstance; // over TLS it is typed otherwise, and does the same
  allowHub(app, config.hubOrigin);
  serveBridge(app, bridge, { prefix: "", isSimulated: false });
  servePage(app, bridge, { prefix: "", isNear: (address) => /^(127\.|::1$|::ffff:127\.)/.test(address) });
  const url = await app.listen({ port: config.port, host: config.host });
  process.stdout.write(
    `The bridge ${config.name} is ready: ${url}\n  To pair a till, open this page here, or type the code ${bridge.pairings.code()} at the till.\n`,
  );
  return { url, stop: () => app.close() };
}

/** Pages of the hub may call, and of nobody else; browsers ask first, also whether a page of the internet may reach into the store's network. */
function allowHub(app: FastifyInstance, origin: string): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("vary", "origin");
    if (request.headers.origin !== origin) return;
    reply.headers({
      "access-control-allow-origin": origin,
      "access-control-allow-headers": "authorization, content-type",
      "access-control-allow-methods": "GET, POST, PUT",
      "access-control-allow-private-network": "true",
      "access-control-max-age": "600",
    });
  });
  app.options("/*", (_request, reply) => reply.code(204).send());
}
