import { z } from "zod";
import { Cart } from "./carts.ts";
import { OFFER_KINDS, OFFER_STATES } from "./offer-words.ts";
import { CustomerParams, IdParams, Instant, Money, PageQuery, pageOf, Uuid, type Endpoint } from "./shared.ts";

const OfferKind = z.enum(OFFER_KINDS);
const OfferState = z.enum(OFFER_STATES);

const facts = {
  id: Uuid,
  kind: OfferKind,
  number: z.string(),
  state: OfferState,
  note: z.string().nullable(),
  /** As it was offered. */
  total: Money,
  offeredAt: Instant,
  validUntil: Instant,
  /** Whether its customer may change quantities, codes and how it reaches them. */
  mayChange: z.boolean(),
  /** Whether its goods are held until the end. */
  holdsStock: z.boolean(),
};

/** An offer as staff see it. */
export const Offer = z
  .object({
    ...facts,
    cartId: Uuid,
    placeName: z.string().nullable(),
    customer: z.object({ id: Uuid, givenName: z.string().nullable() }).nullable(),
    companyName: z.string().nullable(),
    staffName: z.string(),
    orderId: Uuid.nullable(),
    /** Why its customer said no, in their words. */
    reason: z.string().nullable(),
    /** The link, for whoever may hand it out; null once it opens nothing any more. */
    url: z.string().nullable(),
  })
  .meta({ id: "Offer" });

/** An offer as whoever has its link sees it. */
export const OpenedOffer = z
  .object({
    ...facts,
    staffName: z.string(),
    /** The cart with today's promise; null when there is nothing to be paid any more. It is used with the link's token as `Weft-Cart`. */
    cart: Cart.nullable(),
    /** Whom it is addressed to is not said, only that somebody must sign in before a company's cart is ordered. */
    needsSignIn: z.boolean(),
    isCustomerKnown: z.boolean(),
    orderId: Uuid.nullable(),
  })
  .meta({ id: "OpenedOffer" });

const TokenParams = z.object({ token: z.string().min(16).max(64) });
const Terms = z.object({
  kind: OfferKind,
  validUntil: Instant,
  mayChange: z.boolean().default(false),
  holdsStock: z.boolean().default(false).describe("hold its goods until then"),
  note: z.string().trim().max(500).nullable().default(null),
});

export const offersEndpoints = {
  "carts.openForCustomer": {
    summary:
      "Staff: open a cart for a customer, or for nobody known yet. It is not their current cart, and nobody sees it before it is offered",
    tag: "offers",
    body: z.object({ customerId: Uuid.nullable().default(null), placeId: Uuid }),
    response: Cart,
    status: 201,
  },
  "offers.make": {
    summary: "Hand a cart to its customer by a link: to be paid, or as a quote. Its prices hold until its end",
    tag: "offers",
    params: IdParams,
    body: Terms,
    response: Offer,
    status: 201,
  },
  "offers.ofCart": {
    summary: "The offers that were made of a cart, newest first",
    tag: "offers",
    params: IdParams,
    response: z.object({ items: z.array(Offer) }).meta({ id: "OffersOfCart" }),
    status: 200,
  },
  "offers.list": {
    summary: "Offers, newest first",
    tag: "offers",
    query: z.object({ ...PageQuery, state: OfferState.optional(), kind: OfferKind.optional() }),
    response: pageOf(Offer).meta({ id: "OfferPage" }),
    status: 200,
  },
  "offers.renew": {
    summary: "Let an offer stand until a later end, under the same link, at today's prices and with what staff gave",
    tag: "offers",
    params: IdParams,
    body: z.object({ validUntil: Instant }),
    response: Offer,
    status: 200,
  },
  "offers.propose": {
    summary:
      "At a till: make the ticket a proposal to the customer on it. They see it in the shop, take it over into their own cart or pay it",
    tag: "offers",
    params: IdParams,
    body: Terms.omit({ kind: true, mayChange: true }),
    response: Offer,
    status: 201,
  },
  "offers.ofCustomer": {
    summary: "What is proposed to a customer and still stands, newest first",
    tag: "offers",
    params: CustomerParams,
    response: z.object({ items: z.array(Offer) }).meta({ id: "Proposals" }),
    status: 200,
  },
  "offers.take": {
    summary: "Take lines of a proposal over into its customer's own cart, beside what is there; all of them end it",
    tag: "offers",
    params: TokenParams,
    body: z.object({ cartId: Uuid, lineIds: z.array(Uuid).max(200).nullable().default(null).describe("null: all of them") }),
    response: Cart,
    status: 200,
  },
  "offers.revoke": {
    summary: "Take an offer back: its link opens nothing any more",
    tag: "offers",
    params: IdParams,
    response: Offer,
    status: 200,
  },
  "offers.send": {
    summary: "Send the link by e-mail: to the address given here, else to the customer's own",
    tag: "offers",
    params: IdParams,
    body: z.object({ email: z.email().max(254).nullable().default(null) }),
    response: z.object({ messageId: Uuid }),
    status: 202,
  },
  "offers.open": {
    summary: "What a link offers, and whether it still does",
    tag: "offers",
    params: TokenParams,
    response: OpenedOffer,
    status: 200,
  },
  "offers.decline": {
    summary: "Say no to an offer",
    tag: "offers",
    params: TokenParams,
    body: z.object({ reason: z.string().trim().max(300).nullable().default(null) }),
    response: OpenedOffer,
    status: 200,
  },
  "offers.pdf": {
    summary: "A quote as PDF, for staff",
    tag: "offers",
    params: IdParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "offers.openPdf": {
    summary: "A quote as PDF, for whoever has its link",
    tag: "offers",
    params: TokenParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
} satisfies Record<string, Endpoint>;
