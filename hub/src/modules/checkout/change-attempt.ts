import type { Id, IntentId, OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx, ReadCtx } from "../../platform/index.ts";
import type { PlannedTender } from "../payments/index.ts";
import { nextLook, type WaitingKey } from "./attempt.ts";
import type { CheckoutError } from "./errors.ts";
import type { ChangeWish, PreparedChange } from "./prepare-change.ts";

export type ChangeAttemptId = Id<"change attempt">;

/** A change of an order that waits for an outside provider, as kept. */
export type ChangeAttempt = {
  readonly id: ChangeAttemptId;
  readonly orderId: OrderId;
  readonly state: "charging" | "changed" | "failed";
  readonly intentIds: readonly IntentId[];
  /** What was asked; null once it has ended. */
  readonly wish: ChangeWish | null;
  readonly returnPath: string | null;
  readonly actor: Actor;
  readonly error: CheckoutError | null;
  /** Whether the provider has thought for longer than a payment may take, by the database's clock. */
  readonly isOverdue: boolean;
};

/** How long a provider may think before the change is given up and whatever it took goes back. */
const PAYMENT_MINUTES = 15;

type Beginning = {
  readonly prepared: PreparedChange;
  readonly wish: ChangeWish;
  readonly tenders: readonly PlannedTender[];
  readonly provider: string;
  readonly returnPath: string | null;
  readonly key: WaitingKey;
};

/** Keeps a change before its provider is asked: its intents stand, and no other one of the order waits. The caller holds the order's lock. */
export async function beginChange(ctx: Ctx, { prepared, wish, tenders, provider, returnPath, key }: Beginning): Promise<ChangeAttemptId> {
  const { order } = prepared.entry;
  const id = ctx.newId<ChangeAttemptId>();
  const intents = tenders.flatMap((tender) =>
    tender.kind === "card"
      ? [
          {
            id: ctx.newId<IntentId>(),
            cart_id: order.cart_id,
            provider,
            token: tender.token,
            currency: order.currency,
            amount: tender.amount,
            at: ctx.now,
          },
        ]
      : [],
  );
  await sql`select payments.open_intents(${JSON.stringify(intents)}::json)`.execute(ctx.db);
  await sql`
    insert into checkout.change_attempt (id, order_id, record_id, intent_ids, wish, return_path, actor, request, created_at, resume_after)
    values (${id}, ${order.id}, ${order.record_id}, ${intents.map((intent) => intent.id)}::uuid[], ${JSON.stringify(withoutCards(wish))}::jsonb,
      ${returnPath}, ${JSON.stringify({ ...ctx.actor, cartToken: null })}::jsonb, ${JSON.stringify(key)}::jsonb, ${ctx.now}, ${nextLook(ctx.now)})`.execute(
    ctx.db,
  );
  return id;
}

/** A card is in its intent; here only that one pays. */
const withoutCards = (wish: ChangeWish): ChangeWish => ({
  ...wish,
  tenders: wish.tenders.map((tender) => (tender.kind === "card" ? { ...tender, token: "kept with its intent" } : tender)),
});

const COLUMNS = sql`id, order_id as "orderId", state, intent_ids as "intentIds", wish, return_path as "returnPath", actor, error,
  created_at < now() - make_interval(mins => ${PAYMENT_MINUTES}) as "isOverdue"`;

type Reader = Pick<ReadCtx, "db">;

export async function readChangeAttempt(ctx: Reader, id: ChangeAttemptId): Promise<ChangeAttempt | null> {
  const { rows } = await sql<ChangeAttempt>`select ${COLUMNS} from checkout.change_attempt where id = ${id}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** The change that was asked for under an idempotency key, whatever became of it. */
export async function changeOfKey(ctx: Reader, orderId: OrderId, key: WaitingKey): Promise<ChangeAttemptId | null> {
  const { rows } = await sql<{ id: ChangeAttemptId }>`
    select id from checkout.change_attempt where order_id = ${orderId} and request ->> 'key' = ${key.key}
       and request ->> 'credential' = ${key.credential} and request ->> 'route' = ${key.route}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** The change that an intent pays, whatever became of it. */
export async function changeOfIntent(ctx: Reader, intentId: IntentId): Promise<ChangeAttempt | null> {
  const { rows } = await sql<ChangeAttempt>`
    select ${COLUMNS} from checkout.change_attempt where intent_ids @> ${[intentId]}::uuid[]`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Whether a change of an order waits for its payment. */
export async function isChangePaid(ctx: Reader, orderId: OrderId): Promise<boolean> {
  const { rows } = await sql`select 1 from checkout.change_attempt where order_id = ${orderId} and state = 'charging'`.execute(ctx.db);
  return rows.length > 0;
}

/** Changes that wait longer than they should: the provider was slow, or the hub was restarted. */
export async function changesToResume(ctx: Reader): Promise<ChangeAttemptId[]> {
  const { rows } = await sql<{ id: ChangeAttemptId }>`
    select id from checkout.change_attempt where state = 'charging' and resume_after < now() order by resume_after limit 100`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}

/** Those of some intents that belong to changes which failed: whatever was taken for them goes back. */
export async function intentsOfFailedChanges(ctx: Reader, open: readonly IntentId[]): Promise<IntentId[]> {
  const { rows } = await sql<{ id: IntentId }>`
    select wanted.id from unnest(${[...open]}::uuid[]) as wanted(id)
    where exists (select 1 from checkout.change_attempt where state = 'failed' and intent_ids @> array[wanted.id])`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Ends a change that waited, once: false when it has ended already, and then nothing may follow from it. */
export async function endChange(ctx: Ctx, id: ChangeAttemptId, error: CheckoutError | null): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update checkout.change_attempt set state = ${error ? "failed" : "changed"}, error = ${error && JSON.stringify(error)}::jsonb, wish = null, ended_at = ${ctx.now}
     where id = ${id} and state = 'charging'`.execute(ctx.db);
  return numAffectedRows > 0n;
}

export async function lookAtChangeLater(ctx: Ctx, id: ChangeAttemptId): Promise<void> {
  await sql`update checkout.change_attempt set resume_after = ${nextLook(ctx.now)} where id = ${id} and state = 'charging'`.execute(ctx.db);
}
