import type { LinkId, RecordId } from "@weft/kernel";
import { components, type LinkPair } from "./components.ts";
import type { IdentifierKind } from "./records.ts";

/** Kinds of values whose limits an owner sets. A channel's own id of a person is theirs alone, whatever is set. */
export type LimitedKind = Exclude<IdentifierKind, "external">;

/**
 * What values of a kind tell [IDN-29]. `scope`: whose such a value is; one of a household never joins, and asks only where something else
 * agrees too. `valuesPerCustomer`: more than so many of one person need a person's decision; of devices within seven days.
 * `customersPerValue`: a value on more of them tells nobody apart and is set aside. `blocked`: values that are nobody's, `*` for anything.
 */
export type IdentifierLimit = {
  readonly kind: LimitedKind;
  readonly scope: "person" | "household" | "device";
  readonly whenProven: "joins" | "asks" | "nothing";
  readonly whenClaimed: "asks" | "nothing";
  readonly valuesPerCustomer: number;
  readonly customersPerValue: number;
  readonly blocked: readonly string[];
};

export type Limits = Readonly<Record<LimitedKind, IdentifierLimit>>;

const usual = (kind: LimitedKind, more: Partial<IdentifierLimit>): IdentifierLimit => ({
  kind,
  scope: "person",
  whenProven: "joins",
  whenClaimed: "nothing",
  valuesPerCustomer: 5,
  customersPerValue: 20,
  blocked: [],
  ...more,
});

/** What holds until an owner says otherwise. */
export const STARTING_LIMITS: Limits = {
  email: usual("email", { whenClaimed: "asks" }),
  phone: usual("phone", { whenClaimed: "asks" }),
  card: usual("card", {}),
  payment_card: usual("payment_card", { scope: "household", whenProven: "asks", customersPerValue: 2 }),
  device: usual("device", { scope: "device", customersPerValue: 1 }),
};

/** Links of one customer above which nothing links by itself [IDN-6]. */
export const MOST_LINKS = 100;

/** Channels' own ids of one customer, which no owner sets. */
const MOST_ACCOUNTS = 100;

/** How many values of a kind one customer may have. Devices are counted where they are bound. */
export function valuesPerCustomer(limits: Limits): Readonly<Record<Exclude<IdentifierKind, "device">, number>> {
  const of = (kind: LimitedKind): number => limits[kind].valuesPerCustomer;
  return { email: of("email"), phone: of("phone"), card: of("card"), payment_card: of("payment_card"), external: MOST_ACCOUNTS };
}

/** What a shared value does about two records: `isProven` on both sides; `hasCompany`: something else of them agrees. */
export function effectOf(limit: IdentifierLimit, isProven: boolean, hasCompany: boolean): "joins" | "asks" | "nothing" {
  const effect = isProven ? limit.whenProven : limit.whenClaimed;
  if (limit.scope === "person" || effect === "nothing") return effect;
  return hasCompany ? "asks" : "nothing";
}

/** Whether one of these says that a value is nobody's. `*` stands for anything; case does not matter. In time linear in the value. */
export function isAmong(patterns: readonly string[], value: string): boolean {
  const text = value.toLowerCase();
  return patterns.some((pattern) => fits(pattern.trim().toLowerCase(), text));
}

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const [head = ""] = parts;
  const tail = parts.at(-1) ?? "";
  if (parts.length === 1) return text === pattern;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - tail.length;
}

/** A link of a person as limits look at it. `on`: the kind of the value that it rests on, null without one; a visitor's is no proof of anything. */
export type LimitedLink = LinkPair & {
  readonly id: LinkId;
  readonly kind: "shared_identifier" | "model" | "agent" | "customer";
  readonly on: string | null;
  readonly identifierId: string | null;
  readonly at: Date;
};

/** A value that a record has. `tellsNobody`: it is set aside or blocked. */
export type HeldIdentifier = {
  readonly recordId: RecordId;
  readonly kind: IdentifierKind;
  readonly identifierId: string;
  readonly tellsNobody: boolean;
};

export type BrokenLimit = "limit_kind" | "limit_customers_per_value" | "limit_values_per_customer" | "limit_links_per_customer";

/**
 * Of links that hold a person together, those that these limits do not allow, with the limit [IDN-29]. What people decided stands. The others
 * are taken in the order of what they rest on, a proven value before likeness and the earlier before the later, each where the two sides
 * together stay within the limits; so the weakest goes, and the answer does not depend on the order in which links are given.
 */
export function linksBeyond(links: readonly LimitedLink[], held: readonly HeldIdentifier[], limits: Limits): Map<LinkId, BrokenLimit> {
  const beyond = new Map<LinkId, BrokenLimit>();
  const nobody = new Set(held.filter(({ tellsNobody }) => tellsNobody).map(({ identifierId }) => identifierId));
  const most = valuesPerCustomer(limits);
  const standing: LimitedLink[] = [];
  for (const link of links.toSorted(byStrength)) {
    const broken = notAllowed(link, limits, nobody) ?? (isJudged(link) ? undefined : tooMuch(link, standing, held, most));
    if (broken) beyond.set(link.id, broken);
    else standing.push(link);
  }
  return beyond;
}

const isJudged = ({ kind, on }: LimitedLink): boolean => kind === "agent" || kind === "customer" || on === "visitor";
const STRENGTH = ["agent", "customer", "shared_identifier", "model"];

/** What people decided first, then what a proven value says, then likeness; of two alike the earlier. */
export function byStrength(a: LimitedLink, b: LimitedLink): number {
  const strength = (link: LimitedLink): number => (isJudged(link) ? 0 : STRENGTH.indexOf(link.kind));
  return strength(a) - strength(b) || a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);
}

function notAllowed({ kind, on, identifierId }: LimitedLink, limits: Limits, nobody: ReadonlySet<string>): BrokenLimit | undefined {
  if (kind !== "shared_identifier" || on === "visitor") return undefined;
  const limit = on === null ? undefined : Object.values(limits).find((each) => each.kind === on);
  if (limit && effectOf(limit, true, false) !== "joins") return "limit_kind";
  return identifierId !== null && nobody.has(identifierId) ? "limit_customers_per_value" : undefined;
}

function tooMuch(
  link: LimitedLink,
  standing: readonly LimitedLink[],
  held: readonly HeldIdentifier[],
  most: Readonly<Record<string, number>>,
): BrokenLimit | undefined {
  const records = [...new Set([link, ...standing].flatMap(({ a, b }) => [a, b]))];
  const group = (with_: readonly LimitedLink[], of: RecordId) => new Set(components(records, with_).find((each) => each.includes(of)));
  const [before, together] = [group(standing, link.a), group([...standing, link], link.a)];
  if (before.has(link.b)) return undefined;
  const values = new Map<string, Set<string>>();
  for (const { recordId, kind, identifierId } of held)
    if (together.has(recordId)) values.set(kind, (values.get(kind) ?? new Set()).add(identifierId));
  for (const [kind, ids] of values) if (ids.size > (most[kind] ?? Infinity)) return "limit_values_per_customer";
  const links = standing.filter((each) => together.has(each.a) && each.on !== "visitor" && each.kind !== "customer").length;
  return links >= MOST_LINKS ? "limit_links_per_customer" : undefined;
}
