import type { LocalizedText } from "@weft/contracts";
import type { CartId, ChannelId, Id, LineId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { planTaken, type SentUnits, type TakenUnits } from "./domain.ts";
import { RoundChanged } from "./events.ts";

export type RoundId = Id<"round">;

/** Units of a line that go to the stations now, in the words that they read. */
export type LineToSend = {
  readonly lineId: LineId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly options: readonly { readonly name: LocalizedText }[];
  readonly unit: string;
  readonly note: string | null;
  readonly quantity: number;
};

export type NewRound = {
  readonly cartId: CartId;
  readonly recordId: RecordId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly table: string;
  /** 0: at once. */
  readonly course: number;
  readonly lines: readonly LineToSend[];
  /** Seconds of work, by the preparation times of what is sent. */
  readonly workSeconds: number;
};

/** Sends lines of a table to the stations of its place [TBL-5]. The caller holds the lock of the cart. Publishes `fulfillment.round_changed.v1`. */
export async function sendRound(ctx: Ctx, round: NewRound): Promise<void> {
  const id = ctx.newId<RoundId>();
  await sql`
    insert into fulfillment.round (id, cart_id, record_id, place_id, channel_id, course, staff_id, sent_at)
    values (${id}, ${round.cartId}, ${round.recordId}, ${round.placeId}, ${round.channelId}, ${round.course},
            ${ctx.actor.staff?.id ?? null}, ${ctx.now})`.execute(ctx.db);
  const lines = round.lines.map(({ lineId, ...line }, position) => ({ line_id: lineId, position, ...line }));
  await sql`
    insert into fulfillment.round_line (round_id, line_id, cart_id, table_name, position, sku, name, options, unit, note, quantity)
    select ${id}, line_id, ${round.cartId}, ${round.table}, position, sku, name, options, unit, note, quantity
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as l (line_id uuid, position smallint, sku text, name jsonb, options jsonb, unit text, note text, quantity integer)`.execute(
    ctx.db,
  );
  const { cartId, placeId, workSeconds } = round;
  await publish(ctx, RoundChanged, `cart/${cartId}`, { roundId: id, cartId, placeId, what: "sent", workSeconds, isAll: false });
}

/** Units of each line of a cart that are at the stations or came from them; what was taken off again does not count. */
export async function sentOf(ctx: Pick<ReadCtx, "db">, cartIds: readonly CartId[]): Promise<Map<LineId, number>> {
  const { rows } = await sql<{ lineId: LineId; quantity: number }>`
    select l.line_id as "lineId", sum(l.quantity - l.taken)::integer as quantity
      from fulfillment.round_line l where l.cart_id = any (${[...cartIds]}::uuid[]) group by l.line_id having sum(l.quantity - l.taken) > 0`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ lineId, quantity }) => [lineId, quantity]));
}

/**
 * Tells the stations what of a cart was sent and is not on it any more [TBL-7]: `left` are the units that it has by line. Answers what was taken
 * off now, nothing when all that was sent is still on it. The caller holds the lock of the cart. Publishes `fulfillment.round_changed.v1`.
 */
export async function takeOffSent(ctx: Ctx, cartId: CartId, left: ReadonlyMap<LineId, number>): Promise<readonly TakenUnits[]> {
  const { rows } = await sql<SentUnits & { placeId: PlaceId }>`
    select r.id as "roundId", r.place_id as "placeId", l.line_id as "lineId", l.sku, l.quantity - l.taken as quantity
      from fulfillment.round r join fulfillment.round_line l on l.round_id = r.id
     where l.cart_id = ${cartId} and l.quantity > l.taken order by r.sent_at desc, r.id desc, l.line_id`.execute(ctx.db);
  const taken = planTaken(rows, left);
  for (const { roundId, lineId, quantity } of taken)
    await sql`
      update fulfillment.round_line set taken = taken + ${quantity} where round_id = ${roundId} and line_id = ${lineId}`.execute(ctx.db);
  const places = new Map(rows.map(({ roundId, placeId }) => [roundId, placeId]));
  for (const [roundId, placeId] of places)
    if (taken.some((one) => one.roundId === roundId))
      await publish(ctx, RoundChanged, `cart/${cartId}`, { roundId, cartId, placeId, what: "taken_off", isAll: false });
  return taken;
}

/** Forgets what was said about lines of erased people; what was made stays, without a word of theirs. Runs before their carts are given up. */
export async function eraseRounds(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const records = sql`${[...recordIds]}::uuid[]`;
  await sql`
    update fulfillment.round_line l set note = null from fulfillment.round r
     where r.id = l.round_id and l.note is not null and (r.record_id = any (${records})
        or array[r.cart_id, l.cart_id] && array(select id from carts.read_open where record_id = any (${records})
            union all select cart_id from orders.read_state where record_id = any (${records}) and cart_id is not null))`.execute(ctx.db);
  await sql`update fulfillment.round set record_id = null where record_id = any (${records})`.execute(ctx.db);
}
