import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const Intent = z.object({ intentId: z.string(), cartId: z.string(), amount: z.int(), currency: z.string() });

/** A payment was declined or got no answer. Subject: `cart/<id>`. */
export const PaymentFailed = defineEvent("payment.failed.v1", Intent.extend({ reason: z.string() }));

/** Money that was taken for a cart was given back, because it could no longer become an order. Subject: `cart/<id>`. */
export const PaymentVoided = defineEvent("payment.voided.v1", Intent.extend({ reason: z.string() }));

/** Money of an order goes back to its tender. Subject: `order/<id>`. */
export const RefundRequested = defineEvent(
  "payment.refund_requested.v1",
  z.object({ orderId: z.string(), refundId: z.string(), tenderId: z.string(), amount: z.int(), currency: z.string() }),
);

/** Money of an authorization is to be taken, or the authorization to be let go. Subject: `order/<id>`. */
export const CaptureRequested = defineEvent(
  "payment.capture_requested.v1",
  z.object({ orderId: z.string(), captureId: z.string(), tenderId: z.string().nullable(), amount: z.int(), currency: z.string() }),
);

/** Until then a card may be charged that has agreed to pay an order; it is a day before at most. Subject: `order/<id>`. */
export const AuthorizationEnding = defineEvent(
  "payment.authorization_ending.v1",
  z.object({ orderId: z.string(), intentId: z.string(), until: z.iso.datetime() }),
);

/** A card that was kept is to be charged for a part of an order that is about to leave. Subject: `order/<id>`. */
export const DueRequested = defineEvent("payment.due_requested.v1", z.object({ orderId: z.string(), duePaymentId: z.string() }));

/**
 * What is due on an order is to be paid by its customer before its goods leave, because no card of theirs can be charged for it. Subject: `order/<id>`.
 */
export const PaymentNeeded = defineEvent(
  "payment.needed.v1",
  z.object({ orderId: z.string(), because: z.enum(["agreement_ended", "card_declined"]) }),
);

/**
 * A gift card paid more at a register without the hub than was on it; `lost` (minor units) is the loss of the house, and the card is blocked.
 * Subject: `order/<id>`.
 */
export const CardOverspent = defineEvent(
  "payment.card_overspent.v1",
  z.object({ cardId: z.string(), orderId: z.string(), placeId: z.string(), lost: z.int().positive(), currency: z.string() }),
);

/** A cardholder took a payment of an order back at their bank, or how that stands changed. Subject: `order/<id>`. */
export const DisputeChanged = defineEvent(
  "payment.dispute_changed.v1",
  z.object({ orderId: z.string(), disputeId: z.string(), intentId: z.string(), state: z.enum(["open", "answered", "won", "lost"]) }),
);
