import type { Locale } from "@weft/contracts";
import type { FastifyInstance } from "fastify";
import { localeOf, PAGE_POLICY } from "../platform/index.ts";
import { ENTER_SCRIPT, STYLE } from "./assets.ts";
import { frontDoorPage } from "./page.ts";

export type FrontDoorSettings = {
  readonly isDemo: boolean;
  readonly logo: string | null;
  readonly favicon: string;
  /** The retailer's countries as GeoJSON, which the map of stores stands on; null where there is no drawing. */
  readonly outline: object | null;
};

/** Serves `/` and what the page needs. */
export function serveFrontDoor(app: FastifyInstance, { isDemo, logo, favicon, outline }: FrontDoorSettings): void {
  app.get<{ Querystring: { lang?: string } }>("/", (request, reply) => {
    // localeOf answers one of the languages that the hub speaks.
    const locale = localeOf(request.query.lang ?? request.headers["accept-language"]) as Locale;
    return reply
      .header("content-security-policy", PAGE_POLICY)
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(frontDoorPage({ locale, isDemo, logo }));
  });
  if (outline) serveOutline(app, JSON.stringify(outline));
  const assets = [
    ["style.css", "text/css; charset=utf-8", STYLE],
    ["enter.js", "text/javascript; charset=utf-8", ENTER_SCRIPT],
    ["favicon.svg", "image/svg+xml", favicon],
  ] as const;
  for (const [name, type, text] of assets)
    app.get(`/front-door/${name}`, (_request, reply) => reply.header("cache-control", "no-cache").type(type).send(text));
}

function serveOutline(app: FastifyInstance, text: string): void {
  app.get("/brand/outline.json", (_request, reply) =>
    reply.header("cache-control", "public, max-age=86400").type("application/geo+json").send(text),
  );
}
