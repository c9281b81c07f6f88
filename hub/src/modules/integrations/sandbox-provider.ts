import type { IntentId } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../../platform/index.ts";
import type { Charge, PaymentProvider, ProviderAnswer } from "../payments/index.ts";

type SandboxState = "pending" | "captured" | "declined" | "canceled";
type Row = { readonly state: SandboxState };

const NAME = "sandbox";
/** A little longer than a request waits, so that a late approval is really late. */
const LATE_SECONDS = 10;

/**
 * A payment provider that does what the card's token says: `sandbox_approve` and `sandbox_decline` are decided on the spot,
 * `sandbox_late_approve` is pending first and approved ten seconds later, `sandbox_time_out` never reaches it. It keeps its charges in
 * tables of its own, on its own connections, as somebody else's service would: never in the transaction of a command.
 */
export function createSandboxProvider(pool: pg.Pool): PaymentProvider & {
  /** Approves what is due to be approved late and answers whom to tell: the sandbox's webhooks. */
  lateAnswers(): Promise<{ readonly intentId: IntentId; readonly answer: ProviderAnswer }[]>;
  /** Notes that the hub has taken a late answer; until then it is told again. */
  told(intentId: IntentId): Promise<void>;
} {
  return {
    name: NAME,
    decideInline({ intentId, token }) {
      if (token === "sandbox_approve") return captured(intentId);
      if (token === "sandbox_decline") return declined(intentId);
      return null;
    },
    charge: (charge, signal) => (charge.token === "sandbox_time_out" ? never(signal) : takeCharge(pool, charge)),
    find: (intentId) => find(pool, intentId),
    cancel: (intentId, amount) => cancel(pool, intentId, amount),
    refund: (refund) => refundOnce(pool, refund),
    async lateAnswers() {
      const rows = await statement<{ intent_id: IntentId }>(
        pool,
        `update integrations.sandbox_charge set state = 'captured', told = false
         where state = 'pending' and answers_at <= now() or state = 'captured' and not told returning intent_id`,
        [],
      );
      return rows.map(({ intent_id }) => ({ intentId: intent_id, answer: captured(intent_id) }));
    },
    async told(intentId) {
      await statement(pool, "update integrations.sandbox_charge set told = true where intent_id = $1", [intentId]);
    },
  };
}

const captured = (intentId: IntentId) =>
  ({ kind: "captured", eventId: `captured ${intentId}`, providerRef: `sandbox ${intentId}` }) as const;
const declined = (intentId: IntentId) => ({ kind: "declined", eventId: `declined ${intentId}`, reason: "card_declined" }) as const;
const voided = (intentId: IntentId) => ({ kind: "voided", eventId: `voided ${intentId}` }) as const;

/** The request is lost on the way: it ends when the caller stops waiting, and was never heard. */
function never(signal: AbortSignal): Promise<ProviderAnswer> {
  const { promise, reject } = Promise.withResolvers<ProviderAnswer>();
  signal.addEventListener("abort", () => reject(new Error("the sandbox did not answer")), { once: true });
  return promise;
}

async function takeCharge(pool: pg.Pool, { intentId, token, amount }: Charge): Promise<ProviderAnswer> {
  const isLate = token === "sandbox_late_approve";
  const state: SandboxState = isLate ? "pending" : token === "sandbox_approve" ? "captured" : "declined";
  await statement(
    pool,
    `insert into integrations.sandbox_charge (intent_id, state, token, amount, currency, answers_at)
     values ($1, $2, $3, $4, $5, case when $6 then now() + make_interval(secs => $7) end) on conflict do nothing`,
    [intentId, state, token, amount.amount, amount.currency, isLate, LATE_SECONDS],
  );
  return find(pool, intentId);
}

async function find(pool: pg.Pool, intentId: IntentId): Promise<ProviderAnswer> {
  const [row] = await statement<Row>(pool, "select state from integrations.sandbox_charge where intent_id = $1", [intentId]);
  if (!row) return { kind: "unknown" };
  if (row.state === "captured") return captured(intentId);
  if (row.state === "declined") return declined(intentId);
  return row.state === "canceled" ? voided(intentId) : { kind: "pending" };
}

/** One it never heard of is noted as canceled, so that a request that is still on its way takes nothing. */
async function cancel(pool: pg.Pool, intentId: IntentId, amount: Charge["amount"]): Promise<ProviderAnswer> {
  await statement(
    pool,
    `insert into integrations.sandbox_charge (intent_id, state, token, amount, currency) values ($1, 'canceled', '', $2, $3)
     on conflict (intent_id) do update set state = 'canceled', told = true where sandbox_charge.state <> 'declined'`,
    [intentId, amount.amount, amount.currency],
  );
  return find(pool, intentId);
}

type Refund = Parameters<PaymentProvider["refund"]>[0];

/** What was approved on the spot has no charge here yet: the refund is the first that the sandbox keeps of it. */
async function refundOnce(pool: pg.Pool, { refundId, intentId, amount }: Refund): Promise<"succeeded" | "failed"> {
  await statement(
    pool,
    `insert into integrations.sandbox_refund (refund_id, intent_id, amount) values ($1, $2, $3) on conflict do nothing`,
    [refundId, intentId, amount.amount],
  );
  const [row] = await statement<Row>(pool, "select state from integrations.sandbox_charge where intent_id = $1", [intentId]);
  return row?.state === "declined" || row?.state === "canceled" ? "failed" : "succeeded";
}
