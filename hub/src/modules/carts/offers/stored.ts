import type { CartId, ChannelId, PlaceId, RecordId, StaffId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { offerState, type CartState, type OfferFacts, type OfferId, type OfferKind, type OfferState } from "../domain/index.ts";
import { hashOf } from "../tokens.ts";

/** An offer as kept, with what its cart says of it. */
export type StoredOffer = {
  readonly id: OfferId;
  readonly cartId: CartId;
  readonly kind: OfferKind;
  readonly number: string;
  readonly holderId: string;
  readonly mayChange: boolean;
  readonly holdsStock: boolean;
  readonly note: string | null;
  readonly total: number;
  readonly currency: string;
  readonly staffId: StaffId;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly madeAt: Date;
  readonly offeredAt: Date;
  readonly validUntil: Date;
  readonly endedBecause: OfferFacts["endedBecause"];
  readonly reason: string | null;
  readonly recordId: RecordId;
  readonly cartState: CartState;
  readonly orderId: string | null;
  readonly companyName: string | null;
  readonly customer: { readonly id: string; readonly givenName: string | null; readonly known: boolean } | null;
};

const COLUMNS = sql`o.id, o.cart_id as "cartId", o.kind, o.number, o.holder_id as "holderId", o.may_change as "mayChange", o.holds_stock as "holdsStock", o.note,
  o.total::float8 as total, o.currency, o.staff_id as "staffId", o.channel_id as "channelId", o.place_id as "placeId", o.made_at as "madeAt", o.offered_at as "offeredAt",
  o.valid_until as "validUntil", o.ended_because as "endedBecause", o.reason, c.record_id as "recordId", c.state as "cartState", c.order_id as "orderId",
  (select n.name from companies.read_name n where n.id = c.company_id) as "companyName", customers.brief(c.record_id) as customer`;

type Reader = Pick<ReadCtx, "db">;

const offersWhere = (ctx: Reader, where: RawBuilder<unknown>) =>
  sql<StoredOffer>`select ${COLUMNS} from carts.offer o join carts.cart c on c.id = o.cart_id ${where}`.execute(ctx.db);

export async function offerById(ctx: Reader, id: OfferId): Promise<StoredOffer | undefined> {
  return (await offersWhere(ctx, sql`where o.id = ${id}`)).rows[0];
}

/** The offer whose link has this token. */
export async function offerByToken(ctx: Reader, token: string): Promise<StoredOffer | undefined> {
  return (await offersWhere(ctx, sql`where o.token_hash = ${hashOf(token)}`)).rows[0];
}

/** The offers of a cart, newest first. */
export async function offersOfCart(ctx: Reader, cartId: CartId): Promise<StoredOffer[]> {
  return (await offersWhere(ctx, sql`where o.cart_id = ${cartId} order by o.made_at desc, o.id desc limit 50`)).rows;
}

/** What stands of the proposals to a customer, over all their records, newest first [CRT-41]. */
export async function proposalsOf(ctx: Pick<ReadCtx, "db" | "now">, recordIds: readonly RecordId[]): Promise<StoredOffer[]> {
  return (
    await offersWhere(
      ctx,
      sql`where o.kind = 'proposal' and c.record_id = any (${[...recordIds]}::uuid[]) and o.ended_at is null and c.state in ('open', 'checkout')
        and o.valid_until > ${ctx.now} order by o.made_at desc limit 20`,
    )
  ).rows;
}

export type OfferCursor = readonly [madeAt: string, id: string];
export type OfferFilter = {
  readonly limit: number;
  readonly after: OfferCursor | null;
  readonly state: OfferState | undefined;
  readonly kind: OfferKind | undefined;
  /** Staff of some places see what is to be handed over there; none: everything. */
  readonly placeIds: readonly PlaceId[];
};

/** Offers by their states, newest first; one more than asked for, so that a page knows whether there is another. */
export async function listOffers(ctx: Pick<ReadCtx, "db" | "now">, filter: OfferFilter): Promise<StoredOffer[]> {
  const { after, state, kind, placeIds, limit } = filter;
  const { rows } = await offersWhere(
    ctx,
    sql`where (${after === null} or (o.made_at, o.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
      and (${kind ?? null}::text is null or o.kind = ${kind ?? null})
      and (cardinality(${[...placeIds]}::uuid[]) = 0 or o.place_id is null or o.place_id = any (${[...placeIds]}::uuid[]))
      and ${state ? inState(state, ctx.now) : sql`true`}
      order by o.made_at desc, o.id desc limit ${limit + 1}`,
  );
  return rows;
}

/** The rows of a state, as `offerState` says it; a test holds both against each other. */
function inState(state: OfferState, now: Date): RawBuilder<unknown> {
  const given = sql`c.state in ('abandoned', 'merged')`;
  const stands = sql`o.ended_because is null and c.state in ('open', 'checkout')`;
  switch (state) {
    case "declined":
    case "taken":
    case "replaced":
      return sql`o.ended_because = ${state}`;
    case "revoked":
      return sql`(o.ended_because in ('revoked', 'erased') or o.ended_because is null and ${given})`;
    case "ordered":
      return sql`o.ended_because is null and c.state = 'completed'`;
    case "paying":
      return sql`o.ended_because is null and c.state = 'completing'`;
    case "expired":
      return sql`${stands} and o.valid_until <= ${now}`;
    case "open":
      return sql`${stands} and o.valid_until > ${now}`;
  }
}

export const stateOfOffer = (offer: StoredOffer, at: Date): OfferState => offerState(offer, at);
