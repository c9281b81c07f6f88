import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/** Keeps a prepared picture (WebP) and answers its address. The same picture has the same address, for ever. */
export async function addPicture(ctx: Ctx, content: Buffer): Promise<string> {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 32);
  await sql`insert into catalog.picture (hash, content) values (${hash}, ${content}) on conflict do nothing`.execute(ctx.db);
  return `/pictures/${hash}.webp`;
}
