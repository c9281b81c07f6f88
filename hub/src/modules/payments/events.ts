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
