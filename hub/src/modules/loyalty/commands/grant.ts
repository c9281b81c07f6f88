import type { GrantReason } from "@weft/contracts";
import { err, ok, type Id, type RecordId, type Result, type StaffId, type TransferId } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { channelOf } from "../../channels/index.ts";
import { customerOf } from "../../customers/index.ts";
import { businessDateAt, entityOf, placeOf } from "../../places/index.ts";
import { publish, type Actor, type Ctx } from "../../../platform/index.ts";
import { cardNumber, expiryOf, needsApproval, OWN_GRANT_POINTS, type ProgramId } from "../domain/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PointsGranted } from "../events.ts";
import { currentExpiry, currentRule, pointsUnit } from "../queries/program.ts";

export type GrantId = Id<"points grant">;

export type WantedGrant = {
  readonly id: GrantId;
  readonly recordId: RecordId;
  readonly points: number;
  readonly reason: GrantReason;
  /** Asks whose PIN was given; called only where the giver's own limit of the day does not reach. Undefined: no PIN came. */
  readonly approve: (() => Promise<Result<StaffId | null, LoyaltyError>>) | undefined;
};

/** A refused PIN is no error: the wrong try must stay counted. */
export type Grant =
  | { readonly kind: "granted"; readonly points: number; readonly approved: boolean; readonly at: Date }
  | { readonly kind: "refused" };

type Giver = NonNullable<Actor["staff"]>;

/**
 * Gives points without a sale, as a lot that expires like earned ones [LOY-11]. Beyond what the giver may give alone in a business day a
 * manager's PIN is asked; two grants of one giver at the same moment cannot both fit under that limit. The same id again is the same grant.
 * Errors: `loyalty.approval_needed`, `loyalty.grant_differs`, `loyalty.no_program`, those of `approve`. Publishes `loyalty.points_granted.v1`.
 */
export async function grantPoints(ctx: Ctx, giver: Giver, wanted: WantedGrant): Promise<Result<Grant, LoyaltyError>> {
  await sql`select pg_advisory_xact_lock(hashtextextended('loyalty.points_grant/' || ${giver.id}::text, 0))`.execute(ctx.db);
  const before = await earlierGrant(ctx, wanted);
  if (before) return before;
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const where = await whereGiven(ctx);
  if (!where) return err({ code: "loyalty.no_channel" });
  const givenToday = await givenOn(ctx, giver.id, where.businessDate);
  let approvedBy: StaffId | null = null;
  if (needsApproval(giver.roles, givenToday, wanted.points)) {
    if (!wanted.approve) return err({ code: "loyalty.approval_needed", own: OWN_GRANT_POINTS, givenToday });
    const approval = await wanted.approve();
    if (!approval.ok) return approval;
    if (approval.value === null) return ok({ kind: "refused" });
    approvedBy = approval.value;
  }
  const { id, recordId, points, reason } = wanted;
  await sql`
    insert into loyalty.points_grant (id, record_id, points, reason, granted_by, approved_by, entity_id, place_id, channel_id, business_date, time_zone, at)
    values (${id}, ${recordId}, ${points}, ${reason}, ${giver.id}, ${approvedBy}, ${where.entityId}, ${where.placeId}, ${where.channelId},
            ${where.businessDate}::date, ${where.timeZone}, ${ctx.now})`.execute(ctx.db);
  await auditWrite(ctx, {
    action: "loyalty.grant",
    subject: `customer/${await customerOf(ctx, recordId)}`,
    reason: `${points} points, ${reason}, approved by ${approvedBy}`,
  });
  await publish(ctx, PointsGranted, `record/${recordId}`, { recordId, grantId: id, points, reason });
  await credit(ctx, rule.programId, wanted, where); // the balance is the last lock
  return ok({ kind: "granted", points, approved: approvedBy !== null, at: ctx.now });
}

async function earlierGrant(ctx: Ctx, { id, recordId, points, reason }: WantedGrant): Promise<Result<Grant, LoyaltyError> | undefined> {
  const { rows } = await sql<{ isSame: boolean; approved: boolean; at: Date }>`
    select (record_id = ${recordId} and points = ${points} and reason = ${reason}) is true as "isSame", approved_by is not null as approved, at
    from loyalty.points_grant where id = ${id}`.execute(ctx.db);
  const [row] = rows;
  if (!row) return undefined;
  return row.isSame ? ok({ kind: "granted", points, approved: row.approved, at: row.at }) : err({ code: "loyalty.grant_differs" });
}

/** The document columns of a grant: where the giver stands, else the entity that their channel sells for. */
export async function whereGiven(ctx: Ctx) {
  const channel = ctx.actor.channelId === null ? undefined : await channelOf(ctx, ctx.actor.channelId);
  if (!channel) return undefined;
  const place = ctx.actor.placeId === null ? undefined : await placeOf(ctx, ctx.actor.placeId);
  const entityId = place?.entityId ?? channel.entityId;
  const timeZone = place?.timeZone ?? (await entityOf(ctx, entityId))?.timeZone ?? "UTC";
  const businessDate = businessDateAt({ timeZone, dayEnd: place?.dayEnd ?? 0 }, ctx.now);
  return { entityId, placeId: place?.id ?? null, channelId: channel.id, timeZone, businessDate };
}

async function givenOn(ctx: Ctx, giver: StaffId, businessDate: string): Promise<number> {
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(points), 0)::integer as points from loyalty.points_grant
    where granted_by = ${giver} and business_date = ${businessDate}::date and approved_by is null`.execute(ctx.db);
  return rows[0]?.points ?? 0;
}

type WhereGiven = NonNullable<Awaited<ReturnType<typeof whereGiven>>>;

async function credit(ctx: Ctx, programId: ProgramId, { id, recordId, points, reason }: WantedGrant, where: WhereGiven): Promise<void> {
  const expiry = await currentExpiry(ctx, programId);
  const because = JSON.stringify({ kind: "grant", data: { reason } });
  await sql`
    select ledger.credit(${ctx.newId<TransferId>()}, 'grant', 'grant', ${id}, 0, ${where.entityId}, ${where.placeId}, ${where.channelId},
      ${where.businessDate}::date, ${where.timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because}::jsonb, ${ctx.now},
      loyalty.enroll(${recordId}, ${programId}, ${ctx.newId<Id<"ledger account">>()}, ${cardNumber(ctx.newId<Id<"card">>())}),
      ${pointsUnit(programId)}, ${points}, ${expiryOf(expiry, ctx.now, where.timeZone)}, ${expiry.version})`.execute(ctx.db);
}
