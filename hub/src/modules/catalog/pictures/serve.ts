import { PICTURE_SIZES, type PictureSize } from "@weft/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Pool } from "pg";
import { edgeProblem, sendProblem, statement } from "../../../platform/index.ts";
import { drawPicture, inTurn, type KeptPicture } from "./draw.ts";

const TYPES = { svg: "image/svg+xml", webp: "image/webp", jpg: "image/jpeg" } as const;
type Ending = keyof typeof TYPES;

/**
 * Serves product pictures at `/pictures/<hash>.<ending>` as they are kept, and at `/pictures/<hash>/<size>.<ending>` in a size, made when
 * somebody asks first and kept for every node [CAT-19]. A picture never changes under its address, so whoever has it never asks again; one
 * that is opened by itself may run nothing.
 */
export function servePictures(app: FastifyInstance, pool: Pool): void {
  const sized = sizedPictures(pool);
  app.get<{ Params: { file: string } }>("/pictures/:file", async (request, reply) => {
    const [, hash, ending] = /^([0-9a-f]{32})\.(svg|webp)$/.exec(request.params.file) ?? [];
    const kept = hash === undefined ? undefined : await keptPicture(pool, hash);
    if (!kept || (kept.svg === null) !== (ending === "webp")) return unknown(request, reply);
    return kept.svg === null ? give(reply, kept.content, "webp") : give(reply, kept.svg, "svg");
  });
  app.get<{ Params: { hash: string; file: string } }>("/pictures/:hash/:file", async (request, reply) => {
    const { hash, file } = request.params;
    const size = (Object.keys(PICTURE_SIZES) as PictureSize[]).find((name) => file === `${name}.${PICTURE_SIZES[name].ending}`); // its keys are the sizes
    const content = size && /^[0-9a-f]{32}$/.test(hash) ? await sized(hash, size) : undefined;
    return size && content ? give(reply, content, PICTURE_SIZES[size].ending) : unknown(request, reply);
  });
}

function give(reply: FastifyReply, body: Buffer | string, ending: Ending): FastifyReply {
  return reply
    .header("cache-control", "public, max-age=31536000, immutable")
    .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .type(TYPES[ending])
    .send(body);
}

const unknown = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(reply, edgeProblem("request.unknown_route", request.id));

async function keptPicture(pool: Pool, hash: string): Promise<KeptPicture | undefined> {
  const [picture] = await statement<KeptPicture>(pool, "select svg, content from catalog.picture where hash = $1", [hash]);
  return picture;
}

type SizedPicture = (hash: string, size: PictureSize) => Promise<Buffer | undefined>;

/** The sizes that were made, and the way to one that was not. Many who ask for one at once wait for the same. */
function sizedPictures(pool: Pool): SizedPicture {
  const take = inTurn();
  const making = new Map<string, Promise<Buffer | undefined>>();
  return async (hash, size) => {
    const [made] = await statement<{ content: Buffer }>(pool, "select content from catalog.picture_size where hash = $1 and size = $2", [
      hash,
      size,
    ]);
    if (made) return made.content;
    const key = `${hash}/${size}`;
    let work = making.get(key);
    if (!work) {
      work = take(() => makeSize(pool, hash, size)).finally(() => making.delete(key));
      making.set(key, work);
    }
    return work;
  };
}

async function makeSize(pool: Pool, hash: string, size: PictureSize): Promise<Buffer | undefined> {
  const kept = await keptPicture(pool, hash);
  if (!kept) return undefined;
  const content = await drawPicture(kept, size);
  await statement(pool, "insert into catalog.picture_size (hash, size, content) values ($1, $2, $3) on conflict do nothing", [
    hash,
    size,
    content,
  ]);
  return content;
}
