import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A cart was opened on a channel. Subject: the cart. */
export const CartOpened = defineEvent(
  "cart.opened.v1",
  z.object({ cartId: z.string(), recordId: z.string(), channelId: z.string(), placeId: z.string().nullable() }),
);

/** Lines, codes, place, customer, holders or state of a cart changed. Subject: the cart. */
export const CartChanged = defineEvent("cart.changed.v1", z.object({ cartId: z.string(), version: z.number().int(), state: z.string() }));

/**
 * Services left a cart with the time that is held for them: taken out, or with a cart that was given up (`toCartId` null), or into another cart.
 * Subject: the cart.
 */
export const ServicesLeft = defineEvent(
  "cart.services_left.v1",
  z.object({ cartId: z.string(), lineIds: z.array(z.string()), toCartId: z.string().nullable() }),
);

/** Which cart is a customer's current one changed, or who holds a cart of theirs. Subject: the customer's source record. */
export const CurrentCartChanged = defineEvent("cart.current_changed.v1", z.object({ recordId: z.string(), cartId: z.string().nullable() }));

/** Staff handed a cart to its customer by a link, or renewed that. Subject: the cart. */
export const CartOffered = defineEvent(
  "cart.offered.v1",
  z.object({
    offerId: z.string(),
    cartId: z.string(),
    recordId: z.string(),
    kind: z.enum(["link", "quote", "proposal"]),
    validUntil: z.iso.datetime(),
    isRenewed: z.boolean(),
    /** Whether its goods are kept from others until then; left out by earlier versions. */
    holdsStock: z.boolean().optional(),
  }),
);

/** An offer was declined by its customer, taken over into their own cart, or taken back. That it was ordered is told by the order; that it expired, by its own end. Subject: the cart. */
export const OfferEnded = defineEvent(
  "cart.offer_ended.v1",
  z.object({
    offerId: z.string(),
    cartId: z.string(),
    recordId: z.string(),
    because: z.enum(["declined", "taken", "revoked", "replaced"]),
  }),
);

/** Somebody who helped with a cart, or a screen that showed it, does so no longer. Subject: the cart. */
export const CartLeft = defineEvent("cart.left.v1", z.object({ cartId: z.string(), holderId: z.string() }));

/** The code of a screen was typed on a phone: it shows that cart now. Subject: the screen. */
export const ScreenPaired = defineEvent("screen.paired.v1", z.object({ screenId: z.string(), cartId: z.string() }));

/** A cart went to another holder (`take`) or got one more (`join`). Subject: the cart. */
export const CartHandedOver = defineEvent(
  "cart.handed_over.v1",
  z.object({
    cartId: z.string(),
    recordId: z.string(),
    mode: z.enum(["take", "join", "take_over"]),
    fromChannelId: z.string(),
    toChannelId: z.string(),
    placeId: z.string().nullable(),
    proof: z.enum(["code", "customer"]),
  }),
);
