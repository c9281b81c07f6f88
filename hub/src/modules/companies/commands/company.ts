import { err, ok, type ChannelId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { readVatNumber, type CompanyFields, type CompanyId, type CompanyState } from "../domain/index.ts";
import type { CompanyError } from "../errors.ts";
import { CompanyChanged } from "../events.ts";

export type StoredCompany = CompanyFields & { readonly id: CompanyId; readonly state: CompanyState; readonly version: number };

const COLUMNS = sql`id, state, version, name, country, vat_number as "vatNumber", address, price_group as "priceGroup", currency,
  order_limit as "orderLimit", month_limit as "monthLimit"`;

/** Locks a company: the lock of every command on it and on who belongs to it, after the customer's. */
export async function lockCompany(ctx: Pick<Ctx, "db">, id: CompanyId): Promise<StoredCompany | undefined> {
  const { rows } = await sql<StoredCompany>`select ${COLUMNS} from companies.company where id = ${id} for update`.execute(ctx.db);
  return rows[0];
}

/**
 * Makes a company that staff vouch for. Errors: `company.vat_number_invalid`, `company.vat_number_taken`, `company.currency_missing`.
 * Publishes `company.changed.v1`.
 */
export async function createCompany(ctx: Ctx, fields: CompanyFields): Promise<Result<CompanyId, CompanyError>> {
  const id = ctx.newId<CompanyId>();
  const checked = await checkFields(ctx, id, fields);
  if (!checked.ok) return checked;
  await insertCompany(ctx, id, "active", checked.value);
  return ok(id);
}

export async function insertCompany(ctx: Ctx, id: CompanyId, state: CompanyState, fields: CompanyFields): Promise<void> {
  const { name, country, vatNumber, address, priceGroup, currency, orderLimit, monthLimit } = fields;
  await sql`
    insert into companies.company (id, state, name, country, vat_number, address, price_group, currency, order_limit, month_limit, created_at, updated_at)
    values (${id}, ${state}, ${name}, ${country}, ${vatNumber}, ${address && JSON.stringify(address)}::jsonb, ${priceGroup}, ${currency},
      ${orderLimit}, ${monthLimit}, ${ctx.now}, ${ctx.now})`.execute(ctx.db);
  await publish(ctx, CompanyChanged, subjectOf(id), { companyId: id, state, version: 1 });
}

export const subjectOf = (id: CompanyId): string => `company/${id}`;

/**
 * Changes what is given of a company; what is absent stays. A new price group counts for open carts at their next reading, a new limit for the
 * next order. Errors: `company.unknown`, `company.archived`, those of `createCompany`. Publishes `company.changed.v1`.
 */
export async function changeCompany(ctx: Ctx, id: CompanyId, change: Partial<CompanyFields>): Promise<Result<null, CompanyError>> {
  const stored = await lockCompany(ctx, id);
  if (!stored) return err({ code: "company.unknown" });
  if (stored.state === "archived") return err({ code: "company.archived" });
  const fields = { ...stored, ...change };
  // A number that was taken before a rule was known here must not keep the rest from being changed.
  const isSaid = change.vatNumber !== undefined || change.country !== undefined;
  const checked = await checkFields(ctx, id, fields, isSaid, stored.state);
  if (!checked.ok) return checked;
  await writeCompany(ctx, stored, { ...fields, ...checked.value });
  return ok(null);
}

/** Writes a company whose lock is held, when something of it differs. */
export async function writeCompany(ctx: Ctx, before: StoredCompany, after: StoredCompany): Promise<boolean> {
  const { id, state, name, country, vatNumber, address, priceGroup, currency, orderLimit, monthLimit } = after;
  if (isSame(before, after)) return false;
  const version = before.version + 1;
  await sql`
    update companies.company set state = ${state}, name = ${name}, country = ${country}, vat_number = ${vatNumber},
           address = ${address && JSON.stringify(address)}::jsonb, price_group = ${priceGroup}, currency = ${currency},
           order_limit = ${orderLimit}, month_limit = ${monthLimit}, version = ${version}, updated_at = ${ctx.now},
           archived_at = case when ${state} = 'archived' then coalesce(archived_at, ${ctx.now}::timestamptz) end
     where id = ${id}`.execute(ctx.db);
  await publish(ctx, CompanyChanged, subjectOf(id), { companyId: id, state, version });
  return true;
}

const KEPT = ["state", "name", "country", "vatNumber", "priceGroup", "currency", "orderLimit", "monthLimit"] as const;

function isSame(a: StoredCompany, b: StoredCompany): boolean {
  const lines = ({ address }: StoredCompany) => address && [address.line1, address.line2, address.postcode, address.city].join("\n");
  return KEPT.every((field) => a[field] === b[field]) && lines(a) === lines(b);
}

/** The fields in their one form [CMP-2] [CMP-6]. A number is looked for under a lock of its own, so that two at a time are not both first. */
export async function checkFields(
  ctx: Ctx,
  id: CompanyId,
  fields: CompanyFields,
  isNumberSaid = true,
  state: CompanyState = "active",
): Promise<Result<CompanyFields, CompanyError>> {
  const { country, vatNumber, currency, orderLimit, monthLimit } = fields;
  if (currency === null && (orderLimit !== null || monthLimit !== null)) return err({ code: "company.currency_missing" });
  if (vatNumber === null || !isNumberSaid) return ok(fields);
  const read = readVatNumber(country, vatNumber);
  if ("problem" in read) return err({ code: "company.vat_number_invalid", because: read.problem });
  const other = state === "suggested" ? undefined : await holderOf(ctx, id, read.value);
  return other ? err({ code: "company.vat_number_taken", companyId: other }) : ok({ ...fields, vatNumber: read.value });
}

async function holderOf(ctx: Ctx, id: CompanyId, vatNumber: string): Promise<CompanyId | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`vat ${vatNumber}`}, 0))`.execute(ctx.db);
  const { rows } = await sql<{ id: CompanyId }>`
    select id from companies.company where vat_number = ${vatNumber} and state <> 'suggested' and id <> ${id}`.execute(ctx.db);
  return rows[0]?.id;
}

/**
 * Makes a company of what a channel suggested [CMP-8]: its people stay suggested until each is vouched for.
 * Errors: `company.unknown`, `company.not_suggested`, `company.vat_number_invalid`, `company.vat_number_taken`.
 */
export async function confirmCompany(ctx: Ctx, id: CompanyId): Promise<Result<null, CompanyError>> {
  const stored = await lockCompany(ctx, id);
  if (!stored) return err({ code: "company.unknown" });
  if (stored.state !== "suggested") return err({ code: "company.not_suggested" });
  const checked = await checkFields(ctx, id, stored);
  if (!checked.ok) return checked;
  await writeCompany(ctx, stored, { ...stored, ...checked.value, state: "active" });
  return ok(null);
}

/**
 * Takes what a channel suggested up into a company that is known: the channel's name for it and its suggested people go over, the suggestion
 * goes [CMP-8]. Errors: `company.unknown`, `company.not_suggested`, `company.archived`, `company.same`.
 */
export async function takeUpCompany(ctx: Ctx, id: CompanyId, intoId: CompanyId): Promise<Result<null, CompanyError>> {
  if (id === intoId) return err({ code: "company.same" });
  const [first, second] = id < intoId ? [id, intoId] : [intoId, id];
  const locked = [await lockCompany(ctx, first), await lockCompany(ctx, second)];
  const stored = locked.find((one) => one?.id === id);
  const into = locked.find((one) => one?.id === intoId);
  if (!stored || !into) return err({ code: "company.unknown" });
  if (stored.state !== "suggested") return err({ code: "company.not_suggested" });
  if (into.state === "archived") return err({ code: "company.archived" });
  await sql`update companies.channel_name set company_id = ${intoId} where company_id = ${id}`.execute(ctx.db);
  await sql`
    update companies.membership m set company_id = ${intoId}
     where m.company_id = ${id} and m.state <> 'ended'
       and not exists (select from companies.membership o where o.company_id = ${intoId} and o.record_id = m.record_id and o.state <> 'ended')`.execute(
    ctx.db,
  );
  await sql`delete from companies.company where id = ${id}`.execute(ctx.db);
  await publish(ctx, CompanyChanged, subjectOf(intoId), { companyId: intoId, state: into.state, version: into.version });
  return ok(null);
}

/** Archives a company, or brings it back [CMP-3]: an archived one orders nothing, and everything else of it stays. */
export async function setArchived(ctx: Ctx, id: CompanyId, isArchived: boolean): Promise<Result<null, CompanyError>> {
  const stored = await lockCompany(ctx, id);
  if (!stored) return err({ code: "company.unknown" });
  if (stored.state === "suggested") return err({ code: "company.unknown" });
  await writeCompany(ctx, stored, { ...stored, state: isArchived ? "archived" : "active" });
  return ok(null);
}

/** Deletes a company that no document names [CMP-3], or a suggestion. Errors: `company.unknown`, `company.has_documents`. */
export async function deleteCompany(ctx: Ctx, id: CompanyId): Promise<Result<null, CompanyError>> {
  const stored = await lockCompany(ctx, id);
  if (!stored) return err({ code: "company.unknown" });
  const { rows } = await sql`select 1 from companies.purchase where company_id = ${id} limit 1`.execute(ctx.db);
  if (rows.length > 0) return err({ code: "company.has_documents" });
  await sql`delete from companies.company where id = ${id}`.execute(ctx.db);
  return ok(null);
}

/** The company that a channel calls so, if any. */
export async function companyNamed(ctx: Pick<Ctx, "db">, channelId: ChannelId, externalId: string): Promise<CompanyId | undefined> {
  const { rows } = await sql<{ id: CompanyId }>`
    select company_id as id from companies.channel_name where channel_id = ${channelId} and external_id = ${externalId}`.execute(ctx.db);
  return rows[0]?.id;
}

/** Keeps what a channel calls a company; a name that is another's already stays with that one. */
export async function nameCompany(ctx: Pick<Ctx, "db">, id: CompanyId, channelId: ChannelId, externalId: string): Promise<void> {
  await sql`
    insert into companies.channel_name (channel_id, external_id, company_id) values (${channelId}, ${externalId}, ${id})
    on conflict do nothing`.execute(ctx.db);
}
