import type { Locale } from "@weft/contracts";
import type { FastifyInstance } from "fastify";
import { PAGE_POLICY, localeOf } from "../../platform/index.ts";

export type ProductPages = {
  /** The page that an address of an app is, as HTML. */
  readonly pageAt: (url: string) => string | undefined;
  /** What the head of a product's page says; undefined when there is nothing to say. */
  readonly headOf: (slug: string, locale: Locale) => Promise<string | undefined>;
};

/** Serves the shop's page of a product with what search engines read in its head [CAT-12]; the app itself is the same on every page. */
export function serveProductPages(app: FastifyInstance, { pageAt, headOf }: ProductPages): void {
  app.get<{ Params: { slug: string } }>("/shop/p/:slug", async (request, reply) => {
    const page = pageAt("/shop/");
    if (page === undefined) return reply.callNotFound();
    const head = await headOf(request.params.slug, localeOf(request.headers["accept-language"]) as Locale); // one of those that the hub speaks
    return reply
      .code(200)
      .headers({ "content-security-policy": PAGE_POLICY, "cache-control": "no-cache", vary: "accept-language" })
      .type("text/html; charset=utf-8")
      .send(head === undefined ? page : page.replace(/<title>[^<]*<\/title>/, () => head));
  });
}
