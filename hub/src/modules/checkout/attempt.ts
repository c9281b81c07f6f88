import type { CartId, Id, IntentId, OrderId, RecordId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx, Key, ReadCtx } from "../../platform/index.ts";
import { holdBookings } from "../bookings/index.ts";
import { holdPricesUntil } from "../carts/index.ts";
import { chargeOf } from "../payments/index.ts";
import { takeSlot, type WantedHold } from "../promises/index.ts";
import { waitInCart } from "../stock/index.ts";
import { ownSlot, stockUses, waysOf, type SaleActor, type SaleMode, type SaleRequest } from "./domain/index.ts";
import { isCard } from "./complete-sale.ts";
import type { CheckoutError } from "./errors.ts";
import type { PreparedSale } from "./prepare-sale.ts";

export type AttemptId = Id<"completion attempt">;
/** The idempotency key that waits for the answer. */
export type WaitingKey = Pick<Key, "credential" | "route" | "key">;

/** A completion that waits for an outside provider, as kept. */
export type Attempt = {
  readonly id: AttemptId;
  readonly cartId: CartId;
  readonly recordId: RecordId;
  readonly state: "charging" | "placed" | "failed";
  readonly intentIds: readonly IntentId[];
  /** What was asked; null once it has ended. */
  readonly request: SaleRequest | null;
  readonly actor: SaleActor;
  /** A sale at a till whose goods were short already when it began is recorded, whatever the stock says at its end. */
  readonly mode: SaleMode;
  /** Something of it is charged when it leaves: the card agrees and is kept [CHK-54]. */
  readonly keepsCard: boolean;
  /** Who takes goods back for it; null where none come back. */
  readonly by: Actor | null;
  readonly key: WaitingKey | null;
  readonly error: CheckoutError | null;
  readonly orderId: OrderId | null;
  /** Whether the provider has thought for longer than a payment may take, by the database's clock. */
  readonly isOverdue: boolean;
};

/** How long a provider may think before the attempt is given up and whatever it took is given back. */
const PAYMENT_MINUTES = 15;
/** What the cart needs, and what it was shown for, is held longer than that [CHK-3]. */
const HOLD_MINUTES = PAYMENT_MINUTES + 5;
const RESUME_SECONDS = 30;

/** When an attempt is looked at again by itself. */
export const nextLook = (now: Date): Date => new Date(now.getTime() + RESUME_SECONDS * 1000);

/** How the money of a completion is taken, and what of its goods need not be held. */
export type Taking = { readonly provider: string; readonly keepsCard: boolean; readonly restocked?: readonly VariantId[] };

/**
 * Keeps a completion before its provider is asked: the cart is `completing`, its goods are held, the intents stand [CHK-3].
 * Raises what `writeSale` understands when the cart changed or stock is short.
 */
export async function beginAttempt(
  ctx: Ctx,
  sale: PreparedSale,
  { provider, keepsCard, restocked = [] }: Taking,
  key: WaitingKey | null,
): Promise<AttemptId> {
  const id = ctx.newId<AttemptId>();
  const { cart, assessed } = sale;
  const intents = sale.tenders.filter(isCard).map((tender) => ({
    id: ctx.newId<IntentId>(),
    cart_id: cart.id,
    provider,
    token: tender.token,
    currency: assessed.priced.currency,
    amount: chargeOf(tender),
    at: ctx.now,
  }));
  const row = {
    id,
    intent_ids: intents.map((intent) => intent.id),
    record_id: cart.recordId,
    body: { ...withoutCodes(sale), mode: sale.mode, keepsCard, ...(sale.request.brought && { by: { ...ctx.actor, cartToken: null } }) },
    actor: sale.actor,
    request: key,
    created_at: ctx.now,
    resume_after: nextLook(ctx.now),
  };
  await holdSlots(ctx, sale);
  // What a till sells is in the customer's hand: where the shelf says no, there is nothing to hold.
  // So is what the customer has just put on the counter and takes again.
  const uses = sale.mode === "recorded" ? [] : stockUses(sale).filter(({ variantId }) => !restocked.includes(variantId));
  await sql`
    select checkout.begin(${JSON.stringify(row)}::json, ${cart.id}, ${cart.version}, ${JSON.stringify(intents)}::json,
      ${uses.map(({ heldAs }) => heldAs)}::uuid[], ${uses.map(({ variantId }) => variantId)}::uuid[],
      ${uses.map(({ placeId }) => placeId)}::uuid[], ${uses.map(({ quantity }) => quantity)}::integer[], ${HOLD_MINUTES})`.execute(ctx.db);
  if (uses.length > 0 && assessed.waits.length > 0) await waitInCart(ctx, cart.id, assessed.waits, HOLD_MINUTES);
  const booked = assessed.lines.flatMap(({ id: lineId, booked: time }) => (time ? [lineId] : []));
  if (booked.length > 0) await holdBookings(ctx, booked, new Date(ctx.now.getTime() + HOLD_MINUTES * 60_000));
  await holdPricesUntil(ctx, cart, assessed, new Date(ctx.now.getTime() + HOLD_MINUTES * 60_000));
  return id;
}

/** Its slots are held as long as its goods [CHK-3]; before them and in one order, because whoever is not asked outside takes both in this order. */
async function holdSlots(ctx: Ctx, sale: PreparedSale): Promise<void> {
  const { cart, assessed } = sale;
  const hold = { cartId: cart.id, until: new Date(ctx.now.getTime() + HOLD_MINUTES * 60_000) };
  const own = ownSlot(sale, waysOf(sale).own).slot;
  const away = assessed.slots.filter(({ heldAs }) => heldAs !== own?.held_as && heldAs !== cart.id);
  const wanted = away.map(({ heldAs, placeId, startsAt, taken }): WantedHold => {
    const enforce = sale.mode === "live";
    return { heldAs, placeId, startsAt, taken: { ...taken, enforce } };
  });
  if (own) {
    const { held_as: heldAs, starts_at: startsAt, ...taken } = own;
    wanted.push({ heldAs, placeId: sale.fulfillment.placeId, startsAt, taken });
  }
  for (const { heldAs, ...slot } of wanted.toSorted(bySlot)) await takeSlot(ctx, { id: heldAs, heldAs, ...slot, hold });
}

const bySlot = (a: WantedHold, b: WantedHold): number =>
  a.placeId === b.placeId ? a.startsAt.getTime() - b.startsAt.getTime() : a.placeId < b.placeId ? -1 : 1;

/**
 * What was asked, with each gift card by its id: a code is money, and is not kept. Those that pay nothing are left out. Money of goods that come back
 * moves when they do.
 */
function withoutCodes({ request: { moved: _, ...request }, tenders }: PreparedSale): SaleRequest {
  const others = request.tenders.filter(({ kind }) => kind !== "gift_card");
  return { ...request, tenders: [...others, ...tenders.filter(({ kind }) => kind === "gift_card")] };
}

type Row = Omit<Attempt, "request" | "mode" | "keepsCard" | "by"> & { readonly body: StoredRequest | null };
type StoredRequest = Omit<SaleRequest, "fulfillment"> & {
  readonly fulfillment: Omit<SaleRequest["fulfillment"], "dueAt"> & { readonly dueAt: string | null };
  readonly mode: SaleMode;
  readonly keepsCard: boolean;
  readonly by?: Actor;
};

const COLUMNS = sql`id, cart_id as "cartId", record_id as "recordId", state, intent_ids as "intentIds", body, actor, request as key, error,
  order_id as "orderId",
  created_at < now() - make_interval(mins => ${PAYMENT_MINUTES}) as "isOverdue"`;

function toAttempt({ body, ...row }: Row): Attempt {
  const dueAt = body?.fulfillment.dueAt ? new Date(body.fulfillment.dueAt) : null;
  if (!body) return { ...row, mode: "live", keepsCard: false, by: null, request: null };
  const { mode, keepsCard, by = null, ...request } = body;
  return { ...row, mode, keepsCard, by, request: { ...request, fulfillment: { ...request.fulfillment, dueAt } } };
}

export async function readAttempt(ctx: Pick<ReadCtx, "db">, id: AttemptId): Promise<Attempt | null> {
  const { rows } = await sql<Row>`select ${COLUMNS} from checkout.attempt where id = ${id}`.execute(ctx.db);
  return rows[0] ? toAttempt(rows[0]) : null;
}

/** The attempt whose answer waits under an idempotency key, if it has not ended. */
export async function attemptOfKey(ctx: Pick<ReadCtx, "db">, cartId: CartId, key: WaitingKey): Promise<AttemptId | null> {
  const { rows } = await sql<{ id: AttemptId }>`
    select id from checkout.attempt where cart_id = ${cartId} and state = 'charging' and request ->> 'key' = ${key.key}
       and request ->> 'credential' = ${key.credential} and request ->> 'route' = ${key.route}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** The attempt of a cart that waits for its provider, if there is one. */
export async function waitingAttemptOf(ctx: Pick<ReadCtx, "db">, cartId: CartId): Promise<AttemptId | null> {
  const { rows } = await sql<{ id: AttemptId }>`select id from checkout.attempt where cart_id = ${cartId} and state = 'charging'`.execute(
    ctx.db,
  );
  return rows[0]?.id ?? null;
}

/** The attempt that an intent belongs to, whatever became of it. */
export async function attemptOfIntent(ctx: Pick<ReadCtx, "db">, cartId: CartId, intentId: IntentId): Promise<AttemptId | null> {
  const { rows } = await sql<{ id: AttemptId }>`
    select id from checkout.attempt where cart_id = ${cartId} and ${intentId} = any(intent_ids)`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** Attempts that wait longer than they should: the provider was slow, or the hub was restarted. */
export async function attemptsToResume(ctx: Pick<ReadCtx, "db">): Promise<AttemptId[]> {
  const { rows } = await sql<{ id: AttemptId }>`
    select id from checkout.attempt where state = 'charging' and resume_after < now() order by resume_after limit 100`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Ends an attempt as placed; false when it has ended already, and then the order must not be written. */
export async function markPlaced(ctx: Ctx, id: AttemptId, orderId: OrderId): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update checkout.attempt set state = 'placed', order_id = ${orderId}, body = null, ended_at = ${ctx.now}
    where id = ${id} and state = 'charging'`.execute(ctx.db);
  return numAffectedRows > 0n;
}

/** Ends an attempt as failed: the cart takes changes again and holds nothing [CHK-5]. False when it has ended already. */
export async function markFailed(ctx: Ctx, id: AttemptId, error: CheckoutError): Promise<boolean> {
  const { rows } = await sql<{ failed: boolean }>`
    select checkout.fail(${id}, ${JSON.stringify(error)}::jsonb, ${ctx.now}) as failed`.execute(ctx.db);
  return rows[0]?.failed ?? false;
}

export async function lookAgainLater(ctx: Ctx, id: AttemptId): Promise<void> {
  await sql`update checkout.attempt set resume_after = ${nextLook(ctx.now)} where id = ${id} and state = 'charging'`.execute(ctx.db);
}
