import type { CustomerPageView, CustomerView, TillCustomerView } from "@weft/contracts";
import type { CustomerId, RecordId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { loadCart, showCart } from "../../modules/carts/index.ts";
import { carriesBetween, standpointOf } from "../../modules/channels/index.ts";
import { preferencesInForce } from "../../modules/consent/index.ts";
import {
  candidatesOf,
  customerOf,
  customersByIds,
  isSeen,
  readPerson,
  recordsOf,
  type CustomerScreens,
  type Person,
} from "../../modules/customers/index.ts";
import { balanceShown, programNow, tierOf, whyNotHere } from "../../modules/loyalty/index.ts";
import { cardNumbers, readAbout, usualOf, waitingAt, type About } from "./about.ts";
import { asSeenBy } from "./rights.ts";

type Seeing = Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">;

/** When and where somebody was seen last, as `touchpoints` knows it. */
export type LastSeenOf = (ctx: Seeing, recordIds: readonly RecordId[]) => Promise<CustomerPageView["lastSeen"]>;

/** How customers are shown; `customers` answers its own writes with these, and this view its reads. */
export const customerScreens = (lastSeenOf: LastSeenOf): CustomerScreens => ({
  customers: showCustomers,
  page: (ctx, id) => showPage(ctx, id, lastSeenOf),
  till: showAtTill,
});

/** Customers in the order of their ids, each as this caller may see them. */
export async function showCustomers(ctx: Seeing, ids: readonly CustomerId[]): Promise<CustomerView[]> {
  const own = ctx.actor.customer && (await customerOf(ctx, ctx.actor.customer.recordId));
  const [customers, cards] = await Promise.all([customersByIds(ctx, ids), cardNumbers(ctx, ids)]);
  return customers.map((customer) => asSeenBy(ctx.actor, { ...customer, cardNumber: cards.get(customer.id) ?? null }, customer.id === own));
}

/** The whole picture, for those who may see all of it; undefined for an unknown or erased customer. */
export async function showPage(ctx: Seeing, id: CustomerId, lastSeenOf: LastSeenOf): Promise<CustomerPageView | undefined> {
  const person = await readPerson(ctx, id);
  if (!person) return undefined;
  return presentPage(person, await readAbout(ctx, person.id), await lastSeenOf(ctx, person.recordIds));
}

export function presentPage(person: Person, about: About, lastSeen: CustomerPageView["lastSeen"]): CustomerPageView {
  return {
    ...presentPerson(person, about.cardNumber),
    fields: [...person.fields],
    identifiers: [...person.identifiers],
    records: [...person.records],
    points: about.points,
    openCartId: about.openCartId,
    orderCount: about.orderCount,
    lastSeen,
  };
}

export function presentPerson(person: Person, cardNumber: string | null): CustomerView {
  const values = new Map(person.fields.map(({ field, value }) => [field, value]));
  const text = (field: "givenName" | "familyName" | "email" | "phone" | "birthDate"): string | null => {
    const value = values.get(field);
    return typeof value === "string" ? value : null;
  };
  return {
    id: person.id,
    givenName: text("givenName"),
    familyName: text("familyName"),
    email: text("email"),
    phone: text("phone"),
    birthDate: text("birthDate"),
    // Written from the contract's own shapes when the record was.
    address: (values.get("address") ?? null) as CustomerView["address"],
    locale: (values.get("locale") ?? null) as CustomerView["locale"], // see above
    cardNumber,
    createdAt: person.createdAt,
    state: person.state,
  };
}

/** What a till shows of somebody it opened: never the whole contact. */
async function showAtTill(ctx: Seeing, recordId: RecordId): Promise<TillCustomerView> {
  const customerId = await customerOf(ctx, recordId);
  const recordIds = await recordsOf(ctx, customerId);
  const [candidate] = await candidatesOf(ctx, [customerId]);
  const name = { customerId, recordId, givenName: candidate?.givenName ?? null, familyInitial: candidate?.familyInitial ?? null };
  if (!(await isSeen(ctx, recordIds))) return { ...name, ...(await shownByCard(ctx, recordId, recordIds)) };
  const about = await readAbout(ctx, customerId);
  const waiting = await waitingAt(ctx, recordIds, ctx.actor.device?.placeId ?? ctx.actor.placeId);
  return {
    ...name,
    knownAs: "customer",
    maskedContact: candidate?.maskedContact ?? null,
    points: about.points,
    pointsAsOf: "now",
    tier: await tierHere(ctx, recordIds),
    rewards: await rewardsHere(ctx, about.points),
    currentCart: await showCurrent(ctx, about),
    collections: waiting.map(({ due, currency, ...row }) => ({ ...row, due: { amount: due, currency } })),
    usual: await usualOf(ctx, recordIds),
    preferences: await preferencesInForce(ctx, recordId, ctx.actor.channelId),
  };
}

/**
 * At `handover` a card says whose it is and what was on it last night, and opens nothing beside it [IDN-19]. Of what they said, only where
 * they want nothing has traveled.
 */
async function shownByCard(
  ctx: Seeing,
  recordId: RecordId,
  recordIds: readonly RecordId[],
): Promise<Omit<TillCustomerView, "customerId" | "recordId" | "givenName" | "familyInitial">> {
  const program = await programNow(ctx);
  const shown = program && (await balanceShown(ctx, recordIds, program.rule.programId));
  const preferences = await preferencesInForce(ctx, recordId, ctx.actor.channelId);
  return {
    knownAs: "shown_object",
    maskedContact: null,
    points: shown?.points ?? 0,
    pointsAsOf: "last_night",
    tier: null,
    rewards: [],
    currentCart: null,
    collections: [],
    usual: [],
    preferences: { ...preferences, said: preferences.said.filter(({ state }) => state === "withdrawn") },
  };
}

/** The name of their tier; a program without tiers is asked nothing. */
async function tierHere(ctx: Seeing, recordIds: readonly RecordId[]): Promise<TillCustomerView["tier"]> {
  const tiers = (await programNow(ctx))?.rule.tiers?.tiers;
  const code = tiers && (await tierOf(ctx, recordIds))?.code;
  return tiers?.find((tier) => tier.code === code)?.name ?? null;
}

/** The rewards that this till may give now, the reachable ones first. */
async function rewardsHere(ctx: Seeing, points: number): Promise<TillCustomerView["rewards"]> {
  const program = await programNow(ctx);
  const { channelId, device, placeId } = ctx.actor;
  if (!program || !channelId) return [];
  const stand = { at: ctx.now, channelId, placeId: device?.placeId ?? placeId };
  return [...program.rewards.values()]
    .filter((reward) => !whyNotHere(reward, stand))
    .map(({ id, name, cost }) => ({ id, name, points: cost, missing: Math.max(0, cost - points) }));
}

async function showCurrent(ctx: Seeing, { openCartId }: About): Promise<TillCustomerView["currentCart"]> {
  const cart = openCartId ? await loadCart(ctx, openCartId) : null;
  if (!cart || !(await carriesBetween(ctx, { channelId: cart.sellingChannelId, placeId: cart.placeId }, standpointOf(ctx), "cart")).carried)
    return null;
  const { id, version, lines, totals } = await showCart(ctx.snapshots, cart, ctx.now);
  return {
    id,
    version,
    lineCount: lines.length,
    total: totals.total,
    channelKind: cart.channelKind,
    updatedAt: cart.updatedAt.toISOString(),
  };
}
