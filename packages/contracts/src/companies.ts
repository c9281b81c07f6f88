import { z } from "zod";
import { Country } from "./promises.ts";
import { CustomerParams, IdParams, Instant, Money, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const COMPANY_ROLES = ["owner", "buyer", "member"] as const;
/** An owner and a buyer order for it; a member belongs to it and orders nothing. */
export const CompanyRole = z.enum(COMPANY_ROLES);

const Name = z.string().trim().min(1).max(200);
const Part = z.string().trim().min(1).max(120);

export const CompanyAddress = z
  .object({ line1: Part, line2: Part.nullable().default(null), postcode: z.string().trim().min(1).max(16), city: Part })
  .meta({ id: "CompanyAddress" });

/** A customer that is a company: people order for it, at its prices and within its limits. */
export const Company = z
  .object({
    id: Uuid,
    /** `suggested`: only a channel said so, and it orders nothing until staff confirm it. */
    state: z.enum(["suggested", "active", "archived"]),
    name: z.string(),
    country: z.string(),
    /** With its country's prefix, without signs. */
    vatNumber: z.string().nullable(),
    address: CompanyAddress.nullable(),
    /** The customer group whose price lists count for it. */
    priceGroup: z.string().nullable(),
    currency: z.string().nullable(),
    /** The most that one order may come to; null: as much as they like. */
    orderLimit: Money.nullable(),
    /** The most that the orders of a calendar month may come to. */
    monthLimit: Money.nullable(),
    /** What was ordered for it this month, in the currency of its limits; null where it has none. */
    used: Money.nullable(),
    members: z.int(),
    /** People of whom only a channel said that they belong to it. */
    suggested: z.int(),
    version: z.int(),
    updatedAt: Instant,
  })
  .meta({ id: "Company" });

export const CompanyMember = z
  .object({
    customerId: Uuid,
    /** Null for staff who see no contacts. */
    name: z.string().nullable(),
    role: CompanyRole,
    state: z.enum(["suggested", "active"]),
    mayOrder: z.boolean(),
    /** Who brought it: staff, a file, or a call of an event client. */
    source: z.enum(["office", "import", "group_call"]),
    since: Instant,
  })
  .meta({ id: "CompanyMember" });

export const CompanyPage = Company.extend({
  people: z.array(CompanyMember),
  /** What channels call it. */
  names: z.array(z.object({ channelId: Uuid, externalId: z.string() })),
}).meta({ id: "CompanyPage" });

/** A company as one of its people sees it. */
export const OwnCompany = z
  .object({
    id: Uuid,
    name: z.string(),
    vatNumber: z.string().nullable(),
    state: z.enum(["suggested", "active", "archived"]),
    role: CompanyRole,
    membership: z.enum(["suggested", "active"]),
    mayOrder: z.boolean(),
    orderLimit: Money.nullable(),
    /** What is left of this month's limit. */
    monthLeft: Money.nullable(),
  })
  .meta({ id: "OwnCompany" });

const Fields = {
  name: Name,
  country: Country,
  vatNumber: z.string().trim().min(2).max(40).nullable(),
  address: CompanyAddress.nullable(),
  priceGroup: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)
    .nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  /** Minor units of `currency`. */
  orderLimit: z.int().min(0).max(1_000_000_000_000).nullable(),
  monthLimit: z.int().min(0).max(1_000_000_000_000).nullable(),
};

const MemberParams = z.object({ id: Uuid, customerId: Uuid });

export const companiesEndpoints = {
  "companies.list": {
    summary: "Companies by name; `query` is a part of the name, a VAT number, or what a channel calls it",
    tag: "companies",
    query: z.object({ ...PageQuery, query: z.string().max(100).optional(), state: Company.shape.state.optional() }),
    response: pageOf(Company),
    status: 200,
  },
  "companies.read": {
    summary: "A company with its people",
    tag: "companies",
    params: IdParams,
    response: CompanyPage,
    status: 200,
  },
  "companies.create": {
    summary: "Make a company",
    tag: "companies",
    body: z.object({
      name: Fields.name,
      country: Fields.country,
      vatNumber: Fields.vatNumber.default(null),
      address: Fields.address.default(null),
      priceGroup: Fields.priceGroup.default(null),
      currency: Fields.currency.default(null),
      orderLimit: Fields.orderLimit.default(null),
      monthLimit: Fields.monthLimit.default(null),
    }),
    response: CompanyPage,
    status: 201,
  },
  "companies.update": {
    summary: "Change a company; what is absent stays as it is",
    tag: "companies",
    params: IdParams,
    body: z.object(Fields).partial(),
    response: CompanyPage,
    status: 200,
  },
  "companies.confirm": {
    summary: "Confirm a company that a channel suggested; with `intoId` it is taken up into a company that is known",
    tag: "companies",
    params: IdParams,
    body: z.object({ intoId: Uuid.nullable().default(null) }),
    response: CompanyPage,
    status: 200,
  },
  "companies.archive": {
    summary: "Archive a company: nobody orders for it any more",
    tag: "companies",
    params: IdParams,
    response: CompanyPage,
    status: 200,
  },
  "companies.restore": {
    summary: "Bring an archived company back",
    tag: "companies",
    params: IdParams,
    response: CompanyPage,
    status: 200,
  },
  "companies.delete": {
    summary: "Delete a suggestion, or a company that no document names",
    tag: "companies",
    params: IdParams,
    response: null,
    status: 204,
  },
  "companies.setMember": {
    summary: "Make somebody an owner, buyer or member, give them another role, or vouch for what was suggested",
    tag: "companies",
    params: MemberParams,
    body: z.object({ role: CompanyRole }),
    response: CompanyPage,
    status: 200,
  },
  "companies.removeMember": {
    summary: "Somebody belongs to it no more: from now on they order nothing for it, also not what lies in a cart",
    tag: "companies",
    params: MemberParams,
    response: CompanyPage,
    status: 200,
  },
  "companies.ofCustomer": {
    summary: "The companies that somebody belongs to, and for which of them they may order",
    tag: "companies",
    params: CustomerParams,
    response: z.object({ items: z.array(OwnCompany) }).meta({ id: "OwnCompanies" }),
    status: 200,
  },
  "companies.priceGroups": {
    summary: "The customer groups that price lists and companies name",
    tag: "companies",
    response: z.object({ items: z.array(z.string()) }).meta({ id: "PriceGroups" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
