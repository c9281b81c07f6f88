import type { CartView, OfferView, OpenedOfferView } from "@weft/contracts";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import { staffNames } from "../../access/index.ts";
import { companyForCart } from "../../companies/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { LoadedCart } from "../domain/index.ts";
import { loadCart } from "../queries/load-cart.ts";
import { showCart } from "../queries/show-cart.ts";
import { askerOf } from "../tokens.ts";
import { stateOfOffer, type StoredOffer } from "./stored.ts";
import { offerToken } from "./token.ts";

export type OfferPort = {
  /** The address that links begin with. */
  readonly publicUrl: string;
  readonly vault: Vault;
};

type Reader = Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">;

const UNKNOWN_STAFF = "";

/** Offers as staff see them; with their links for those who may hand them out. */
export async function presentOffers(ctx: Reader, port: OfferPort, offers: readonly StoredOffer[]): Promise<OfferView[]> {
  const [names, { places }] = await Promise.all([
    staffNames(ctx, [...new Set(offers.map(({ staffId }) => staffId))]),
    ctx.snapshots.current(placesSnapshot),
  ]);
  const mayHandOut = askerOf(ctx.actor).servesAll;
  return offers.map((offer) => {
    const facts = factsOf(offer, ctx.now);
    const opens = facts.state === "open" || facts.state === "expired" || facts.state === "paying";
    return {
      ...facts,
      cartId: offer.cartId,
      placeName: (offer.placeId && places.get(offer.placeId)?.name) ?? null,
      customer: offer.customer?.known ? { id: offer.customer.id, givenName: offer.customer.givenName } : null,
      companyName: offer.companyName,
      staffName: names.get(offer.staffId) ?? UNKNOWN_STAFF,
      orderId: facts.state === "ordered" ? offer.orderId : null,
      reason: offer.reason,
      url: mayHandOut && opens ? offerUrl(port, offer) : null,
    };
  });
}

/** What is proposed to a customer, with its link: for themselves, and for who serves them. */
export async function presentProposals(ctx: Reader, port: OfferPort, offers: readonly StoredOffer[]): Promise<OfferView[]> {
  const links = new Map<string, string>(offers.map((offer) => [offer.id, offerUrl(port, offer)]));
  return (await presentOffers(ctx, port, offers)).map((view) => ({ ...view, url: links.get(view.id) ?? null }));
}

/** The page of the shop that an offer opens. */
export function offerUrl({ publicUrl, vault }: OfferPort, { id }: Pick<StoredOffer, "id">): string {
  return `${publicUrl}/shop/offers/${offerToken(vault, id)}`;
}

function factsOf(offer: StoredOffer, at: Date) {
  const { id, kind, number, note, total, currency, offeredAt, validUntil, mayChange, holdsStock } = offer;
  return {
    id,
    kind,
    number,
    state: stateOfOffer(offer, at),
    note,
    total: { amount: total, currency },
    offeredAt: offeredAt.toISOString(),
    validUntil: validUntil.toISOString(),
    mayChange,
    holdsStock,
  };
}

/** Whether there is still something to be paid or seen by the link. */
const SHOWS_CART: ReadonlySet<string> = new Set(["open", "paying", "ordered"]);

/** An offer as whoever has its link sees it. */
export async function presentOpened(ctx: Reader, offer: StoredOffer): Promise<OpenedOfferView> {
  const facts = factsOf(offer, ctx.now);
  const cart = SHOWS_CART.has(facts.state) ? await loadCart(ctx, offer.cartId) : null;
  return {
    ...facts,
    staffName: (await staffNames(ctx, [offer.staffId])).get(offer.staffId) ?? UNKNOWN_STAFF,
    cart: cart && (await shownByLink(ctx, cart)),
    needsSignIn: cart !== null && (await needsSignIn(ctx, cart)),
    isCustomerKnown: offer.customer?.known ?? false,
    orderId: facts.state === "ordered" ? offer.orderId : null,
  };
}

/** What is bought for a company is ordered by its customer, or by a colleague who may order for it; who only has the link signs in first. */
async function needsSignIn(ctx: Reader, { company, isMine }: LoadedCart): Promise<boolean> {
  if (!company || isMine) return false;
  const { customer } = ctx.actor;
  return customer === null || (await companyForCart(ctx, company.id, customer.recordId)) === null;
}

/** A link may be passed on: it does not say whose cart it is to somebody else. */
async function shownByLink(ctx: Reader, cart: LoadedCart): Promise<CartView> {
  const view = await showCart(ctx.snapshots, cart, ctx.now);
  return cart.isMine ? view : { ...view, customer: null };
}
