import { err, ok, type LineId, type Money, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { OrderChangeOffered } from "../../orders/events.ts";
import { isChangePaid } from "../change-attempt.ts";
import { differenceOf } from "../change-order.ts";
import { stockUses } from "../domain/index.ts";
import type { CheckoutError } from "../errors.ts";
import { prepareChange, type ChangeLinkId, type ChangeWish, type KeptByLink, type PreparedChange } from "../prepare-change.ts";
import { giveBackHeld, outdateChangeLink, tellOrder } from "./end.ts";
import { changeLinkById, keepChangeLink, type ChangeLink } from "./stored.ts";

/** A link stands so long at most. */
export const LONGEST_LINK_DAYS = 14;
/** Longer than a provider may think: who began to pay in time has the goods kept until their bank has answered. */
const PAYING_MINUTES = 20;

type Terms = { readonly wish: ChangeWish; readonly expectedDifference: Money; readonly validUntil: Date };

/**
 * Offers a change of an order that costs more to whoever pays it, by a link [CHK-27]: what comes is held and keeps its price until the end, and nothing
 * is changed before it is paid. An earlier link of the order is replaced. Errors: those of `prepareChange`, `order.difference_changed`,
 * `order.link_refused`, `order.being_paid`, `stock.insufficient`. Publishes `order.change_offered.v1`.
 */
export async function makeChangeLink(ctx: Ctx, vault: Vault, orderId: OrderId, terms: Terms): Promise<Result<ChangeLink, CheckoutError>> {
  const { wish, expectedDifference: expected, validUntil } = terms;
  const days = (validUntil.getTime() - ctx.now.getTime()) / 86_400_000;
  if (days <= 0 || days > LONGEST_LINK_DAYS) return err({ code: "order.link_refused", because: "end" });
  await sql`select orders.lock(${orderId})`.execute(ctx.db);
  if (await isChangePaid(ctx, orderId)) return err({ code: "order.being_paid" });
  const before = await outdateChangeLink(ctx, orderId);
  if (before) await giveBackHeld(ctx, before);
  const prepared = await prepareChange(ctx, orderId, wish);
  if (!prepared.ok) return prepared;
  const difference = differenceOf(prepared.value);
  if (expected.amount !== difference.amount || expected.currency !== difference.currency)
    return err({ code: "order.difference_changed", expected, difference });
  if (difference.amount <= 0) return err({ code: "order.link_refused", because: "nothing_to_pay" });
  const id = ctx.newId<ChangeLinkId>();
  const held = await hold(ctx, id, prepared.value, validUntil);
  if (!held.ok) return held;
  const link = { id, madeAt: ctx.now.toISOString(), until: validUntil.toISOString(), lines: keptLines(prepared.value) };
  const { record_id: recordId } = prepared.value.entry.order;
  const { amount, currency } = difference;
  await keepChangeLink(ctx, vault, {
    id,
    orderId,
    recordId,
    difference: amount,
    currency,
    validUntil,
    wish: { ...wish, link, version: null, expectedDifference: difference },
  });
  return offered(ctx, prepared.value, { id, orderId, validUntil });
}

type Made = { readonly id: ChangeLinkId; readonly orderId: OrderId; readonly validUntil: Date };

async function offered(ctx: Ctx, { entry }: PreparedChange, { id, orderId, validUntil }: Made): Promise<Result<ChangeLink, CheckoutError>> {
  const { record_id: recordId, place_id: placeId } = entry.order;
  await auditWrite(ctx, { action: "orders.offerChange", subject: `order/${orderId}` });
  await publish(ctx, OrderChangeOffered, `order/${orderId}`, {
    orderId,
    linkId: id,
    recordId,
    placeId,
    validUntil: validUntil.toISOString(),
  });
  await tellOrder(ctx, orderId);
  const link = await changeLinkById(ctx, id);
  return link ? ok(link) : err({ code: "order.unknown" });
}

/** What comes, with the id and the price that it is offered with. */
function keptLines({ cart, assessed }: PreparedChange): KeptByLink["lines"] {
  return (assessed?.lines ?? []).map(({ id, priced }) => ({
    id,
    price: priced && cart ? { ...priceOf(priced), channelId: cart.sellingChannelId } : null,
  }));
}

function priceOf({
  unitPrice,
  listId,
  taxIncluded,
  minQuantity,
}: NonNullable<NonNullable<PreparedChange["assessed"]>["lines"][number]["priced"]>) {
  return { unitPrice, listId, taxIncluded, minQuantity };
}

/** Holds the counted goods that come, by the id of the link, until it ends and whoever began to pay in time is through [STK-1]. */
async function hold(ctx: Ctx, id: ChangeLinkId, { assessed, target }: PreparedChange, until: Date): Promise<Result<null, CheckoutError>> {
  const uses = assessed && target ? stockUses({ assessed, fulfillment: { placeId: target.fulfillment.place_id } }) : [];
  if (uses.length === 0) return ok(null);
  const minutes = Math.ceil((until.getTime() - ctx.now.getTime()) / 60_000) + PAYING_MINUTES;
  const { rows } = await sql<{ lineId: LineId; granted: boolean; available: number }>`
    select line_id as "lineId", granted, available
      from stock.hold_lines(${id}, ${uses.map(({ lineId }) => lineId)}::uuid[], ${uses.map(({ variantId }) => variantId)}::uuid[],
        ${uses.map(({ placeId }) => placeId)}::uuid[], ${uses.map(({ quantity }) => quantity)}::int[], ${minutes}, ${minutes})`.execute(
    ctx.db,
  );
  const short = rows.find(({ granted }) => !granted);
  const use = short && uses.find(({ lineId }) => lineId === short.lineId);
  return short && use
    ? err({ code: "stock.insufficient", variantId: use.variantId, requested: use.quantity, available: short.available })
    : ok(null);
}
