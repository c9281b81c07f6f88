import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import {
  type CompanyFields,
  countryOfVatNumber,
  readVatNumber,
  type CompanyAddress,
  type CompanyId,
  type CompanyRole,
  type MemberState,
} from "../domain/index.ts";
import { checkFields, companyNamed, insertCompany, lockCompany, nameCompany, writeCompany } from "./company.ts";
import { addMembership, writeMembership } from "./members.ts";

/** What an event client says of a company and of somebody in it. */
export type SaidGroup = {
  readonly channelId: ChannelId;
  /** What the channel calls it, its `groupId`. */
  readonly externalId: string;
  /** Null where it names a company and nobody in it. */
  readonly recordId: RecordId | null;
  readonly traits: Readonly<Record<string, unknown>>;
  /** ISO 3166-1, of the channel's legal entity: for a company that names no country. */
  readonly country: string;
  /** A server of a channel that is set to vouch speaks of an account: what it says holds at once. */
  readonly vouches: boolean;
};

/** So many suggestions of one channel wait at most: a key that is public must not fill the office with inventions. */
const MOST_SUGGESTED = 1000;

/**
 * Takes what a `group` call says [CMP-8]: the company of that channel and the membership. Without somebody who vouches both are suggestions,
 * which give nobody a right or a price, and change nothing of a company that is known. Said again it changes nothing.
 */
export async function takeGroup(ctx: Ctx, said: SaidGroup): Promise<void> {
  const { channelId, externalId, recordId, vouches } = said;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`company ${channelId} ${externalId}`}, 0))`.execute(ctx.db);
  const known = await companyNamed(ctx, channelId, externalId);
  const companyId = known ?? (await newCompany(ctx, said));
  if (!companyId) return;
  if (known) await sayAgain(ctx, known, said);
  if (recordId === null) return;
  const state: MemberState = vouches ? "active" : "suggested";
  const role = vouches ? roleIn(said.traits) : undefined;
  const { rows } = await sql<{ role: CompanyRole; state: MemberState }>`
    select role, state from companies.membership where company_id = ${companyId} and record_id = ${recordId} and state <> 'ended'`.execute(
    ctx.db,
  );
  const [standing] = rows;
  if (!standing) return addMembership(ctx, { companyId, recordId, role: role ?? "member", state, source: "group_call", channelId });
  // What says nothing of a role takes none away, and what only suggests changes nothing that stands.
  if (vouches && (standing.state !== "active" || (role !== undefined && role !== standing.role)))
    await writeMembership(ctx, companyId, recordId, role ?? standing.role, "active");
}

async function newCompany(ctx: Ctx, { channelId, externalId, traits, country, vouches }: SaidGroup): Promise<CompanyId | undefined> {
  const fields = fieldsIn(traits, { name: externalId, country });
  const checked = vouches ? await checkFields(ctx, ctx.newId<CompanyId>(), fields) : undefined;
  // A number that is another company's: that one is meant, and staff decide whether it is.
  const isSure = checked?.ok === true;
  if (!isSure && (await waitingOf(ctx, channelId)) >= MOST_SUGGESTED) return undefined;
  const id = ctx.newId<CompanyId>();
  await insertCompany(ctx, id, isSure ? "active" : "suggested", isSure ? checked.value : fields);
  await nameCompany(ctx, id, channelId, externalId);
  return id;
}

async function waitingOf(ctx: Ctx, channelId: ChannelId): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::integer as waiting from (
      select 1 from companies.channel_name n join companies.company c on c.id = n.company_id
       where n.channel_id = ${channelId} and c.state = 'suggested' limit ${MOST_SUGGESTED}) suggested`.execute(ctx.db);
  return rows[0]?.waiting ?? 0;
}

/** A suggestion is what was said last; a company that is known changes only for who vouches, and keeps what is not said. */
async function sayAgain(ctx: Ctx, id: CompanyId, { traits, vouches }: SaidGroup): Promise<void> {
  if (Object.keys(traits).length === 0 && !vouches) return;
  const stored = await lockCompany(ctx, id);
  if (!stored || stored.state === "archived" || (stored.state === "active" && !vouches)) return;
  const said = { ...stored, ...fieldsIn(traits, stored), priceGroup: stored.priceGroup };
  const fields = { ...said, vatNumber: said.vatNumber ?? stored.vatNumber, address: said.address ?? stored.address };
  const kept = { currency: stored.currency, orderLimit: stored.orderLimit, monthLimit: stored.monthLimit };
  if (!vouches) {
    await writeCompany(ctx, stored, { ...fields, ...kept });
    return;
  }
  const checked = await checkFields(ctx, id, { ...fields, ...kept });
  if (checked.ok) await writeCompany(ctx, stored, { ...stored, ...checked.value, state: "active" });
}

const LONGEST = 200;

/** Names that event clients use; the first that says something counts. */
function textIn(traits: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = traits[name];
    if (typeof value === "string" && value.trim() !== "" && value.length <= LONGEST) return value.trim();
  }
  return null;
}

/** What of a group's traits a company keeps. Never a price group or a limit: those are the retailer's to give. */
function fieldsIn(traits: Readonly<Record<string, unknown>>, fallback: { readonly name: string; readonly country: string }): CompanyFields {
  const address = addressIn(traits["address"]);
  const said = textIn(traits, ["country", "countryCode", "country_code"]) ?? address?.country ?? null;
  const number = textIn(traits, ["vatNumber", "vat_number", "vatId", "vat_id", "vat", "taxId", "tax_id"]);
  const byNumber = number === null ? undefined : countryOfVatNumber(number);
  const country = said !== null && /^[A-Za-z]{2}$/.test(said) ? said.toUpperCase() : (byNumber ?? fallback.country);
  const read = number === null ? null : readVatNumber(country, number);
  return {
    name: textIn(traits, ["legalName", "legal_name", "name", "companyName", "company"]) ?? fallback.name,
    country,
    vatNumber: read && "value" in read ? read.value : null,
    address: address?.whole ?? null,
    priceGroup: null,
    currency: null,
    orderLimit: null,
    monthLimit: null,
  };
}

function addressIn(said: unknown): { readonly whole: CompanyAddress | null; readonly country: string | null } | null {
  if (typeof said !== "object" || said === null) return null;
  const parts = said as Readonly<Record<string, unknown>>; // an object, as just seen
  const line1 = textIn(parts, ["street", "line1", "address1"]);
  const postcode = textIn(parts, ["postalCode", "postal_code", "postcode", "zip"]);
  const city = textIn(parts, ["city"]);
  const whole = line1 && postcode && city ? { line1, line2: textIn(parts, ["street2", "line2"]), postcode, city } : null;
  return { whole, country: textIn(parts, ["country", "countryCode"]) };
}

function roleIn(traits: Readonly<Record<string, unknown>>): CompanyRole | undefined {
  const role = textIn(traits, ["role"])?.toLowerCase();
  return role === "owner" || role === "buyer" || role === "member" ? role : undefined;
}
