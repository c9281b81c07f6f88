import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { edgeProblem, PAGE_POLICY, sendProblem } from "./platform/index.ts";

const APPS = ["shop", "till", "office"] as const;
const HIDDEN = /(^|\/)\.(vite|stamps)(\/|$)/;
/** Vite gives what lies under assets/ a name with its hash: it may be kept for ever. */
const FOREVER = "public, max-age=31536000, immutable";

export type ServedPages = {
  readonly openApi: Record<string, unknown>;
  /** Where the built apps lie: one folder each. */
  readonly root?: string;
};

/** Serves the built apps at `/shop/`, `/till/`, `/office/`, the API's document and its reference page, and says so for anything else. */
export async function serveApps(
  app: FastifyInstance,
  { openApi, root = resolve(import.meta.dirname, "../../dist/apps") }: ServedPages,
): Promise<void> {
  await app.register(fastifyStatic, { root, serve: false });
  for (const name of APPS) await serveApp(app, name, root);
  await serveReference(app, openApi);
  app.setNotFoundHandler((request, reply) => {
    const name = APPS.find((candidate) => request.url === `/${candidate}` || request.url.startsWith(`/${candidate}/`));
    if (name && wantsPage(request)) return sendIndex(reply, name, root);
    return sendProblem(reply, edgeProblem("request.unknown_route", request.id));
  });
}

async function serveApp(app: FastifyInstance, name: string, root: string): Promise<void> {
  // The router knows no trailing slash; a page of the app needs one, so that its worker's scope holds it.
  app.get(`/${name}`, (request, reply) =>
    request.url.split("?", 1)[0]?.endsWith("/") ? sendIndex(reply, name, root) : reply.redirect(`/${name}/`, 308),
  );
  if (!existsSync(join(root, name))) return;
  await app.register(fastifyStatic, {
    root: join(root, name),
    prefix: `/${name}/`,
    decorateReply: false,
    index: false,
    wildcard: true,
    dotfiles: "deny",
    allowedPath: (path) => !HIDDEN.test(path),
    setHeaders: (reply, path) => {
      reply.header("cache-control", path.includes("/assets/") ? FOREVER : "no-cache");
    },
  });
}

/** A deep link of an app is its index page; a missing asset stays missing. */
function wantsPage(request: FastifyRequest): boolean {
  return request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
}

function sendIndex(reply: FastifyReply, name: string, root: string): FastifyReply {
  const path = join(root, name, "index.html");
  if (!existsSync(path))
    return sendProblem(
      reply,
      edgeProblem("request.unknown_route", reply.request.id, { detail: `The app ${name} is not built: npm run build:apps` }),
    );
  return reply
    .header("content-security-policy", PAGE_POLICY)
    .header("cache-control", "no-cache")
    .type("text/html; charset=utf-8")
    .send(readFileSync(path));
}

async function serveReference(app: FastifyInstance, openApi: Record<string, unknown>): Promise<void> {
  const text = JSON.stringify(openApi);
  app.get("/openapi.json", (_request, reply) => reply.type("application/json; charset=utf-8").send(text));
  await app.register(async (scope) => {
    // The document's own type is an OpenAPI object, which is what was made.
    await scope.register(swagger, { mode: "static", specification: { document: openApi as never } });
    await scope.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: false,
      uiConfig: { deepLinking: true, defaultModelsExpandDepth: 0 },
    });
  });
}
