import { err, ok, type CartId, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { committed, type Committed, type Ctx, type Vault } from "../../../platform/index.ts";
import type { CartError } from "../errors.ts";

export type PairingId = Id<"cart pairing">;
export type PairingKind = "call" | "screen";

/** What a typed code opens. */
export type Pairing = { readonly id: PairingId; readonly cartId: CartId | null; readonly tokenHash: Buffer | null };

const MOST_TRIES = 5;
const TRIES_MINUTES = 10;

/** The keyed hash that a code is kept as: unkeyed, four digits would be read back from it in an instant [CRT-14]. */
export const pairingMac = (vault: Vault, kind: PairingKind, code: string): Buffer => vault.mac(`cart ${kind} code`, code);

/** Codes whose time is over open nothing and make room: so a code of few digits is only valid while it is shown [CRT-14]. */
export async function freeCodes(ctx: Pick<Ctx, "db" | "now">, kind: PairingKind): Promise<void> {
  await sql`update carts.pairing set code_mac = null where kind = ${kind} and code_mac is not null and expires_at <= ${ctx.now}`.execute(
    ctx.db,
  );
  await sql`delete from carts.pairing where cart_id is null and created_at < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
}

/**
 * What a code opens, under its lock. A wrong one is counted by who typed it; five in ten minutes lock them out, also from the right one
 * [CRT-14]. The count stays although the caller is refused.
 */
export async function findPairing(ctx: Ctx, kind: PairingKind, mac: Buffer): Promise<Result<Pairing | Committed<CartError>, CartError>> {
  if ((await wrongTries(ctx)) >= MOST_TRIES) return err({ code: "pairing.too_many_tries" });
  const { rows } = await sql<Pairing>`
    select id, cart_id as "cartId", token_hash as "tokenHash" from carts.pairing
    where kind = ${kind} and code_mac = ${mac} and expires_at > ${ctx.now} for update`.execute(ctx.db);
  if (rows[0]) return ok(rows[0]);
  await sql`delete from carts.pairing_try where at < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
  await sql`insert into carts.pairing_try (actor, at) values (${ctx.actor.credential}, ${ctx.now})`.execute(ctx.db);
  return ok(committed<CartError>({ code: "pairing.unknown_code", triesLeft: Math.max(0, MOST_TRIES - (await wrongTries(ctx))) }));
}

async function wrongTries(ctx: Pick<Ctx, "db" | "now" | "actor">): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    select count(*)::integer as tries from carts.pairing_try
    where actor = ${ctx.actor.credential} and at > ${ctx.now}::timestamptz - make_interval(mins => ${TRIES_MINUTES})`.execute(ctx.db);
  return rows[0]?.tries ?? 0;
}
