import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import { edgeProblem, sendProblem, statement } from "../../platform/index.ts";

type Kept = { readonly body: Buffer; readonly mediaType: string };

/**
 * Serves product pictures at `/pictures/<hash>.<ending>`. A picture never changes under its address, so whoever has it never asks again.
 * A picture opened by itself may run nothing.
 */
export function servePictures(app: FastifyInstance, pool: Pool): void {
  app.get<{ Params: { file: string } }>("/pictures/:file", async (request, reply) => {
    const [, hash, ending] = /^([0-9a-f]{32})(\.(?:svg|jpg|png|webp))$/.exec(request.params.file) ?? [];
    const [picture] =
      hash === undefined
        ? []
        : await statement<Kept>(
            pool,
            `select coalesce(convert_to(svg, 'UTF8'), content) as body, coalesce(media_type, 'image/svg+xml') as "mediaType"
               from catalog.picture where hash = $1 and catalog.picture_ending(media_type) = $2`,
            [hash, ending],
          );
    if (!picture) return sendProblem(reply, edgeProblem("request.unknown_route", request.id));
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .type(picture.mediaType)
      .send(picture.body);
  });
}
