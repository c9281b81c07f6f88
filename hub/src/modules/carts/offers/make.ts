import { err, ok, type CartId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { touchCart } from "../commands/hand-over.ts";
import { holdPricesUntil } from "../commands/hold-prices.ts";
import { addHolder, type HolderId } from "../commands/holder.ts";
import {
  isValidEnd,
  LONGEST_OFFER_DAYS,
  makerOf,
  rightOn,
  type AssessedCart,
  type LoadedCart,
  type OfferId,
  type OfferKind,
} from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CartOffered } from "../events.ts";
import { assessCart } from "../queries/assess-cart.ts";
import { lockCart } from "../queries/load-cart.ts";
import { askerOf, hashOf } from "../tokens.ts";
import { endOffer } from "./end.ts";
import { asOffered, holdUntil, releaseHolds } from "./hold.ts";
import { offerById, stateOfOffer, type StoredOffer } from "./stored.ts";
import { offerToken } from "./token.ts";

export type OfferTerms = {
  readonly kind: OfferKind;
  readonly validUntil: Date;
  readonly mayChange: boolean;
  readonly holdsStock: boolean;
  readonly note: string | null;
};

/**
 * Hands a cart that staff made to its customer by a link [CRT-20]: as a quote, or to be paid. Its prices hold until its end, its goods if that is
 * asked. An offer that stood before is replaced. Errors: `cart.unknown`, `cart.not_yours`, `cart.closed`, `cart.completing`, `offer.end_refused`,
 * `offer.incomplete`, `offer.stock_short`. Publishes `cart.offered.v1`.
 */
export async function makeOffer(ctx: Ctx, vault: Vault, cartId: CartId, terms: OfferTerms): Promise<Result<StoredOffer, CartError>> {
  if (!isValidEnd(terms.validUntil, ctx.now)) return err({ code: "offer.end_refused", mostDays: LONGEST_OFFER_DAYS });
  const found = await cartOfStaff(ctx, cartId);
  if (!found.ok) return found;
  if (found.value.offer) await endOffer(ctx, found.value, found.value.offer.id, { because: "replaced", reason: null });
  const promised = await promise(ctx, found.value, terms, false);
  if (!promised.ok) return promised;
  const id = ctx.newId<OfferId>();
  await write(ctx, vault, { id, cart: found.value, assessed: promised.value, terms });
  return offered(ctx, found.value, id, { ...terms, isRenewed: false });
}

/**
 * Lets an offer stand until a later end, under the same link: at today's prices, with what staff gave, priced anew. Errors: those of `makeOffer`,
 * `offer.unknown`, `offer.ended`.
 */
export async function renewOffer(ctx: Ctx, id: OfferId, validUntil: Date): Promise<Result<StoredOffer, CartError>> {
  if (!isValidEnd(validUntil, ctx.now)) return err({ code: "offer.end_refused", mostDays: LONGEST_OFFER_DAYS });
  const known = await offerById(ctx, id);
  if (!known) return err({ code: "offer.unknown" });
  const found = await cartOfStaff(ctx, known.cartId);
  if (!found.ok) return found;
  // Read again under the lock: it may have been declined or taken back meanwhile.
  const offer = await offerById(ctx, id);
  const state = offer && stateOfOffer(offer, ctx.now);
  if (!offer || (state !== "open" && state !== "expired")) return err({ code: "offer.ended", state: state ?? "revoked" });
  const promised = await promise(ctx, found.value, { ...offer, validUntil }, true);
  if (!promised.ok) return promised;
  const { totals } = promised.value.priced;
  await sql`
    update carts.offer set offered_at = ${ctx.now}, valid_until = ${validUntil}, total = ${totals.total}, renewals = renewals + 1 where id = ${id}`.execute(
    ctx.db,
  );
  await stand(ctx, id);
  return offered(ctx, found.value, id, { kind: offer.kind, holdsStock: offer.holdsStock, validUntil, isRenewed: true });
}

/** The cart, locked, when staff who make carts for customers may go on with it. */
async function cartOfStaff(ctx: Ctx, cartId: CartId): Promise<Result<LoadedCart, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const right = cart && rightOn(cart, askerOf(ctx.actor));
  if (!cart || !right || right.may === "nothing") return err({ code: "cart.unknown" });
  // What a customer filled themselves is theirs: who advises them joins it, and makes no offer of it.
  if (right.may === "read" || !makerOf(cart)) return err({ code: "cart.not_yours" });
  if (cart.state === "completing") return err({ code: "cart.completing" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  return ok(cart);
}

/** What its customer still says themselves, or what only the hour decides. */
const LEFT_OPEN: ReadonlySet<string> = new Set([
  "stock.insufficient",
  "delivery.address_missing",
  "delivery.method_missing",
  "customer.contact_missing",
]);

/** Holds the prices until the end, and the goods if that is asked; nothing else is kept from others. */
async function promise(
  ctx: Ctx,
  before: LoadedCart,
  { validUntil, holdsStock }: Pick<OfferTerms, "validUntil" | "holdsStock">,
  isRenewed: boolean,
): Promise<Result<AssessedCart, CartError>> {
  await releaseHolds(ctx, before);
  const now = (await lockCart(ctx, before.id))?.cart ?? before;
  const cart = asOffered(now, { until: validUntil, at: ctx.now, isRenewed });
  const assessed = await assessCart(ctx.snapshots, cart, { at: ctx.now });
  const missing = assessed.requirements.filter(({ code }) => !LEFT_OPEN.has(code) && !code.startsWith("promise."));
  if (missing.length > 0) return err({ code: "offer.incomplete", requirements: missing });
  await holdPricesUntil(ctx, cart, assessed, validUntil);
  const held = holdsStock ? await holdUntil(ctx, cart, assessed, validUntil) : ok(null);
  return held.ok ? ok(assessed) : held;
}

type Written = { readonly id: OfferId; readonly cart: LoadedCart; readonly assessed: AssessedCart; readonly terms: OfferTerms };

async function write(ctx: Ctx, vault: Vault, { id, cart, assessed, terms }: Written): Promise<void> {
  const { staff, channelId } = ctx.actor;
  if (!staff || channelId === null) throw new Error("an offer is made by staff on a channel: the right to it says so");
  const tokenHash = hashOf(offerToken(vault, id));
  const holderId = ctx.newId<HolderId>();
  await addHolder(
    ctx,
    cart.id,
    { id: holderId, kind: "link", tokenHash, recordId: null, deviceId: null, staffId: null, name: null },
    "joined",
  );
  const { totals, currency } = assessed.priced;
  await sql`
    insert into carts.offer (id, cart_id, kind, number, holder_id, token_hash, may_change, holds_stock, note, total, currency, staff_id, channel_id, place_id,
      made_at, offered_at, valid_until)
    values (${id}, ${cart.id}, ${terms.kind}, ${PREFIX[terms.kind]} || '-' || lpad(nextval('carts.offer_number')::text, 6, '0'), ${holderId},
      ${tokenHash}, ${terms.mayChange}, ${terms.holdsStock}, ${terms.note}, ${totals.total}, ${currency}, ${staff.id}, ${channelId}, ${cart.placeId},
      ${ctx.now}, ${ctx.now}, ${terms.validUntil})`.execute(ctx.db);
  await stand(ctx, id);
}

/** The cart says what stands of its offer, so that nobody who reads it has to ask. */
async function stand(ctx: Ctx, id: OfferId): Promise<void> {
  await sql`
    update carts.cart c set offer = jsonb_build_object('id', o.id, 'kind', o.kind, 'number', o.number, 'at', o.offered_at, 'until', o.valid_until,
        'mayChange', o.may_change, 'holdsStock', o.holds_stock)
      from carts.offer o where o.id = ${id} and c.id = o.cart_id`.execute(ctx.db);
}

/** What its number begins with. */
const PREFIX: Readonly<Record<OfferKind, string>> = { link: "P", quote: "Q", proposal: "A" };

type Told = Pick<OfferTerms, "kind" | "validUntil" | "holdsStock"> & { readonly isRenewed: boolean };

async function offered(
  ctx: Ctx,
  cart: LoadedCart,
  id: OfferId,
  { kind, validUntil, holdsStock, isRenewed }: Told,
): Promise<Result<StoredOffer, CartError>> {
  await auditWrite(ctx, {
    action: isRenewed ? "offers.renew" : "offers.make",
    subject: cart.customer?.known ? `customer/${cart.customer.id}` : `cart/${cart.id}`,
  });
  const about = {
    offerId: id,
    cartId: cart.id,
    recordId: cart.recordId,
    kind,
    validUntil: validUntil.toISOString(),
    isRenewed,
    holdsStock,
  };
  await publish(ctx, CartOffered, `cart/${cart.id}`, about);
  await touchCart(ctx, cart);
  const offer = await offerById(ctx, id);
  return offer ? ok(offer) : err({ code: "offer.unknown" });
}
