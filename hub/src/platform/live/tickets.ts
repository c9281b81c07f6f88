import { createHash, randomBytes } from "node:crypto";
import type pg from "pg";
import type { Actor, Ctx } from "../ctx.ts";
import { statement } from "../database/db.ts";
import { sql } from "kysely";

/** How long a ticket opens a stream, in seconds. */
const LIFE_SECONDS = 30;

/** Gives a ticket that opens one stream with the caller's rights where no cookie can be sent. Kept hashed, without name and cart token. */
export async function giveTicket(ctx: Ctx): Promise<{ ticket: string; expiresAt: string }> {
  const ticket = randomBytes(16).toString("base64url");
  const expiresAt = new Date(ctx.now.getTime() + LIFE_SECONDS * 1000);
  const { staff } = ctx.actor;
  const actor: Actor = { ...ctx.actor, cartToken: null, staff: staff && { ...staff, name: "" } };
  await sql`delete from platform.live_ticket where expires_at < ${ctx.now}`.execute(ctx.db);
  await sql`insert into platform.live_ticket (hash, actor, expires_at) values (${hashOf(ticket)}, ${JSON.stringify(actor)}::jsonb, ${expiresAt})`.execute(
    ctx.db,
  );
  return { ticket, expiresAt: expiresAt.toISOString() };
}

/** Who got the ticket; null when it is unknown, expired or used. It is used up by asking. */
export async function redeemTicket(pool: pg.Pool, ticket: string): Promise<Actor | null> {
  const [row] = await statement<{ actor: Actor; isValid: boolean }>(
    pool,
    'delete from platform.live_ticket where hash = $1 returning actor, expires_at > now() as "isValid"',
    [hashOf(ticket)],
  );
  return row?.isValid ? row.actor : null;
}

function hashOf(ticket: string): Buffer {
  return createHash("sha256").update(ticket).digest();
}
