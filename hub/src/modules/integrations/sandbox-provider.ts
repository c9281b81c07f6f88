import type { Locale } from "@weft/contracts";
import { randomBytes } from "node:crypto";
import type { IntentId } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../../platform/index.ts";
import type {
  CaptureAnswer,
  Charge,
  PaymentProvider,
  ProviderAnswer,
  SaidDispute,
  SettlementLine,
  WantedCapture,
  WantedRefund,
} from "../payments/index.ts";

type SandboxState = "pending" | "authorized" | "captured" | "declined" | "canceled";
type Row = {
  readonly state: SandboxState;
  readonly challenge: string | null;
  readonly authorized_until: Date | null;
  readonly token: string | null;
};
type StepRow = { readonly state: SandboxState; readonly amount: number; readonly currency: string; readonly return_url: string | null };

/** A step at the sandbox's bank: what it is about, whether it still waits, and where the payer goes afterwards. */
type BankStep = { readonly amount: string; readonly isOpen: boolean; readonly returnUrl: string | null };

const NAME = "sandbox";
/** A little longer than a request waits, so that a late approval is really late. */
const LATE_SECONDS = 10;

/**
 * A payment provider that does what the card's token says: `sandbox_approve` and `sandbox_decline` are decided on the spot,
 * `sandbox_late_approve` is pending first and approved ten seconds later, `sandbox_time_out` never reaches it, `sandbox_3ds` asks for a step
 * at the bank first, `sandbox_refund_fails` refuses the first try of a refund, `sandbox_dispute` is taken back at its bank a second later, `sandbox_authorize` agrees for a week and is charged when the goods
 * are handed over or leave, and `sandbox_authorize_short` agrees for two seconds. Where a card is to be kept [PAY-37], all that approve agree first, and
 * `sandbox_kept_declined` is refused when it is charged later. It keeps its charges in
 * tables of its own, on its own connections, as somebody else's service would: never in the transaction of a command.
 */
export function createSandboxProvider(pool: pg.Pool): PaymentProvider & {
  /** Approves what is due to be approved late and answers whom to tell: the sandbox's webhooks. */
  lateAnswers(): Promise<{ readonly intentId: IntentId; readonly answer: ProviderAnswer }[]>;
  /** Notes that the hub has taken a late answer; until then it is told again. */
  told(intentId: IntentId): Promise<void>;
  /** What waits at the bank under this challenge; undefined when there never was one. */
  stepAt(challenge: string, locale: Locale): Promise<BankStep | undefined>;
  /** What the payer said at the bank, once. */
  decideStep(challenge: string, isConfirmed: boolean): Promise<void>;
} {
  return {
    name: NAME,
    cardWay: () => ({ way: "test_card" }),
    decideInline({ intentId, token }) {
      if (token === "sandbox_approve") return captured(intentId);
      if (token === "sandbox_decline") return declined(intentId);
      return null;
    },
    charge: (charge, signal) => (charge.token === "sandbox_time_out" ? never(signal) : takeCharge(pool, charge)),
    capturesInParts: true,
    capture: (capture) => captureOnce(pool, capture),
    settlements: (days) => settled(pool, days),
    find: (intentId) => find(pool, intentId),
    cancel: (intentId, amount) => cancel(pool, intentId, amount),
    dispute: (reference) => disputed(pool, reference),
    refund: (refund) => refundOnce(pool, refund),
    async lateAnswers() {
      const rows = await statement<{ intent_id: IntentId; state: SandboxState }>(
        pool,
        `update integrations.sandbox_charge set state = case state when 'pending' then 'captured' else state end, told = false
         where state = 'pending' and answers_at <= now() or state in ('captured', 'declined') and not told returning intent_id, state`,
        [],
      );
      return rows.map(({ intent_id, state }) => ({
        intentId: intent_id,
        answer: state === "captured" ? captured(intent_id) : declined(intent_id),
      }));
    },
    async told(intentId) {
      await statement(pool, "update integrations.sandbox_charge set told = true where intent_id = $1", [intentId]);
    },
    async stepAt(challenge, locale) {
      const [row] = await statement<StepRow>(
        pool,
        "select state, amount, currency, return_url from integrations.sandbox_charge where challenge = $1",
        [challenge],
      );
      if (!row) return undefined;
      const amount = new Intl.NumberFormat(locale, { style: "currency", currency: row.currency }).format(
        row.amount / 10 ** minorDigits(row.currency),
      );
      return { amount, isOpen: row.state === "pending", returnUrl: row.return_url };
    },
    async decideStep(challenge, isConfirmed) {
      await statement(pool, "update integrations.sandbox_charge set state = $2, told = false where challenge = $1 and state = 'pending'", [
        challenge,
        isConfirmed ? "captured" : "declined",
      ]);
    },
  };
}

const minorDigits = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

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

/** For how long a card agrees, in seconds. */
const A_WEEK = 7 * 24 * 3600;
const AGREES_SECONDS: Readonly<Record<string, number>> = { sandbox_authorize: A_WEEK, sandbox_authorize_short: 2 };
/** Agrees, and pays nothing once it was kept. */
const KEPT_DECLINED = "sandbox_kept_declined";

const CAPTURED_AT_ONCE: ReadonlySet<string> = new Set(["sandbox_approve", "sandbox_refund_fails", "sandbox_dispute", KEPT_DECLINED]);

async function takeCharge(
  pool: pg.Pool,
  { intentId, token, amount, returnUrl = null, isForLater = false, keepsCard = false, isKept = false }: Charge,
): Promise<ProviderAnswer> {
  const isLate = token === "sandbox_late_approve";
  // Whoever cannot be sent to their bank cannot confirm anything there.
  const isAsked = token === "sandbox_3ds" && returnUrl !== null;
  const isTaken = CAPTURED_AT_ONCE.has(token) || token in AGREES_SECONDS;
  const agrees = isForLater && (keepsCard ? isTaken : token in AGREES_SECONDS);
  const seconds = agrees ? (AGREES_SECONDS[token] ?? A_WEEK) : undefined;
  const decided = agrees ? "authorized" : isTaken && !(isKept && token === KEPT_DECLINED) ? "captured" : "declined";
  const state: SandboxState = isLate || isAsked ? "pending" : decided;
  await statement(
    pool,
    `insert into integrations.sandbox_charge (intent_id, state, token, amount, currency, answers_at, challenge, return_url, authorized_until, told, keeps_card)
     values ($1, $2, $3, $4, $5, case when $6 then now() + make_interval(secs => $7) end, $8, $9, now() + make_interval(secs => $10), $11, $12) on conflict do nothing`,
    [
      intentId,
      state,
      token,
      amount.amount,
      amount.currency,
      isLate,
      LATE_SECONDS,
      isAsked ? randomBytes(16).toString("base64url") : null,
      returnUrl,
      seconds ?? null,
      token !== DISPUTED,
      keepsCard,
    ],
  );
  return find(pool, intentId);
}

async function find(pool: pg.Pool, intentId: IntentId): Promise<ProviderAnswer> {
  const [row] = await statement<Row>(
    pool,
    `select case when state = 'authorized' and authorized_until <= now() then 'canceled' else state end as state, challenge, authorized_until, case when keeps_card then token end as token
       from integrations.sandbox_charge where intent_id = $1`,
    [intentId],
  );
  if (!row) return { kind: "unknown" };
  if (row.state === "captured") return captured(intentId);
  if (row.state === "authorized")
    return {
      kind: "authorized",
      eventId: `authorized ${intentId}`,
      providerRef: `sandbox ${intentId}`,
      until: row.authorized_until ?? new Date(),
      ...(row.token !== null && { keptCard: row.token }),
    };
  if (row.state === "declined") return declined(intentId);
  if (row.state === "canceled") return voided(intentId);
  return row.challenge === null ? { kind: "pending" } : { kind: "action_required", url: `/sandbox/bank/${row.challenge}` };
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

/** Takes what a card agreed to, once per capture; nothing once its time is over or it was let go. */
async function captureOnce(pool: pg.Pool, { captureId, attempt, intentId, amount, isLast }: WantedCapture): Promise<CaptureAnswer> {
  await statement(
    pool,
    `insert into integrations.sandbox_capture (capture_id, attempt, intent_id, amount, is_last)
     select $1::uuid, $2::integer, c.intent_id, $4::bigint, $5::boolean from integrations.sandbox_charge c
      where c.intent_id = $3 and c.state in ('authorized', 'captured') and c.authorized_until > now()
        and c.amount >= $4::bigint + coalesce((select sum(s.amount) from integrations.sandbox_capture s where s.intent_id = c.intent_id), 0)
     on conflict do nothing`,
    [captureId, attempt, intentId, amount.amount, isLast],
  );
  const [taken] = await statement(pool, "select 1 from integrations.sandbox_capture where capture_id = $1 and attempt = $2", [
    captureId,
    attempt,
  ]);
  if (!taken) return { kind: "refused", reason: "authorization_expired" };
  await statement(pool, "update integrations.sandbox_charge set state = 'captured' where intent_id = $1 and state = 'authorized'", [
    intentId,
  ]);
  return { kind: "captured", eventId: `captured ${captureId}`, providerRef: `sandbox ${intentId}` };
}

const DISPUTED = "sandbox_dispute";
const ANSWER_DAYS = 7;

/** A charge that its cardholder took back, by the intent's id; nobody decides about it here. */
async function disputed(pool: pg.Pool, reference: string): Promise<SaidDispute | null> {
  const [row] = await statement<{ intent_id: IntentId; amount: number; currency: string; at: Date }>(
    pool,
    "select intent_id, amount, currency, created_at as at from integrations.sandbox_charge where intent_id = $1 and token = $2 and state = 'captured'",
    [reference, DISPUTED],
  );
  if (!row) return null;
  const { intent_id: intentId, amount, currency, at } = row;
  const dueAt = new Date(at.getTime() + ANSWER_DAYS * 24 * 3_600_000);
  return { reference, intentId, state: "open", amount: { amount, currency }, reason: "fraudulent", dueAt, openedAt: at };
}

/** A fee as providers take it: 1.4 % and a quarter of the currency's unit. */
const FEE = { numerator: 14, denominator: 1000, fixed: 25 };
type SettledRow = Pick<SettlementLine, "lineKey" | "kind" | "reference" | "amount" | "currency" | "settledOn">;

/** What it took and gave back, the day after. What it approved on the spot it never kept: it is known by the approval that the hub has. */
async function settled(pool: pg.Pool, { from, to }: { readonly from: string; readonly to: string }): Promise<SettlementLine[]> {
  const rows = await statement<SettledRow>(
    pool,
    `select "lineKey", kind, reference, amount, currency, to_char("settledOn", 'YYYY-MM-DD') as "settledOn" from (
       select kind || ' ' || id as "lineKey", kind, "references"[1] as reference, amount, currency, (at + interval '1 day')::date as "settledOn"
         from payments.read_movement where provider = $3) said
      where "settledOn" between $1::date and $2::date order by "settledOn", "lineKey" limit 20000`,
    [from, to, NAME],
  );
  return rows.map((row) => {
    const { numerator, denominator, fixed } = FEE;
    const fee = row.kind === "payment" ? Math.round((row.amount * numerator) / denominator) + fixed : 0;
    return { ...row, fee };
  });
}

/** What was approved on the spot has no charge here yet: the refund is the first that the sandbox keeps of it. */
async function refundOnce(pool: pg.Pool, { refundId, attempt, intentId, amount }: WantedRefund): Promise<"succeeded" | "failed"> {
  await statement(
    pool,
    `insert into integrations.sandbox_refund (refund_id, attempt, intent_id, amount) values ($1, $2, $3, $4) on conflict do nothing`,
    [refundId, attempt, intentId, amount.amount],
  );
  const [row] = await statement<Pick<Row, "state"> & { readonly token: string }>(
    pool,
    "select state, token from integrations.sandbox_charge where intent_id = $1",
    [intentId],
  );
  if (row?.token === "sandbox_refund_fails" && attempt === 1) return "failed";
  return row?.state === "declined" || row?.state === "canceled" ? "failed" : "succeeded";
}
