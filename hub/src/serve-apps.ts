import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";

const APPS = ["shop", "till", "office", "board", "tour"] as const;
const HIDDEN = /(^|\/)\.(vite|stamps)(\/|$)/;
/** The brand's icons keep their names, and change with the brand. */
const FOR_A_DAY = "public, max-age=86400";
/** Vite gives what lies under assets/ a name with its hash: it may be kept for ever. */
const FOREVER = "public, max-age=31536000, immutable";

export type ServedPages = {
  readonly openApi: () => Record<string, unknown>;
  /** Where the built apps lie: one folder each. */
  readonly root: string;
};

/** Serves the built apps at `/shop/`, `/till/`, `/office/`, `/board/`, `/tour/`, the browser client, the API's document and its reference page. */
export async function serveApps(app: FastifyInstance, { openApi, root }: ServedPages): Promise<void> {
  for (const name of APPS) await serveApp(app, name, root);
  serveShortAddresses(app);
  serveWebClient(app, root);
  await serveReference(app, openApi);
}

/** What is typed on a remote control, or printed on a shelf: a GS1 Digital Link opens its product in the shop; what it says is read there, where a wrong one can be told in words [CAT-7]. */
function serveShortAddresses(app: FastifyInstance): void {
  app.get("/tv", (_request, reply) => reply.redirect("/board/tv", 308));
  app.get("/01/*", (request, reply) => reply.redirect(`/shop${request.url}`, 307));
}

/** The browser client, for the retailer's own websites: of every origin, and kept there for an hour. */
function serveWebClient(app: FastifyInstance, root: string): void {
  const path = join(root, "web-client/weft.js");
  if (!existsSync(path)) return;
  const script = readFileSync(path);
  const etag = `"${createHash("sha256").update(script).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "cache-control": "public, max-age=3600",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    etag,
  };
  app.get("/weft.js", (request, reply) => {
    reply.headers(headers);
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type("application/javascript; charset=utf-8").send(script);
  });
}

/** The page of an app for each of its addresses, as the edge asks for what no route answers. */
export function pageFinder(root: string): (url: string) => string | undefined {
  return (url) => {
    const name = APPS.find((candidate) => url === `/${candidate}` || url.startsWith(`/${candidate}/`));
    const path = name && join(root, name, "index.html");
    return path && existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
}

async function serveApp(app: FastifyInstance, name: string, root: string): Promise<void> {
  // The router knows no trailing slash; a page of the app needs one, so that its worker's scope holds it.
  app.get(`/${name}`, (request, reply) =>
    request.url.split("?", 1)[0]?.endsWith("/") ? reply.callNotFound() : reply.redirect(`/${name}/`, 308),
  );
  if (!existsSync(join(root, name))) return;
  await app.register(fastifyStatic, {
    root: join(root, name),
    prefix: `/${name}/`,
    decorateReply: false,
    index: false,
    wildcard: true,
    dotfiles: "deny",
    // The build leaves a .br and a .gz beside each file that is worth it.
    preCompressed: true,
    allowedPath: (path) => !HIDDEN.test(path),
    setHeaders: (reply, path) => {
      reply.header("cache-control", path.includes("/assets/") ? FOREVER : path.includes("/icons/") ? FOR_A_DAY : "no-cache");
    },
  });
}

/** The document is made when somebody asks for it: made at the start, it held up readiness and stayed in memory for nobody. */
async function serveReference(app: FastifyInstance, openApi: () => Record<string, unknown>): Promise<void> {
  let text: string | undefined;
  app.get("/openapi.json", (_request, reply) => reply.type("application/json; charset=utf-8").send((text ??= JSON.stringify(openApi()))));
  await app.register(async (scope) => {
    await scope.register(documentMadeWhenAsked(openApi));
    await scope.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: false,
      uiConfig: { deepLinking: true, defaultModelsExpandDepth: 0, url: "/openapi.json" },
    });
  });
}

/** Stands where the reference page looks for `@fastify/swagger`, which would want the whole document at the start. */
function documentMadeWhenAsked(openApi: () => Record<string, unknown>): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async (scope) => {
    scope.decorate("swagger", openApi as never); // the page's plugin types it as that other plugin would
  };
  return Object.assign(plugin, { [Symbol.for("skip-override")]: true, [Symbol.for("plugin-meta")]: { name: "@fastify/swagger" } });
}
