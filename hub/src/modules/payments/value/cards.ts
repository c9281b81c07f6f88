import type { GiftCardView, SoldGiftCardView, ToppedUpGiftCardView } from "@weft/contracts";
import { err, ok, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import type { Ctx, ReadCtx, Vault } from "../../../platform/index.ts";
import { spellGiftCardCode, type GiftCardId } from "../domain.ts";
import type { PaymentError } from "../errors.ts";
import { cardById, type StandingCard } from "./look-up.ts";

export function presentGiftCard({ id, last4, left, currency, isBlocked, expiresAt }: StandingCard): GiftCardView {
  return { cardId: id, last4, left: { amount: left, currency }, isBlocked, expiresAt: expiresAt?.toISOString() ?? null };
}

/**
 * Blocks a gift card, or lets it pay again; what is on it stays [PAY-14]. Whoever is about to pay with it is decided by who commits first.
 * `reason` null lets it pay again. Errors: `gift_card.unknown`, `gift_card.blocked`, `gift_card.not_blocked`.
 */
export async function setBlocked(ctx: Ctx, id: GiftCardId, reason: string | null): Promise<Result<GiftCardView, PaymentError>> {
  const { rows } = await sql`
    update payments.gift_card set blocked_at = case when ${reason}::text is not null then ${ctx.now}::timestamptz end, blocked_by = ${ctx.actor.staff?.id ?? null},
           block_reason = ${reason}::text
     where id = ${id} and (blocked_at is null) = (${reason}::text is not null) returning id`.execute(ctx.db);
  const card = await cardById(ctx, id);
  if (!card) return err({ code: "gift_card.unknown" });
  if (rows.length === 0) return err({ code: reason === null ? "gift_card.not_blocked" : "gift_card.blocked" });
  await auditWrite(ctx, {
    action: reason === null ? "giftCards.unblock" : "giftCards.block",
    subject: `gift-card/${id}`,
    ...(reason !== null && { reason }),
  });
  return ok(presentGiftCard(card));
}

/** The gift cards that an order sold; `showsCodes` only to those who bought them, and to the till that hands them over. */
export async function cardsSoldBy(
  ctx: Pick<ReadCtx, "db">,
  vault: Vault,
  orderId: OrderId,
  showsCodes: boolean,
): Promise<Omit<SoldGiftCardView, "shown">[]> {
  const { rows } = await sql<StandingCard & { lineId: string; amount: number; sealed: string | null }>`
    select card.id, card.last4, card.currency, ledger.usable(array[card.account_id], now()) as left, card.blocked_at is not null as "isBlocked",
           card.expires_at as "expiresAt", card.line_id as "lineId", card.amount, card.code_sealed as sealed
    from payments.gift_card card where card.order_id = ${orderId} order by card.id`.execute(ctx.db);
  return rows.map(({ lineId, amount, sealed, ...card }) => {
    const code = showsCodes && sealed !== null && !card.isBlocked ? vault.open(sealed) : null;
    return {
      ...presentGiftCard(card),
      orderLineId: lineId,
      amount: { amount, currency: card.currency },
      code: code && spellGiftCardCode(code),
    };
  });
}

/** The gift cards that an order topped up, as they stand now; whoever may see the order sees no code. */
export async function cardsToppedUpBy(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<ToppedUpGiftCardView[]> {
  const { rows } = await sql<StandingCard & { lineId: string; amount: number }>`
    select card.id, card.last4, card.currency, ledger.usable(array[card.account_id], now()) as left, card.blocked_at is not null as "isBlocked",
           card.expires_at as "expiresAt", t.line_id as "lineId", t.amount
    from payments.gift_card_top_up t join payments.gift_card card on card.id = t.card_id where t.order_id = ${orderId} order by t.id`.execute(
    ctx.db,
  );
  return rows.map(({ lineId, amount, ...card }) => ({
    ...presentGiftCard(card),
    orderLineId: lineId,
    amount: { amount, currency: card.currency },
  }));
}
