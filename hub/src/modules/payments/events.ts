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

/** A cardholder took a payment of an order back at their bank, or how that stands changed. Subject: `order/<id>`. */
export const DisputeChanged = defineEvent(
  "payment.dispute_changed.v1",
  z.object({ orderId: z.string(), disputeId: z.string(), intentId: z.string(), state: z.enum(["open", "answered", "won", "lost"]) }),
);
