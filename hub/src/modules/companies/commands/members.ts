import { err, ok, type ChannelId, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { lockCustomer } from "../../customers/index.ts";
import type { CompanyId, CompanyRole, MemberSource, MemberState, Membership } from "../domain/index.ts";
import type { CompanyError } from "../errors.ts";
import { CompanyMemberChanged } from "../events.ts";
import { lockCompany, subjectOf } from "./company.ts";

type Standing = Pick<Membership, "recordId" | "role" | "state">;

/** What the records of a customer are to a company now. */
async function standingOf(ctx: Ctx, companyId: CompanyId, recordId: RecordId): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select record_id as "recordId", role, state from companies.membership
     where company_id = ${companyId} and state <> 'ended' and record_id in (select customers.records_of(${recordId})) order by record_id`.execute(
    ctx.db,
  );
  return rows;
}

/**
 * Makes a customer an owner, buyer or member of a company, gives them another role, or vouches for what was suggested [CMP-4]. All that their
 * records are to it becomes that. Errors: `company.unknown`, `company.archived`. Publishes `company.member_changed.v1`.
 */
export async function setMember(
  ctx: Ctx,
  companyId: CompanyId,
  recordId: RecordId,
  role: CompanyRole,
): Promise<Result<null, CompanyError>> {
  await lockCustomer(ctx, recordId);
  const company = await lockCompany(ctx, companyId);
  if (!company || company.state === "suggested") return err({ code: "company.unknown" });
  if (company.state === "archived") return err({ code: "company.archived" });
  const standing = await standingOf(ctx, companyId, recordId);
  if (standing.length === 0) await addMembership(ctx, { companyId, recordId, role, state: "active", source: "office", channelId: null });
  for (const one of standing)
    if (one.role !== role || one.state !== "active") await writeMembership(ctx, companyId, one.recordId, role, "active");
  return ok(null);
}

export type NewMembership = {
  readonly companyId: CompanyId;
  readonly recordId: RecordId;
  readonly role: CompanyRole;
  readonly state: MemberState;
  readonly source: MemberSource;
  readonly channelId: ChannelId | null;
};

/** Adds a membership where the record has none that stands. Publishes `company.member_changed.v1`. */
export async function addMembership(ctx: Ctx, { companyId, recordId, role, state, source, channelId }: NewMembership): Promise<void> {
  const { numAffectedRows = 0n } = await sql`
    insert into companies.membership (id, company_id, record_id, role, state, source, channel_id, since, staff_id)
    values (${ctx.newId<Id<"membership">>()}, ${companyId}, ${recordId}, ${role}, ${state}, ${source}, ${channelId}, ${ctx.now},
      ${ctx.actor.staff?.id ?? null})
    on conflict (company_id, record_id) where state <> 'ended' do nothing`.execute(ctx.db);
  if (numAffectedRows > 0n) await tell(ctx, companyId, recordId, role, state);
}

/** Gives a membership that stands another role or state. Publishes `company.member_changed.v1`. */
export async function writeMembership(
  ctx: Ctx,
  companyId: CompanyId,
  recordId: RecordId,
  role: CompanyRole,
  state: MemberState,
): Promise<void> {
  await sql`
    update companies.membership set role = ${role}, state = ${state}, staff_id = ${ctx.actor.staff?.id ?? null}
     where company_id = ${companyId} and record_id = ${recordId} and state <> 'ended'`.execute(ctx.db);
  await tell(ctx, companyId, recordId, role, state);
}

async function tell(ctx: Ctx, companyId: CompanyId, recordId: RecordId, role: CompanyRole, state: MemberState | "ended"): Promise<void> {
  await publish(ctx, CompanyMemberChanged, subjectOf(companyId), { companyId, recordId, role, state });
}

/**
 * Ends all that a customer is to a company [CMP-4]: from then on they order nothing for it, also not what lies in a cart. What they ordered
 * stays as it is. Errors: `company.unknown`, `company.member_unknown`. Publishes `company.member_changed.v1`.
 */
export async function removeMember(ctx: Ctx, companyId: CompanyId, recordId: RecordId): Promise<Result<null, CompanyError>> {
  await lockCustomer(ctx, recordId);
  if (!(await lockCompany(ctx, companyId))) return err({ code: "company.unknown" });
  const standing = await standingOf(ctx, companyId, recordId);
  if (standing.length === 0) return err({ code: "company.member_unknown" });
  for (const { recordId: own, role } of standing) {
    await sql`
      update companies.membership set state = 'ended', ended_at = ${ctx.now}, staff_id = ${ctx.actor.staff?.id ?? null}
       where company_id = ${companyId} and record_id = ${own} and state <> 'ended'`.execute(ctx.db);
    await tell(ctx, companyId, own, role, "ended");
  }
  return ok(null);
}

/** An erasure takes a person out of every company; what they ordered for one stays, without them. */
export async function eraseCompanyMembers(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<void> {
  const ids = sql`${[...recordIds]}::uuid[]`;
  await sql`delete from companies.membership where record_id = any (${ids})`.execute(ctx.db);
  await sql`update companies.purchase set record_id = null where record_id = any (${ids})`.execute(ctx.db);
}
