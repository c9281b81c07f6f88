import type { IntentId, Problems } from "@weft/kernel";
import type pg from "pg";
import { z } from "zod";
import { problemOf, raw, sendProblem, SYSTEM, statement, type RawCall, type Route } from "../../../platform/index.ts";
import { deskOn, followDispute, sendRefundNow, takeProviderAnswer, type SettleDeps } from "../../checkout/index.ts";
import type { PaymentAccounts, RefundId } from "../../payments/index.ts";
import type { StripeAccount } from "./accounts.ts";
import { stripeName, stripeProvider } from "./provider.ts";
import { isSignedByStripe } from "./signature.ts";

type WebhookError = { readonly code: "payment.account_unknown" } | { readonly code: "payment.signature_invalid" };
const WEBHOOK_PROBLEMS: Problems<WebhookError> = {
  "payment.account_unknown": { status: 404, title: "No such payment account is set up" },
  "payment.signature_invalid": { status: 400, title: "The delivery is not signed, or was signed too long ago" },
};

/** What is read of an event: only whom it is about. What became of that is asked for, so that the order of deliveries does not matter. */
const Delivery = z.object({
  data: z.object({ object: z.object({ id: z.string(), object: z.string(), metadata: z.record(z.string(), z.string()).nullish() }) }),
});

/** The accounts that are set up, as providers. */
export function stripeAccounts(pool: pg.Pool, accounts: readonly StripeAccount[]): PaymentAccounts {
  const providers = accounts.map((account) => ({ account, provider: stripeProvider(pool, account) }));
  return {
    forEntity: (entityId) => providers.find(({ account }) => account.entityIds.includes(entityId))?.provider,
    named: (name) => providers.find(({ provider }) => provider.name === name)?.provider,
  };
}

/** What Stripe tells by itself [PAY-23]: it says that something has changed, and the account is asked what. */
export const stripeRoutes = (deps: SettleDeps, accounts: readonly StripeAccount[]): readonly Route[] => [
  raw("payments.webhook", (call) => take(call, deps, accounts), { bytes: true }),
];

async function take({ request, reply, around, input }: RawCall, deps: SettleDeps, accounts: readonly StripeAccount[]) {
  const refuse = (error: WebhookError) => sendProblem(reply, problemOf(error, WEBHOOK_PROBLEMS[error.code], request.id));
  const { account: code } = input.params as unknown as { account: string }; // parsed by this operation's contract, whose types a raw call does not carry
  const account = accounts.find((known) => known.code === code);
  if (!account) return refuse({ code: "payment.account_unknown" });
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!isSignedByStripe(body, request.headers["stripe-signature"], account.webhookSecret, Date.now() / 1000))
    return refuse({ code: "payment.signature_invalid" });
  const delivery = Delivery.safeParse(JSON.parse(body.toString("utf8")));
  if (delivery.success) await follow(delivery.data.data.object, { ...around, actor: SYSTEM }, deps, account);
  return reply.code(200).send({ received: true });
}

type Told = z.output<typeof Delivery>["data"]["object"];

async function follow(told: Told, around: Parameters<typeof deskOn>[0], deps: SettleDeps, account: StripeAccount): Promise<void> {
  const desk = deskOn(around);
  if (told.object === "refund") {
    const [refundId] = told.metadata?.["weft_refund"]?.split(" ") ?? [];
    // A refund of a payment without an order has no row of its own, and then nothing follows.
    if (refundId && z.uuid().safeParse(refundId).success) await sendRefundNow(desk, deps, refundId as RefundId); // by the check before
    return;
  }
  const provider = deps.accounts?.named(stripeName(account.code));
  if (told.object === "dispute") {
    if (provider) await followDispute(desk, provider, told.id);
    return;
  }
  const intentId = await intentOf(around.pool, told, account);
  if (intentId && provider) await takeProviderAnswer(desk, deps, intentId, await provider.find(intentId));
}

/** Ours, by the pair that was written before it was confirmed; what the account does for others is none of ours. */
async function intentOf(pool: pg.Pool, { id, metadata }: Told, { code }: StripeAccount): Promise<IntentId | undefined> {
  const named = z.uuid().safeParse(metadata?.["weft_intent"]).data ?? null;
  const [row] = await statement<{ intent_id: IntentId }>(
    pool,
    "select intent_id from integrations.stripe_payment where account = $1 and (ref = $2 or intent_id = $3::uuid)",
    [code, id, named],
  );
  return row?.intent_id;
}
