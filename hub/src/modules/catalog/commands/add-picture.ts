import { createHash } from "node:crypto";
import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CatalogError } from "../errors.ts";

/** A photograph larger than this is made smaller by whoever sends it: a shop window shows no more. */
export const MOST_PICTURE_BYTES = 1024 * 1024;

const ENDINGS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" } as const;

export type GivenPicture = { readonly mediaType: keyof typeof ENDINGS; readonly content: Buffer };

/** Tells what a picture is by its first bytes; what it is said to be does not count. Errors: `catalog.picture_invalid`. */
export function readPicture(content: Buffer): Result<GivenPicture, CatalogError> {
  if (content.length === 0 || content.length > MOST_PICTURE_BYTES) return err({ code: "catalog.picture_invalid", because: "size" });
  const mediaType = kindOf(content);
  return mediaType ? ok({ mediaType, content }) : err({ code: "catalog.picture_invalid", because: "kind" });
}

/** The signatures of the formats: JPEG (ISO 10918), PNG (ISO 15948), WebP in its RIFF container. */
function kindOf(bytes: Buffer): GivenPicture["mediaType"] | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  if (bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP") return "image/webp";
  return undefined;
}

/** Keeps a picture and answers its address. The same picture has the same address, for ever. */
export async function addPicture(ctx: Ctx, { mediaType, content }: GivenPicture): Promise<string> {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 32);
  await sql`insert into catalog.picture (hash, media_type, content) values (${hash}, ${mediaType}, ${content}) on conflict do nothing`.execute(
    ctx.db,
  );
  return `/pictures/${hash}.${ENDINGS[mediaType]}`;
}
