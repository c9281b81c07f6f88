import type { ChannelId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot, type Places } from "../../places/index.ts";
import { isAmong, type Attributes, type Identifier, type IdentifierKind } from "../domain/index.ts";
import { limitsNow } from "../limits.ts";
import { isBlocked, normalizeEmail, normalizePhone } from "../normalize.ts";
import type { RecordInput, RecordWrite } from "./write-record.ts";

/** The country by whose rules a channel's phone numbers are read: that of its legal entity. */
export async function countryOf(ctx: Pick<Ctx, "snapshots">, channelId: ChannelId | null): Promise<string> {
  const [channels, places] = await Promise.all([ctx.snapshots.current(channelsSnapshot), ctx.snapshots.current(placesSnapshot)]);
  const entityId = channelId && channels.channels.get(channelId)?.entityId;
  return (entityId && places.entities.get(entityId)?.country) ?? "FR";
}

/** What a channel said, with e-mail and phone in their one form. An address that is none is kept out; the rest stays as it came. */
export async function normalizedInput(ctx: Ctx, channelId: ChannelId, input: RecordInput): Promise<Attributes> {
  const { externalId: _externalId, cardNumber: _cardNumber, paymentCard: _paymentCard, email, phone, ...rest } = input;
  const address = email === undefined ? undefined : normalizeEmail(email);
  const number = phone === undefined ? undefined : normalizePhone(phone, await countryOf(ctx, channelId));
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...said, ...(address && { email: address }), ...(number && { phone: number }) };
}

/**
 * The values that may tell who it is; those that mean nobody, and the stores' own phones, are not among them [IDN-6]. One that an owner
 * blocked is kept only where it is proved: somebody signs in with it, and it is compared with no other.
 */
export async function identifiersOf(
  ctx: Ctx,
  { input, verified, channelId, isCardHearsay = false }: RecordWrite,
  attributes: Attributes,
): Promise<Identifier[]> {
  const own = storePhones(await ctx.snapshots.current(placesSnapshot));
  const limits = await limitsNow(ctx);
  const found: Identifier[] = [];
  const add = (kind: Exclude<IdentifierKind, "device">, value: string | undefined, isVerified: boolean) => {
    if (!value || isBlocked(value) || own.has(value)) return;
    const tellsNobody = kind !== "external" && isAmong(limits[kind].blocked, value);
    if (isVerified || !tellsNobody) found.push({ kind, value, verified: isVerified, ...(tellsNobody && { tellsNobody }) });
  };
  add("external", input.externalId && `${channelId}:${input.externalId}`, true);
  add("email", attributes.email, verified.includes("email"));
  add("phone", attributes.phone, verified.includes("phone"));
  add("card", input.cardNumber, !isCardHearsay);
  add("payment_card", input.paymentCard, true);
  return found;
}

const phonesByPlaces = new WeakMap<Places, ReadonlySet<string>>();

/** The phones of the places themselves, in their one form: made once per snapshot. */
function storePhones(places: Places): ReadonlySet<string> {
  const known = phonesByPlaces.get(places);
  if (known) return known;
  const phones = [...places.places.values()].flatMap(({ phone, address }) => (phone && normalizePhone(phone, address.country)) || []);
  const set = new Set(phones);
  phonesByPlaces.set(places, set);
  return set;
}
