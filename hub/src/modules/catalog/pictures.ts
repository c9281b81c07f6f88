import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import { edgeProblem, sendProblem, statement } from "../../platform/index.ts";

/**
 * Serves product pictures at `/pictures/<hash>.svg`. A picture never changes under its address, so whoever has it never asks again.
 * A picture opened by itself may run nothing.
 */
export function servePictures(app: FastifyInstance, pool: Pool): void {
  app.get<{ Params: { file: string } }>("/pictures/:file", async (request, reply) => {
    const [, hash] = /^([0-9a-f]{32})\.svg$/.exec(request.params.file) ?? [];
    const [picture] = hash ? await statement<{ svg: string }>(pool, "select svg from catalog.picture where hash = $1", [hash]) : [];
    if (!picture) return sendProblem(reply, edgeProblem("request.unknown_route", request.id));
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .type("image/svg+xml")
      .send(picture.svg);
  });
}
