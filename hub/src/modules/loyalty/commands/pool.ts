import { createHash, randomBytes } from "node:crypto";
import { err, ok, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { customerOf } from "../../customers/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PoolChanged } from "../events.ts";
import { poolOf, type Pool, type PoolId, type PoolMemberId } from "../queries/pool.ts";
import { currentRule } from "../queries/program.ts";
import { enroll } from "./enroll.ts";

/** How long an invitation stands. */
const INVITATION_DAYS = 7;

type Opening = { readonly recordId: RecordId; readonly kind: Pool["kind"]; readonly name: string };

/**
 * Opens a purse that others can be invited to [LOY-29]. Nothing moves: everybody keeps their own account. Errors: `loyalty.not_offered`,
 * `loyalty.in_pool`. Publishes `loyalty.pool_changed.v1`, as all of these do.
 */
export async function openPool(ctx: Ctx, { recordId, kind, name }: Opening): Promise<Result<null, LoyaltyError>> {
  const rule = await currentRule(ctx);
  if (!rule?.terms.pools) return err({ code: "loyalty.not_offered" });
  await lockPerson(ctx, recordId);
  if (await poolOf(ctx, recordId)) return err({ code: "loyalty.in_pool" });
  const poolId = ctx.newId<PoolId>();
  await sql`insert into loyalty.pool (id, program_id, kind, name, made_at) values (${poolId}, ${rule.programId}, ${kind}, ${name}, ${ctx.now})`.execute(
    ctx.db,
  );
  await comeIn(ctx, { poolId, recordId, isOwner: true, maySpend: true });
  return ok(null);
}

/** An invitation for one person: its code is shown once, and only its hash is kept. Errors: `loyalty.not_in_pool`, `loyalty.not_pool_owner`, `loyalty.pool_full`. */
export async function inviteToPool(
  ctx: Ctx,
  recordId: RecordId,
  maySpend: boolean,
): Promise<Result<{ readonly code: string; readonly expiresAt: Date }, LoyaltyError>> {
  const owned = await ownedPool(ctx, recordId);
  if (!owned.ok) return owned;
  const room = (await currentRule(ctx))?.terms.pools?.members ?? 0;
  if (owned.value.members.length >= room) return err({ code: "loyalty.pool_full", room });
  const code = randomBytes(16).toString("base64url");
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
  await sql`
    insert into loyalty.pool_invitation (code_hash, pool_id, invited_by, may_spend, at, expires_at)
    values (${hashOf(code)}, ${owned.value.id}, ${recordId}, ${maySpend}, ${ctx.now}, ${expiresAt})`.execute(ctx.db);
  return ok({ code, expiresAt });
}

/**
 * Comes into a purse by an invitation, which serves once: two who use it at the same moment are not both in. Errors: `loyalty.not_offered`,
 * `loyalty.in_pool`, `loyalty.invitation_ended`, `loyalty.pool_full`.
 */
export async function joinPool(ctx: Ctx, recordId: RecordId, code: string): Promise<Result<null, LoyaltyError>> {
  const room = (await currentRule(ctx))?.terms.pools?.members;
  if (room === undefined) return err({ code: "loyalty.not_offered" });
  await lockPerson(ctx, recordId);
  if (await poolOf(ctx, recordId)) return err({ code: "loyalty.in_pool" });
  const { rows } = await sql<{ poolId: PoolId; maySpend: boolean }>`
    update loyalty.pool_invitation set used_at = ${ctx.now} where code_hash = ${hashOf(code)} and used_at is null and expires_at > ${ctx.now}
    returning pool_id as "poolId", may_spend as "maySpend"`.execute(ctx.db);
  const [invitation] = rows;
  if (!invitation) return err({ code: "loyalty.invitation_ended" });
  const { poolId, maySpend } = invitation;
  const { rows: locked } = await sql<{ members: number }>`
    select (select count(*) from loyalty.pool_member m where m.pool_id = p.id and m.left_at is null)::integer as members
      from loyalty.pool p where p.id = ${poolId} for update`.execute(ctx.db);
  const members = locked[0]?.members ?? 0;
  if (members === 0) return err({ code: "loyalty.invitation_ended" });
  if (members >= room) return err({ code: "loyalty.pool_full", room });
  await comeIn(ctx, { poolId, recordId, isOwner: false, maySpend });
  return ok(null);
}

/** Whether somebody may spend from the purse; its owner always may. Errors: `loyalty.not_in_pool`, `loyalty.not_pool_owner`. */
export async function setPoolMember(
  ctx: Ctx,
  recordId: RecordId,
  memberId: string,
  maySpend: boolean,
): Promise<Result<null, LoyaltyError>> {
  const owned = await ownedPool(ctx, recordId);
  if (!owned.ok) return owned;
  const member = owned.value.members.find(({ id, isOwner }) => id === memberId && !isOwner);
  if (!member) return err({ code: "loyalty.not_in_pool" });
  await sql`update loyalty.pool_member set may_spend = ${maySpend} where id = ${member.id}`.execute(ctx.db);
  await tell(ctx, owned.value);
  return ok(null);
}

/**
 * Somebody leaves the purse, by themselves or because its owner says so, with what is left on their own account: nothing moves. When the owner leaves,
 * who is in it longest owns it. Errors: `loyalty.not_in_pool`, `loyalty.not_pool_owner`.
 */
export async function leavePool(ctx: Ctx, recordId: RecordId, memberId: string): Promise<Result<null, LoyaltyError>> {
  const pool = await poolOf(ctx, recordId);
  const member = pool?.members.find(({ id }) => id === memberId);
  if (!pool || !member) return err({ code: "loyalty.not_in_pool" });
  if (member.id !== pool.own.id && !pool.own.isOwner) return err({ code: "loyalty.not_pool_owner" });
  await sql`select from loyalty.pool where id = ${pool.id} for update`.execute(ctx.db);
  await sql`update loyalty.pool_member set left_at = ${ctx.now} where id = ${member.id} and left_at is null`.execute(ctx.db);
  await passOn(ctx, pool.id);
  await tell(ctx, pool);
  return ok(null);
}

/** A purse that lost its owner goes to who is in it longest; one without anybody is over, and its invitations with it. */
export async function passOn(ctx: Ctx, poolId: PoolId): Promise<void> {
  await sql`
    update loyalty.pool_member set is_owner = true, may_spend = true
     where id = (select id from loyalty.pool_member where pool_id = ${poolId} and left_at is null order by joined_at, id limit 1)
       and not exists (select from loyalty.pool_member where pool_id = ${poolId} and left_at is null and is_owner)`.execute(ctx.db);
}

type Coming = { readonly poolId: PoolId; readonly recordId: RecordId; readonly isOwner: boolean; readonly maySpend: boolean };

async function comeIn(ctx: Ctx, { poolId, recordId, isOwner, maySpend }: Coming): Promise<void> {
  await enroll(ctx, [recordId]);
  await sql`
    insert into loyalty.pool_member (id, pool_id, record_id, is_owner, may_spend, joined_at)
    values (${ctx.newId<PoolMemberId>()}, ${poolId}, ${recordId}, ${isOwner}, ${maySpend}, ${ctx.now})`.execute(ctx.db);
  const pool = await poolOf(ctx, recordId);
  if (pool) await tell(ctx, pool);
}

async function ownedPool(ctx: Ctx, recordId: RecordId): Promise<Result<Pool, LoyaltyError>> {
  const pool = await poolOf(ctx, recordId);
  if (!pool) return err({ code: "loyalty.not_in_pool" });
  return pool.own.isOwner ? ok(pool) : err({ code: "loyalty.not_pool_owner" });
}

/** One person enters one purse at a time, whatever record they ask with. */
async function lockPerson(ctx: Ctx, recordId: RecordId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('loyalty.pool/' || ${await customerOf(ctx, recordId)}::text, 0))`.execute(ctx.db);
}

async function tell(ctx: Ctx, { id: poolId, members }: Pick<Pool, "id" | "members">): Promise<void> {
  for (const { recordId } of members) await publish(ctx, PoolChanged, `record/${recordId}`, { recordId, poolId });
}

const hashOf = (code: string): Buffer => createHash("sha256").update(code).digest();
