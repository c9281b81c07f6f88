import type { ListedGiftCardView } from "@weft/contracts";
import type { OrderId, PlaceId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import { isGiftCardCode, normalizeGiftCardCode, type GiftCardId } from "../domain.ts";
import { giftCardMac, type StandingCard } from "./look-up.ts";

export type GiftCardState = ListedGiftCardView["state"];

/** A gift card as the office knows it: never its code. */
export type KnownCard = StandingCard & {
  readonly state: GiftCardState;
  /** What was paid for it and onto it, in minor units. */
  readonly amount: number;
  readonly issuedAt: Date;
  readonly orderId: OrderId;
  readonly placeId: PlaceId | null;
  readonly blockedAt: Date | null;
  readonly blockReason: string | null;
};

export type CardFilter = {
  /** A whole code, or up to four letters of its end. */
  readonly query: string | null;
  readonly state: GiftCardState | null;
  readonly after: readonly [issuedAt: string, id: string] | null;
  readonly limit: number;
};

const CARDS = sql`
  select card.id, card.last4, card.currency, stands.left, card.blocked_at is not null as "isBlocked", card.expires_at as "expiresAt",
         card.amount + (select coalesce(sum(t.amount), 0) from payments.gift_card_top_up t where t.card_id = card.id)::bigint as amount,
         card.issued_at as "issuedAt", card.order_id as "orderId", card.place_id as "placeId", card.blocked_at as "blockedAt",
         card.block_reason as "blockReason", stands.state
    from payments.gift_card card
    cross join lateral (select ledger.usable(array[card.account_id], now()) as left) value
    cross join lateral (select value.left, case when card.blocked_at is not null then 'blocked' when card.expires_at <= now() then 'expired'
                                                when value.left = 0 then 'empty' else 'open' end as state) stands`;

/** Gift cards, newest first; also by the end of a code that one had before it was lost. */
export async function listCards(ctx: Pick<ReadCtx, "db">, vault: Vault, { query, state, after, limit }: CardFilter): Promise<KnownCard[]> {
  const [at, id] = after ?? [null, null];
  const { rows } = await sql<KnownCard>`${CARDS}
   where ${matching(vault, query)} and (${state}::text is null or stands.state = ${state})
     and (${at}::timestamptz is null or (card.issued_at, card.id) < (${at}::timestamptz, ${id}::uuid))
   order by card.issued_at desc, card.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

function matching(vault: Vault, query: string | null) {
  if (query === null) return sql`true`;
  if (isGiftCardCode(query)) {
    const mac = giftCardMac(vault, query);
    return sql`(card.code_mac = ${mac} or card.id in (select card_id from payments.gift_card_code where code_mac = ${mac}))`;
  }
  const end = normalizeGiftCardCode(query).slice(-4);
  const ends = end.length === 4 ? sql`= ${end}` : sql`like ${`%${end}`}`;
  return sql`(card.last4 ${ends} or card.id in (select card_id from payments.gift_card_code where last4 ${ends}))`;
}

/** A card with the codes it had before and what came and went, newest first. */
export type CardHistory = KnownCard & {
  readonly replaced: readonly { readonly at: Date; readonly last4: string; readonly reason: string }[];
  readonly entries: readonly {
    readonly id: TransferId;
    readonly at: Date;
    readonly amount: number;
    readonly because: { readonly kind: string; readonly data?: Record<string, unknown> };
    readonly orderId: OrderId | null;
  }[];
};

/** One gift card with its history; undefined when there is none. */
export async function cardHistory(ctx: Pick<ReadCtx, "db">, id: GiftCardId): Promise<CardHistory | undefined> {
  const { rows } = await sql<KnownCard>`${CARDS} where card.id = ${id}`.execute(ctx.db);
  if (!rows[0]) return undefined;
  const { rows: replaced } = await sql<CardHistory["replaced"][number]>`
    select replaced_at as at, last4, reason from payments.gift_card_code where card_id = ${id} order by replaced_at desc`.execute(ctx.db);
  const { rows: entries } = await sql<CardHistory["entries"][number]>`
    select m.txn_id as id, m.at, m.amount, m.because, (m.because -> 'data' ->> 'orderId')::uuid as "orderId"
      from ledger.read_value_movement m where m.card_id = ${id} order by m.txn_id desc limit 200`.execute(ctx.db);
  return { ...rows[0], replaced, entries };
}
