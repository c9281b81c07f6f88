import type { LocalizedText } from "@weft/contracts";
import type { Id, PlaceId, VariantId } from "@weft/kernel";

export type ServiceId = Id<"service">;
export type BookingId = Id<"booking">;
export type SessionId = Id<"session">;

/** What of a service decides when it can be booked. */
export type ServiceRule = {
  readonly id: ServiceId;
  readonly minutes: number;
  /** How many share one session of it. */
  readonly seats: number;
  /** Its adviser prepares and clears away, and gives nothing else meanwhile. */
  readonly minutesBefore: number;
  readonly minutesAfter: number;
  /** How far apart its beginnings are. */
  readonly everyMinutes: number;
  readonly leadMinutes: number;
  readonly daysAhead: number;
  readonly skill: string;
};

export type Service = ServiceRule & {
  readonly code: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  /** Until so long before its beginning its customer may move or cancel it. */
  readonly cancelMinutes: number;
  /** 0: nobody is reminded. */
  readonly reminderMinutes: number;
  readonly placeIds: readonly PlaceId[];
  /** What the catalog sells it as, with its name and price; null: it costs nothing [BKG-11]. */
  readonly variantId: VariantId | null;
  readonly isActive: boolean;
  readonly version: number;
};

/** `held`: it lies in a cart and is not paid yet. */
export type BookingState = "held" | "booked" | "attended" | "no_show" | "canceled";

const MINUTE_MS = 60_000;

/** Until when its customer may move or cancel a booking themselves [BKG-5]. */
export function changeableUntil(startsAt: Date, cancelMinutes: number): Date {
  return new Date(startsAt.getTime() - cancelMinutes * MINUTE_MS);
}
