import type { CartId, FulfillmentId, Id, IntentId, OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx, Key, ReadCtx } from "../../platform/index.ts";
import { chargeOf, type PlannedTender } from "../payments/index.ts";
import type { FulfillmentError } from "./errors.ts";
import type { LineUnits, Proof } from "./domain.ts";
import type { WholeFulfillment } from "./queries.ts";

export type HandOverAttemptId = Id<"hand-over attempt">;
type WaitingKey = Pick<Key, "credential" | "route" | "key">;
/** A planned tender as kept: a card by its intent, its token is the intent's. */
export type KeptTender =
  | Exclude<PlannedTender, { kind: "card" }>
  | { readonly kind: "card"; readonly amount: number; readonly intentId: IntentId; readonly tip?: number };

/** A hand-over that may happen, its proof checked and its payment planned; the order is locked. */
export type PreparedHandOver = {
  readonly whole: WholeFulfillment;
  readonly proof: Proof;
  /** Of a part of it; empty: all. */
  readonly units: readonly LineUnits[];
  /** Whether somebody else than its customer takes it. */
  readonly byCollector: boolean;
  readonly tenders: readonly PlannedTender[];
};

/** A hand-over that waits for an outside provider, as kept. */
export type HandOverAttempt = {
  readonly id: HandOverAttemptId;
  readonly fulfillmentId: FulfillmentId;
  readonly orderId: OrderId;
  readonly state: "charging" | "handed_over" | "failed";
  readonly intentIds: readonly IntentId[];
  readonly tenders: readonly KeptTender[];
  readonly proof: Proof;
  readonly units: readonly LineUnits[];
  readonly byCollector: boolean;
  readonly actor: Actor;
  readonly key: WaitingKey | null;
  readonly error: FulfillmentError | null;
  readonly endedAt: Date | null;
  /** Whether the provider has thought for longer than a payment may take, by the database's clock. */
  readonly isOverdue: boolean;
};

/** How long a provider may think before the hand-over is given up and whatever it took goes back. */
const PAYMENT_MINUTES = 15;
const RESUME_SECONDS = 30;

/** When a hand-over that waits is looked at again by itself. */
export const nextLookAtHandOver = (now: Date): Date => new Date(now.getTime() + RESUME_SECONDS * 1000);

/**
 * Keeps a hand-over before its provider is asked: the intents stand, and nobody else takes what is due on its order [FUL-11]. The caller
 * holds the order's lock.
 */
export async function beginHandOver(
  ctx: Ctx,
  handOver: PreparedHandOver,
  provider: string,
  key: WaitingKey | null,
): Promise<HandOverAttemptId> {
  const { fulfillment, currency } = handOver.whole;
  const id = ctx.newId<HandOverAttemptId>();
  const cartId = await cartOf(ctx, fulfillment.order_id);
  const intents: Record<string, unknown>[] = [];
  const tenders = handOver.tenders.map((tender): KeptTender => {
    if (tender.kind !== "card") return tender;
    const { token, ...kept } = tender;
    const intentId = ctx.newId<IntentId>();
    intents.push({ id: intentId, cart_id: cartId, provider, token, currency, amount: chargeOf(tender), at: ctx.now });
    return { ...kept, intentId };
  });
  await sql`select payments.open_intents(${JSON.stringify(intents)}::json)`.execute(ctx.db);
  await sql`
    insert into fulfillment.hand_over_attempt (id, fulfillment_id, order_id, intent_ids, tenders, proof, units, by_collector, actor, request, created_at,
      resume_after)
    values (${id}, ${fulfillment.id}, ${fulfillment.order_id}, ${intents.map((intent) => intent["id"])}::uuid[], ${JSON.stringify(tenders)}::jsonb,
      ${handOver.proof}, ${JSON.stringify(handOver.units)}::jsonb, ${handOver.byCollector}, ${JSON.stringify({ ...ctx.actor, cartToken: null })}::jsonb, ${key && JSON.stringify(key)}::jsonb, ${ctx.now},
      ${nextLookAtHandOver(ctx.now)})`.execute(ctx.db);
  return id;
}

/** Money that is asked for belongs to the order's cart until its tender is written, as at the completion: what is left over is found by it. */
async function cartOf(ctx: Ctx, orderId: OrderId): Promise<CartId> {
  const { rows } = await sql<{ cartId: CartId | null }>`select cart_id as "cartId" from orders.read_state where id = ${orderId}`.execute(
    ctx.db,
  );
  const cartId = rows[0]?.cartId;
  if (!cartId) throw new Error(`order ${orderId} has something due and no cart`);
  return cartId;
}

/** Whether a payment for what is due on an order is being asked for. */
export async function isBeingPaid(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<boolean> {
  const { rows } = await sql`select 1 from fulfillment.hand_over_attempt where order_id = ${orderId} and state = 'charging'`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

const COLUMNS = sql`id, fulfillment_id as "fulfillmentId", order_id as "orderId", state, intent_ids as "intentIds", tenders, proof, units, by_collector as "byCollector", actor,
  request as key, error, ended_at as "endedAt", created_at < now() - make_interval(mins => ${PAYMENT_MINUTES}) as "isOverdue"`;

export async function readHandOverAttempt(ctx: Pick<ReadCtx, "db">, id: HandOverAttemptId): Promise<HandOverAttempt | null> {
  const { rows } = await sql<HandOverAttempt>`select ${COLUMNS} from fulfillment.hand_over_attempt where id = ${id}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** The hand-over that was asked for under an idempotency key, whatever became of it. */
export async function handOverOfKey(ctx: Pick<ReadCtx, "db">, id: FulfillmentId, key: WaitingKey): Promise<HandOverAttempt | null> {
  const { rows } = await sql<HandOverAttempt>`
    select ${COLUMNS} from fulfillment.hand_over_attempt
     where fulfillment_id = ${id} and request ->> 'key' = ${key.key} and request ->> 'credential' = ${key.credential}
       and request ->> 'route' = ${key.route}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** The hand-over that an intent pays, whatever became of it. */
export async function handOverOfIntent(ctx: Pick<ReadCtx, "db">, intentId: IntentId): Promise<HandOverAttempt | null> {
  const { rows } = await sql<HandOverAttempt>`
    select ${COLUMNS} from fulfillment.hand_over_attempt where intent_ids @> ${[intentId]}::uuid[]`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Hand-overs that wait longer than they should: the provider was slow, or the hub was restarted. */
export async function handOversToResume(ctx: Pick<ReadCtx, "db">): Promise<HandOverAttemptId[]> {
  const { rows } = await sql<{ id: HandOverAttemptId }>`
    select id from fulfillment.hand_over_attempt where state = 'charging' and resume_after < now() order by resume_after limit 100`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}

/** Those of some intents that belong to hand-overs which failed: whatever was taken for them goes back. */
export async function intentsOfFailedHandOvers(ctx: Pick<ReadCtx, "db">, open: readonly IntentId[]): Promise<IntentId[]> {
  const { rows } = await sql<{ id: IntentId }>`
    select wanted.id from unnest(${[...open]}::uuid[]) as wanted(id)
    where exists (select 1 from fulfillment.hand_over_attempt where state = 'failed' and intent_ids @> array[wanted.id])`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Ends a hand-over that waited, once: false when it has ended already, and then nothing may follow from it. */
export async function endHandOver(ctx: Ctx, id: HandOverAttemptId, error: FulfillmentError | null): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update fulfillment.hand_over_attempt
       set state = ${error ? "failed" : "handed_over"}, error = ${error && JSON.stringify(error)}::jsonb, ended_at = ${ctx.now}
     where id = ${id} and state = 'charging'`.execute(ctx.db);
  return numAffectedRows > 0n;
}

export async function lookAtHandOverLater(ctx: Ctx, id: HandOverAttemptId): Promise<void> {
  await sql`update fulfillment.hand_over_attempt set resume_after = ${nextLookAtHandOver(ctx.now)}
             where id = ${id} and state = 'charging'`.execute(ctx.db);
}
