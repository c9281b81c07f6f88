import { businessDate, type CustomerId, type Id, type Money, type RecordId } from "@weft/kernel";
import type { Credit } from "./credit.ts";

export { creditLeft, refusedCredit, type Credit, type RefusedCredit } from "./credit.ts";
export { countryOfVatNumber, readVatNumber, type VatProblem } from "./vat-numbers.ts";

export type CompanyId = Id<"company">;
export type CompanyState = "suggested" | "active" | "archived";

/** What somebody is to a company: an owner or a buyer orders for it, a member belongs to it and orders nothing. */
export type CompanyRole = "owner" | "buyer" | "member";
export type MemberState = "suggested" | "active";
export type MemberSource = "office" | "import" | "group_call";

export type CompanyAddress = { readonly line1: string; readonly line2: string | null; readonly postcode: string; readonly city: string };

/** What is kept of a company besides its state. Limits are minor units of `currency`; null: none. */
export type CompanyFields = {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly vatNumber: string | null;
  readonly address: CompanyAddress | null;
  readonly priceGroup: string | null;
  readonly currency: string | null;
  readonly orderLimit: number | null;
  readonly monthLimit: number | null;
};

/** What a cart and its order must know of the company that it is bought for. */
export type BuyingCompany = CompanyFields & {
  readonly id: CompanyId;
  /** What was ordered for it by month, `2026-03`, this and the last one. */
  readonly used: Readonly<Record<string, number>>;
  /** What it may buy on account, per currency. */
  readonly credit: readonly Credit[];
};

export type Membership = {
  readonly recordId: RecordId;
  readonly role: CompanyRole;
  readonly state: MemberState;
  readonly source: MemberSource;
  readonly since: Date;
};

const RANK: Readonly<Record<CompanyRole, number>> = { owner: 2, buyer: 1, member: 0 };

/** Whether a membership lets its person order [CMP-4]: what was only suggested lets nobody do anything. */
export const mayOrder = ({ role, state }: Pick<Membership, "role" | "state">): boolean => state === "active" && role !== "member";

/**
 * What a customer is to one company, of all that their records are to it: what holds before what is suggested, then the role that may most.
 * `since` is of the oldest that is of that state.
 */
export function strongest<M extends Membership>(memberships: readonly [M, ...M[]]): M {
  const worth = ({ state, role }: Membership): number => (state === "active" ? 10 : 0) + RANK[role];
  return memberships.reduce<M>(
    (best, one) => (worth(one) > worth(best) || (worth(one) === worth(best) && one.since < best.since) ? one : best),
    memberships[0],
  );
}

/** The memberships of a company, one for each customer; `customers` says whose record it is. */
export function byCustomer(
  memberships: readonly Membership[],
  customers: ReadonlyMap<RecordId, CustomerId>,
): ReadonlyMap<CustomerId, Membership> {
  const groups = new Map<CustomerId, [Membership, ...Membership[]]>();
  for (const membership of memberships) {
    const customer = customers.get(membership.recordId);
    if (!customer) continue;
    const before = groups.get(customer);
    if (before) before.push(membership);
    else groups.set(customer, [membership]);
  }
  return new Map([...groups].map(([customer, own]) => [customer, strongest(own)]));
}

/** The month that an order counts for: by the calendar where it is placed, `2026-03`. */
export function monthOf(at: Date, timeZone: string): string {
  return businessDate(at, timeZone, 0).slice(0, 7);
}

export type PassedLimit = { readonly limit: "order" | "month" | "currency"; readonly left: number; readonly currency: string };

/**
 * Which limit an order of this total would pass [CMP-7], and what is left of it in minor units; undefined when none. For showing: what counts
 * is decided under the company's lock, by the same rule in `companies.count_purchase`.
 */
export function passedLimit(
  { currency, orderLimit, monthLimit, used }: Pick<BuyingCompany, "currency" | "orderLimit" | "monthLimit" | "used">,
  total: Money,
  month: string,
): PassedLimit | undefined {
  if (currency === null || (orderLimit === null && monthLimit === null)) return undefined;
  if (currency !== total.currency) return { limit: "currency", left: 0, currency };
  if (orderLimit !== null && orderLimit < total.amount) return { limit: "order", left: orderLimit, currency };
  const left = monthLimit === null ? Infinity : monthLimit - (used[month] ?? 0);
  return left < total.amount ? { limit: "month", left: Math.max(0, left), currency } : undefined;
}
