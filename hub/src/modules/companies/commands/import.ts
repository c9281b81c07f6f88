import { err, ok, type ChannelId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CompanyFields, CompanyId, CompanyRole, MemberState } from "../domain/index.ts";
import type { CompanyError } from "../errors.ts";
import { checkFields, companyNamed, insertCompany, lockCompany, nameCompany, writeCompany } from "./company.ts";
import { addMembership, writeMembership } from "./members.ts";

/** A company as a file of a channel says it; what the file does not say is absent and stays. */
export type FiledCompany = {
  readonly externalId: string | null;
  readonly fields: Partial<CompanyFields> & Pick<CompanyFields, "name" | "country">;
};

/** Somebody in a company, named by the channel's own id of it or by its VAT number in its one form. */
export type FiledMember = {
  readonly recordId: RecordId;
  readonly company: { readonly externalId: string | null; readonly vatNumber: string | null };
  readonly role: CompanyRole;
};

export type FiledOutcome = { readonly kind: "created" | "changed" | "same" };

const NONE: CompanyFields = {
  name: "",
  country: "",
  vatNumber: null,
  address: null,
  priceGroup: null,
  currency: null,
  orderLimit: null,
  monthLimit: null,
};

/**
 * Takes companies from a file that staff vouch for [CMP-9]: one that the channel calls so, else the one with that VAT number, is changed;
 * another is made. The same line again changes nothing. Errors, by line: those of `createCompany`, `company.archived`.
 */
export async function importCompanies(
  ctx: Ctx,
  channelId: ChannelId,
  lines: readonly FiledCompany[],
): Promise<Result<FiledOutcome, CompanyError>[]> {
  const outcomes: Result<FiledOutcome, CompanyError>[] = [];
  for (const line of lines) outcomes.push(await importCompany(ctx, channelId, line));
  return outcomes;
}

async function importCompany(
  ctx: Ctx,
  channelId: ChannelId,
  { externalId, fields }: FiledCompany,
): Promise<Result<FiledOutcome, CompanyError>> {
  const known = await findCompany(ctx, channelId, { externalId, vatNumber: fields.vatNumber ?? null }, fields);
  const stored = known && (await lockCompany(ctx, known));
  if (stored?.state === "archived") return err({ code: "company.archived" });
  const id = stored?.id ?? ctx.newId<CompanyId>();
  const whole = { ...NONE, ...stored, ...fields };
  const checked = await checkFields(ctx, id, whole, fields.vatNumber !== undefined);
  if (!checked.ok) return checked;
  if (stored) {
    const isChanged = await writeCompany(ctx, stored, { ...stored, ...checked.value, state: "active" });
    if (externalId !== null) await nameCompany(ctx, id, channelId, externalId);
    return ok({ kind: isChanged ? "changed" : "same" });
  }
  await insertCompany(ctx, id, "active", checked.value);
  if (externalId !== null) await nameCompany(ctx, id, channelId, externalId);
  return ok({ kind: "created" });
}

/** By the channel's name for it, else by its number; a file without either knows a company by name and country alone. */
async function findCompany(
  ctx: Ctx,
  channelId: ChannelId,
  { externalId, vatNumber }: FiledMember["company"],
  called?: Pick<CompanyFields, "name" | "country">,
): Promise<CompanyId | undefined> {
  const named = externalId === null ? undefined : await companyNamed(ctx, channelId, externalId);
  if (named) return named;
  const { rows } = await sql<{ id: CompanyId }>`
    select id from companies.company
     where state <> 'suggested' and (vat_number = ${vatNumber}
       or (${externalId === null && vatNumber === null && called !== undefined} and vat_number is null
         and lower(name) = lower(${called?.name ?? null}) and country = ${called?.country ?? null}))
     order by created_at, id limit 1`.execute(ctx.db);
  return rows[0]?.id;
}

/**
 * Takes members from a file that staff vouch for [CMP-9]: a role that is said replaces the one before, and what was suggested holds.
 * Errors, by line: `company.unknown`, `company.archived`.
 */
export async function importMembers(
  ctx: Ctx,
  channelId: ChannelId,
  lines: readonly FiledMember[],
): Promise<Result<FiledOutcome, CompanyError>[]> {
  const outcomes: Result<FiledOutcome, CompanyError>[] = [];
  for (const line of lines) outcomes.push(await importMember(ctx, channelId, line));
  return outcomes;
}

async function importMember(
  ctx: Ctx,
  channelId: ChannelId,
  { recordId, company, role }: FiledMember,
): Promise<Result<FiledOutcome, CompanyError>> {
  const found = await findCompany(ctx, channelId, company);
  const stored = found && (await lockCompany(ctx, found));
  if (!stored || stored.state === "suggested") return err({ code: "company.unknown" });
  if (stored.state === "archived") return err({ code: "company.archived" });
  const companyId = stored.id;
  const { rows } = await sql<{ role: CompanyRole; state: MemberState }>`
    select role, state from companies.membership where company_id = ${companyId} and record_id = ${recordId} and state <> 'ended'`.execute(
    ctx.db,
  );
  const [standing] = rows;
  if (!standing) {
    await addMembership(ctx, { companyId, recordId, role, state: "active", source: "import", channelId });
    return ok({ kind: "created" });
  }
  if (standing.role === role && standing.state === "active") return ok({ kind: "same" });
  await writeMembership(ctx, companyId, recordId, role, "active");
  return ok({ kind: "changed" });
}
