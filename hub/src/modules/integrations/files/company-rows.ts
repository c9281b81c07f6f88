import { currencyExponent, type ChannelId, type RecordId } from "@weft/kernel";
import type { ImportField } from "@weft/contracts";
import type { Ctx } from "../../../platform/index.ts";
import { importCompanies, importMembers, readVatNumber, type CompanyFields, type CompanyRole } from "../../companies/index.ts";
import { readCountry, readRole } from "../domain/index.ts";

/** Why a line of companies or of their people is put aside. */
export type CompanyRowCode =
  | "company_nameless"
  | "company_unknown"
  | "company_unsaid"
  | "role_unclear"
  | "limit_invalid"
  | "currency_unknown"
  | "price_group_invalid"
  | "company.vat_number_invalid"
  | "company.vat_number_taken"
  | "company.currency_missing"
  | "company.archived";

/** A company as a line says it; what is absent is not said, and stays. */
export type CompanyRow = {
  readonly kind: "companies";
  readonly externalId: string | null;
  readonly fields: Partial<CompanyFields> & Pick<CompanyFields, "name" | "country">;
};

/** Somebody in a company, which is named by the source's own id or by its VAT number. */
export type MembershipRow<Who> = {
  readonly kind: "memberships";
  readonly who: Who;
  readonly company: { readonly externalId: string | null; readonly vatNumber: string | null };
  readonly role: CompanyRole;
};

type Cells = (field: ImportField) => string;
type Refuse = (code: CompanyRowCode | "country_unknown", detail?: string | null) => never;
type Place = { readonly country: string; readonly decimal: "." | "," };

/** Reads a company: a name is all it needs, its country is the channel's where none is said [IMP-15]. */
export function readCompany(cells: Cells, place: Place, refuse: Refuse): CompanyRow {
  const name = cells("companyName") || refuse("company_nameless");
  const said = cells("country");
  const country = said === "" ? place.country : (readCountry(said) ?? refuse("country_unknown", said));
  const vatNumber = vatNumberOf(cells("vatNumber"), country, refuse);
  const [line1, line2, postcode, city] = [cells("street"), cells("street2"), cells("postcode"), cells("city")];
  const priceGroup = cells("priceGroup").toLowerCase();
  if (priceGroup !== "" && !/^[a-z0-9][a-z0-9_-]{0,39}$/.test(priceGroup)) refuse("price_group_invalid", priceGroup);
  const currency = cells("currency").toUpperCase();
  if (currency !== "" && !/^[A-Z]{3}$/.test(currency)) refuse("currency_unknown", currency);
  const [orderLimit, monthLimit] = (["orderLimit", "monthLimit"] as const).map((field) => limitOf(cells(field), currency, place, refuse));
  return {
    kind: "companies",
    externalId: cells("companyId") || null,
    fields: {
      name,
      country,
      ...(vatNumber !== null && { vatNumber }),
      ...(line1 !== "" && postcode !== "" && city !== "" && { address: { line1, line2: line2 || null, postcode, city } }),
      ...(priceGroup !== "" && { priceGroup }),
      ...(currency !== "" && { currency }),
      ...(orderLimit !== undefined && { orderLimit }),
      ...(monthLimit !== undefined && { monthLimit }),
    },
  };
}

function vatNumberOf(text: string, country: string, refuse: Refuse): string | null {
  if (text === "") return null;
  const read = readVatNumber(country, text);
  return "value" in read ? read.value : refuse("company.vat_number_invalid", text);
}

/** An amount of money as people write it, `1.500,00`, in minor units; undefined where nothing is said. */
function limitOf(text: string, currency: string, { decimal }: Place, refuse: Refuse): number | undefined {
  if (text === "") return undefined;
  if (currency === "") refuse("company.currency_missing", text);
  const plain = text
    .replaceAll(/[\s'€$£]/g, "")
    .replaceAll(decimal === "," ? "." : ",", "")
    .replace(",", ".");
  const digits = currencyExponent(currency);
  const [, whole = "", fraction = ""] = new RegExp(`^(\\d{1,10})(?:\\.(\\d{1,${digits || 1}}))?$`).exec(plain) ?? [];
  if (whole === "" || (digits === 0 && fraction !== "")) refuse("limit_invalid", text);
  return Number(whole + fraction.padEnd(digits, "0"));
}

/** Reads who is what in which company; a number of another country than the channel's carries its prefix. */
export function readMembership<Who>(cells: Cells, who: Who, { country }: Place, refuse: Refuse): MembershipRow<Who> {
  const externalId = cells("companyId") || null;
  const number = cells("vatNumber");
  if (externalId === null && number === "") refuse("company_unsaid");
  const [, prefix = ""] = /^([A-Za-z]{2})/.exec(number) ?? [];
  const of = prefix === "" ? country : prefix.toUpperCase() === "EL" ? "GR" : prefix.toUpperCase();
  const said = cells("role");
  const role = said === "" ? "member" : (readRole(said) ?? refuse("role_unclear", said));
  return { kind: "memberships", who, company: { externalId, vatNumber: vatNumberOf(number, of, refuse) }, role };
}

type Written =
  | { readonly kind: "created" | "changed" | "same" }
  | { readonly kind: "refused"; readonly problem: { readonly code: CompanyRowCode; readonly detail: string | null } };

const REFUSED = {
  "company.vat_number_invalid": "company.vat_number_invalid",
  "company.vat_number_taken": "company.vat_number_taken",
  "company.currency_missing": "company.currency_missing",
  "company.archived": "company.archived",
} as const;

function toWritten(outcome: Awaited<ReturnType<typeof importCompanies>>[number]): Written {
  if (outcome.ok) return outcome.value;
  const { code } = outcome.error;
  const known = code in REFUSED ? REFUSED[code as keyof typeof REFUSED] : "company_unknown"; // one of its keys, as just asked
  return { kind: "refused", problem: { code: known, detail: null } };
}

export async function writeCompanies(ctx: Ctx, channelId: ChannelId, rows: readonly CompanyRow[]): Promise<Written[]> {
  return (await importCompanies(ctx, channelId, rows)).map(toWritten);
}

/** Writes who belongs to which company; `records` says for each row whose it is, none where that is not clear. */
export async function writeMemberships<Who>(
  ctx: Ctx,
  channelId: ChannelId,
  rows: readonly MembershipRow<Who>[],
  records: readonly (RecordId | undefined)[],
): Promise<(Written | undefined)[]> {
  const clear = rows.flatMap((row, index) => {
    const recordId = records[index];
    return recordId ? [{ recordId, company: row.company, role: row.role }] : [];
  });
  const outcomes = (await importMembers(ctx, channelId, clear)).map(toWritten);
  return rows.map((_row, index) => (records[index] ? outcomes.shift() : undefined));
}
