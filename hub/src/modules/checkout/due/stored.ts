import type { CartId, FulfillmentId, Id, IntentId, OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { openDueIntent } from "../../payments/index.ts";
import { nextLook, type WaitingKey } from "../attempt.ts";
import type { CheckoutError } from "../errors.ts";

export type DuePaymentId = Id<"due payment">;

/** A payment of what is due on an order, as kept. */
export type DuePayment = {
  readonly id: DuePaymentId;
  readonly orderId: OrderId;
  /** The part that is about to leave, for which a kept card is charged; null: its customer pays. */
  readonly fulfillmentId: FulfillmentId | null;
  readonly state: "charging" | "paid" | "failed";
  readonly intentIds: readonly [IntentId];
  readonly returnPath: string | null;
  readonly error: CheckoutError | null;
  /** Whether the provider has thought for longer than a payment may take, by the database's clock. */
  readonly isOverdue: boolean;
};

/** How long a provider may think before the payment is given up and whatever it took goes back. */
const PAYMENT_MINUTES = 15;

type Reader = Pick<ReadCtx, "db">;

const COLUMNS = sql`id, order_id as "orderId", fulfillment_id as "fulfillmentId", state, array[intent_id] as "intentIds", return_path as "returnPath", error,
  created_at < now() - make_interval(mins => ${PAYMENT_MINUTES}) as "isOverdue"`;

export type NewDuePayment = {
  readonly orderId: OrderId;
  readonly cartId: CartId;
  readonly fulfillmentId: FulfillmentId | null;
  readonly provider: string;
  readonly token: string;
  readonly amount: number;
  readonly currency: string;
  readonly returnPath: string | null;
  readonly key: WaitingKey | null;
};

/**
 * Keeps a payment before its provider is asked: its intent stands, and no other one of the order waits. Null when a kept card was asked for that part
 * before. The caller holds the order's lock.
 */
export async function beginDuePayment(ctx: Ctx, wanted: NewDuePayment): Promise<DuePaymentId | null> {
  const [id, intentId] = [ctx.newId<DuePaymentId>(), ctx.newId<IntentId>()];
  const { orderId, fulfillmentId, returnPath, key } = wanted;
  const { numAffectedRows = 0n } = await sql`
    insert into checkout.due_payment (id, order_id, fulfillment_id, intent_id, return_path, request, created_at, resume_after)
    values (${id}, ${orderId}, ${fulfillmentId}, ${intentId}, ${returnPath}, ${key && JSON.stringify(key)}::jsonb, ${ctx.now}, ${nextLook(ctx.now)})
    on conflict (fulfillment_id) do nothing`.execute(ctx.db);
  if (numAffectedRows === 0n) return null;
  await openDueIntent(ctx, { ...wanted, id: intentId });
  return id;
}

export async function readDuePayment(ctx: Reader, id: DuePaymentId): Promise<DuePayment | null> {
  const { rows } = await sql<DuePayment>`select ${COLUMNS} from checkout.due_payment where id = ${id}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** The payment that was asked for under an idempotency key, whatever became of it. */
export async function dueOfKey(ctx: Reader, orderId: OrderId, key: WaitingKey): Promise<DuePaymentId | null> {
  const { rows } = await sql<{ id: DuePaymentId }>`
    select id from checkout.due_payment where order_id = ${orderId} and request ->> 'key' = ${key.key}
       and request ->> 'credential' = ${key.credential} and request ->> 'route' = ${key.route}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** The payment that an intent is for, whatever became of it. */
export async function dueOfIntent(ctx: Reader, intentId: IntentId): Promise<DuePayment | null> {
  const { rows } = await sql<DuePayment>`select ${COLUMNS} from checkout.due_payment where intent_id = ${intentId}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Whether a payment of what is due on an order waits for its provider. */
export async function isDuePaid(ctx: Reader, orderId: OrderId): Promise<boolean> {
  const { rows } = await sql`select 1 from checkout.due_payment where order_id = ${orderId} and state = 'charging'`.execute(ctx.db);
  return rows.length > 0;
}

/** Payments that wait longer than they should: the provider was slow, or the hub was restarted. */
export async function duesToResume(ctx: Reader): Promise<DuePaymentId[]> {
  const { rows } = await sql<{ id: DuePaymentId }>`
    select id from checkout.due_payment where state = 'charging' and resume_after < now() order by resume_after limit 100`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Those of some intents that belong to payments which failed: whatever was taken for them goes back. */
export async function intentsOfFailedDues(ctx: Reader, open: readonly IntentId[]): Promise<IntentId[]> {
  const { rows } = await sql<{ id: IntentId }>`
    select intent_id as id from checkout.due_payment where state = 'failed' and intent_id = any(${[...open]}::uuid[])`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Ends a payment that waited, once: false when it has ended already, and then nothing may follow from it. */
export async function endDuePayment(ctx: Ctx, id: DuePaymentId, error: CheckoutError | null): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update checkout.due_payment set state = ${error ? "failed" : "paid"}, error = ${error && JSON.stringify(error)}::jsonb, ended_at = ${ctx.now}
     where id = ${id} and state = 'charging'`.execute(ctx.db);
  return numAffectedRows > 0n;
}

export async function lookAtDueLater(ctx: Ctx, id: DuePaymentId): Promise<void> {
  await sql`update checkout.due_payment set resume_after = ${nextLook(ctx.now)} where id = ${id} and state = 'charging'`.execute(ctx.db);
}
