import type { ConsentPurpose, ConsentTopic, ContactKind, ImportField, ImportKind, ImportSettings } from "@weft/contracts";
import { err, instantOf, ok, type Result } from "@weft/kernel";
import type { z } from "zod";
import { normalizeEmail, normalizePhone, type Attributes } from "../../customers/index.ts";
import {
  readContactKind,
  readCountry,
  readDate,
  readDecision,
  readLocale,
  readPurpose,
  readTime,
  readTopic,
  readTrait,
  splitName,
  withoutGuard,
} from "../domain/index.ts";
import { readCompany, readMembership, type CompanyRow, type CompanyRowCode, type MembershipRow } from "./company-rows.ts";

export type Settings = z.output<typeof ImportSettings>;

/** Why a line is put aside: a code, and what of it is wrong, never more than that. */
export type RowProblem = {
  readonly code:
    | "broken_line"
    | "fields_missing"
    | "fields_surplus"
    | "text_invalid"
    | "value_too_long"
    | "nobody"
    | "email_invalid"
    | "phone_invalid"
    | "birth_date_invalid"
    | "country_unknown"
    | "opt_in_unclear"
    | "time_invalid"
    | "time_missing"
    | "time_ahead"
    | "time_too_old"
    | "event_missing"
    | "state_unclear"
    | "purpose_unknown"
    | "topic_unknown"
    | "channel_kind_unknown"
    | "too_wide"
    | "person_ambiguous"
    | "erased"
    | "refused_by_database"
    | "customer.too_many_traits"
    | "customer.nothing_given"
    | CompanyRowCode;
  readonly detail: string | null;
};

/** Who a line is about, in the one form of each value. */
export type Who = { readonly externalId?: string; readonly email?: string; readonly phone?: string; readonly cardNumber?: string };

export type OptIn = { readonly channelKind: ContactKind; readonly state: "granted" | "withdrawn" };

export type CustomerRow = {
  readonly kind: "customers";
  readonly who: Who;
  readonly attributes: Attributes;
  readonly since: Date | null;
  readonly optIns: readonly OptIn[];
  readonly optInAt: Date | null;
  readonly optInSource: string | null;
};
export type EventRow = {
  readonly kind: "events";
  readonly who: Who;
  readonly event: string;
  readonly at: Date;
  readonly messageId: string | null;
  readonly data: Readonly<Record<string, string | number>>;
};
export type ConsentRow = {
  readonly kind: "consents";
  readonly who: Who;
  readonly purpose: ConsentPurpose;
  readonly topic: ConsentTopic | null;
  readonly channelKind: ContactKind | null;
  readonly state: "granted" | "withdrawn" | "nothing";
  readonly at: Date | null;
  readonly source: string | null;
  readonly wordingVersion: string | null;
};
export type Row = CustomerRow | EventRow | ConsentRow | CompanyRow | MembershipRow<Who>;

export type Reading = {
  readonly kind: ImportKind;
  readonly settings: Settings;
  /** What the columns are called, in their order. */
  readonly names: readonly string[];
  /** By whose rules phones are read, and which country an address is in that names none. */
  readonly country: string;
  readonly now: Date;
  /** Touchpoints are kept for so many months: what is older would be deleted the next night. */
  readonly keptMonths: number;
};

/** The value of a field of a line; empty where there is none. */
type Cells = (field: ImportField) => string;

const LONGEST: Readonly<Partial<Record<ImportField, number>>> = {
  externalId: 200,
  email: 254,
  phone: 40,
  cardNumber: 40,
  givenName: 120,
  familyName: 120,
  fullName: 200,
  companyId: 200,
  companyName: 200,
  vatNumber: 40,
  role: 40,
  priceGroup: 40,
  currency: 3,
  orderLimit: 20,
  monthLimit: 20,
  street: 120,
  street2: 120,
  postcode: 16,
  city: 80,
  event: 255,
  messageId: 100,
  optInSource: 300,
  source: 300,
  wordingVersion: 40,
};
const LONGEST_TRAIT = 2_000;
const DAY_MS = 86_400_000;

/** Thrown inside this file and turned into its value at the door: a row has twenty fields, any of which may be wrong. */
class Refused extends Error {
  readonly problem: RowProblem;
  constructor(code: RowProblem["code"], detail: string | null) {
    super(code);
    this.problem = { code, detail };
  }
}

const refuse = (code: RowProblem["code"], detail: string | null = null): never => {
  throw new Refused(code, detail === null ? null : detail.slice(0, 100));
};

/** Reads one line by the settings of its import [IMP-8]. What is wrong with it is its value; nothing is guessed and nothing left out. */
export function readRow(fields: readonly string[], reading: Reading): Result<Row, RowProblem> {
  try {
    const cells = cellsOf(fields, reading);
    if (reading.kind === "customers") return ok(customerRow(cells, fields, reading));
    if (reading.kind === "companies" || reading.kind === "memberships") return ok(companyOrMember(cells, reading));
    return ok(reading.kind === "events" ? eventRow(cells, fields, reading) : consentRow(cells, reading));
  } catch (error) {
    if (error instanceof Refused) return err(error.problem);
    throw error;
  }
}

function companyOrMember(cells: Cells, { kind, country, settings: { decimal } }: Reading): CompanyRow | MembershipRow<Who> {
  if (kind === "companies") return readCompany(cells, { country, decimal }, refuse);
  const who = whoOf(cells, country);
  if (isNobody(who)) refuse("nobody");
  return readMembership(cells, who, { country, decimal }, refuse);
}

function cellsOf(fields: readonly string[], { settings: { columns }, names }: Reading): Cells {
  const given = fields.slice(0, names.length);
  if (given.length < names.length) refuse("fields_missing", `${given.length} of ${names.length}`);
  if (fields.slice(names.length).some((value) => value.trim() !== "")) refuse("fields_surplus", `${fields.length} of ${names.length}`);
  if (given.some((value) => value.includes("\0"))) refuse("text_invalid");
  const at = new Map<ImportField, number>();
  for (const [index, field] of columns.entries()) if (!at.has(field)) at.set(field, index);
  return (field) => {
    const value = withoutGuard(given[at.get(field) ?? -1]?.trim() ?? "");
    if (value.length > (LONGEST[field] ?? LONGEST_TRAIT)) refuse("value_too_long", field);
    return value;
  };
}

function whoOf(cells: Cells, country: string): Who {
  const email = cells("email");
  const phone = cells("phone");
  const address = email === "" ? undefined : (normalizeEmail(email) ?? refuse("email_invalid", email));
  const number = phone === "" ? undefined : (normalizePhone(phone, country) ?? refuse("phone_invalid", phone));
  const [externalId, cardNumber] = [cells("externalId"), cells("cardNumber").replaceAll(" ", "")];
  return {
    ...(externalId !== "" && { externalId }),
    ...(address !== undefined && { email: address }),
    ...(number !== undefined && { phone: number }),
    ...(cardNumber !== "" && { cardNumber }),
  };
}

const isNobody = (who: Who): boolean => Object.keys(who).length === 0;

function customerRow(cells: Cells, fields: readonly string[], reading: Reading): CustomerRow {
  const { settings, now } = reading;
  const who = whoOf(cells, reading.country);
  const names = namesOf(cells);
  if (isNobody(who) && names.givenName === undefined && names.familyName === undefined) refuse("nobody");
  const traits = traitsOf(fields, reading);
  const address = addressOf(cells, reading.country);
  const birthDate = birthDateOf(cells("birthDate"), settings, now);
  const locale = readLocale(cells("locale"));
  const optIns = (["Email", "Sms", "Phone", "Post"] as const).flatMap((kind): OptIn[] => {
    const said = cells(`optIn${kind}`);
    const state = readDecision(said) ?? refuse("opt_in_unclear", said);
    return state === "nothing" ? [] : [{ channelKind: kind.toLowerCase() as ContactKind, state }]; // the four are kinds
  });
  return {
    kind: "customers",
    who,
    attributes: {
      ...names,
      ...(who.email !== undefined && { email: who.email }),
      ...(who.phone !== undefined && { phone: who.phone }),
      ...(birthDate !== undefined && { birthDate }),
      ...(address && { address }),
      ...(locale && { locale }),
      ...(Object.keys(traits).length > 0 && { traits }),
    },
    since: timeOf(cells("since"), reading),
    optIns,
    optInAt: timeOf(cells("optInTime"), reading),
    optInSource: cells("optInSource") || null,
  };
}

function namesOf(cells: Cells): Pick<Attributes, "givenName" | "familyName"> {
  const [givenName, familyName] = [cells("givenName"), cells("familyName")];
  const whole = givenName === "" && familyName === "" ? splitName(cells("fullName")) : {};
  return { ...whole, ...(givenName !== "" && { givenName }), ...(familyName !== "" && { familyName }) };
}

function addressOf(cells: Cells, own: string): Attributes["address"] | undefined {
  const [line1, line2, postcode, city, country] = [cells("street"), cells("street2"), cells("postcode"), cells("city"), cells("country")];
  const code = country === "" ? own : (readCountry(country) ?? refuse("country_unknown", country));
  if ([line1, line2, postcode, city].every((part) => part === "")) return undefined;
  return { line1, ...(line2 !== "" && { line2 }), postcode, city, country: code };
}

function birthDateOf(text: string, { dateOrder }: Settings, now: Date): string | undefined {
  if (text === "") return undefined;
  const date = readDate(text.split(/[T ](?=\d{1,2}:)/)[0] ?? "", dateOrder, now.getUTCFullYear());
  if (date === undefined || date > now.toISOString().slice(0, 10)) return refuse("birth_date_invalid", text);
  return date;
}

function timeOf(text: string, { settings: { dateOrder, timeZone }, now }: Reading): Date | null {
  if (text === "") return null;
  const time = readTime(text, dateOrder, now.getUTCFullYear()) ?? refuse("time_invalid", text);
  const at = "at" in time ? time.at : clockTime(time, timeZone);
  if (at.getTime() > now.getTime() + DAY_MS) refuse("time_ahead", text);
  return at;
}

/** By the clock on a wall: the kernel counts minutes, a file may count seconds. */
function clockTime({ date, seconds }: { readonly date: string; readonly seconds: number }, timeZone: string): Date {
  const minutes = Math.floor(seconds / 60);
  return new Date(instantOf(date, minutes, timeZone).getTime() + (seconds % 60) * 1000);
}

/** Columns without a name keep their number, `column_3`. */
function traitsOf(fields: readonly string[], { settings: { columns, decimal }, names }: Reading): Record<string, string | number> {
  const traits: [string, string | number][] = [];
  for (const [index, field] of columns.entries()) {
    const value = field === "trait" ? withoutGuard(fields[index]?.trim() ?? "") : "";
    if (value === "") continue;
    if (value.length > LONGEST_TRAIT) refuse("value_too_long", names[index] ?? null);
    traits.push([names[index]?.trim().slice(0, 80) || `column_${index + 1}`, readTrait(value, decimal)]);
  }
  return Object.fromEntries(traits);
}

function eventRow(cells: Cells, fields: readonly string[], reading: Reading): EventRow {
  const who = whoOf(cells, reading.country);
  if (isNobody(who)) refuse("nobody");
  const event = cells("event") || refuse("event_missing");
  const at = timeOf(cells("time"), reading) ?? refuse("time_missing");
  const oldest = new Date(reading.now);
  oldest.setUTCMonth(oldest.getUTCMonth() - reading.keptMonths);
  if (at < oldest) refuse("time_too_old", cells("time"));
  return { kind: "events", who, event, at, messageId: cells("messageId") || null, data: traitsOf(fields, reading) };
}

function consentRow(cells: Cells, reading: Reading): ConsentRow {
  const who = whoOf(cells, reading.country);
  if (isNobody(who)) refuse("nobody");
  const said = cells("state");
  const state = readDecision(said) ?? refuse("state_unclear", said);
  const [purposeText, topicText, kindText] = [cells("purpose"), cells("topic"), cells("channelKind")];
  const topic = topicText === "" ? null : (readTopic(topicText) ?? refuse("topic_unknown", topicText));
  const purpose = purposeText === "" ? purposeOf(topic) : (readPurpose(purposeText) ?? refuse("purpose_unknown", purposeText));
  if (topic !== null && purposeOf(topic) !== purpose) refuse("topic_unknown", topicText);
  const channelKind = kindText === "" ? null : (readContactKind(kindText) ?? refuse("channel_kind_unknown", kindText));
  // A yes names its topic and kind: an older list that says "consent: yes" says not to what.
  if (state === "granted" && (topic === null || channelKind === null)) refuse("too_wide");
  return {
    kind: "consents",
    who,
    purpose,
    topic,
    channelKind,
    state,
    at: timeOf(cells("time"), reading),
    source: cells("source") || null,
    wordingVersion: cells("wordingVersion") || null,
  };
}

const purposeOf = (topic: ConsentTopic | null): ConsentPurpose => (topic === "surveys" ? "research" : "marketing");
