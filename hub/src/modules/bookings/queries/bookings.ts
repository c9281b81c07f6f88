import type { LocalizedText } from "@weft/contracts";
import type { CartId, ChannelId, OrderId, PlaceId, RecordId, StaffId, VariantId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { BookingId, BookingState, ServiceId, SessionId } from "../domain/index.ts";
import { soldAs } from "./services.ts";

export type StoredBooking = {
  readonly id: BookingId;
  readonly recordId: RecordId;
  readonly channelId: ChannelId | null;
  readonly serviceId: ServiceId;
  readonly serviceName: LocalizedText;
  readonly cancelMinutes: number;
  readonly placeId: PlaceId;
  readonly staffId: StaffId;
  readonly staffName: string;
  readonly sessionId: SessionId | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly seats: number;
  readonly note: string;
  readonly state: BookingState;
  readonly version: number;
  readonly madeAt: Date;
  readonly changedAt: Date;
  /** What its service is sold as; null: it costs nothing. */
  readonly variantId: VariantId | null;
  readonly cartId: CartId | null;
  readonly heldUntil: Date | null;
  /** That paid for it. */
  readonly orderId: OrderId | null;
};

const COLUMNS = sql`
  b.id, b.record_id as "recordId", b.channel_id as "channelId", b.service_id as "serviceId", s.name as "serviceName",
  s.cancel_minutes as "cancelMinutes", b.place_id as "placeId", b.staff_id as "staffId", coalesce(m.name, '') as "staffName",
  b.session_id as "sessionId", b.starts_at as "startsAt", b.ends_at as "endsAt", b.time_zone as "timeZone", b.seats, b.note, b.state, b.version,
  b.made_at as "madeAt", b.changed_at as "changedAt", s.variant_id as "variantId", b.cart_id as "cartId", b.held_until as "heldUntil", b.order_id as "orderId"`;

/** Nobody reads further than this in one answer. */
const MOST_SHOWN = 500;

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** What only lay in a cart is nobody's booking. */
const BOOKED = sql`b.held_until is null`;

async function select(ctx: Reader, rest: RawBuilder<unknown>): Promise<StoredBooking[]> {
  const { rows } = await sql<StoredBooking>`
    select ${COLUMNS} from bookings.booking b join bookings.service s on s.id = b.service_id
      left join access.read_staff_name m on m.id = b.staff_id ${rest} limit ${MOST_SHOWN}`.execute(ctx.db);
  return Promise.all(
    rows.map(async (booking) => {
      const sold = await soldAs(ctx, booking.variantId);
      return sold ? { ...booking, serviceName: sold.name } : booking;
    }),
  );
}

export async function readBooking(ctx: Reader, id: BookingId): Promise<StoredBooking | undefined> {
  const [found] = await select(ctx, sql`where b.id = ${id}`);
  return found;
}

/** The same, locked for a change. */
export async function lockBooking(ctx: Reader, id: BookingId): Promise<StoredBooking | undefined> {
  await sql`select 1 from bookings.booking where id = ${id} for update`.execute(ctx.db);
  return readBooking(ctx, id);
}

/** The bookings of a customer's records, the latest first. */
export async function bookingsOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<StoredBooking[]> {
  return select(ctx, sql`where b.record_id = any (${[...recordIds]}::uuid[]) and ${BOOKED} order by b.starts_at desc, b.id`);
}

/** What is booked at a place in a span of time, in order; what was canceled is in nobody's way. */
export async function bookingsAt(ctx: Reader, placeId: PlaceId, from: Date, until: Date): Promise<StoredBooking[]> {
  return select(
    ctx,
    sql`where b.place_id = ${placeId} and b.starts_at >= ${from} and b.starts_at < ${until} and b.state <> 'canceled' and ${BOOKED}
        order by b.starts_at, m.name, b.id`,
  );
}

/** The bookings of an adviser from a day on, also those that were canceled: a calendar takes them away then. */
export async function bookingsWith(ctx: Reader, staffId: StaffId, from: Date): Promise<StoredBooking[]> {
  return select(ctx, sql`where b.staff_id = ${staffId} and b.starts_at >= ${from} and ${BOOKED} order by b.starts_at, b.id`);
}
