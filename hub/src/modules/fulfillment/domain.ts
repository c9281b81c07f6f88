import type { LocalizedText } from "@weft/contracts";
import type { ChannelId, FulfillmentId, LineId, OrderId, PlaceId, RecordId } from "@weft/kernel";

export type FulfillmentKind = "take_away" | "collect";
export type FulfillmentState =
  | "planned"
  | "assigned"
  | "accepted"
  | "in_preparation"
  | "packed"
  | "ready"
  | "collected"
  | "rejected"
  | "canceled";

/** What somebody at the place does with it. */
export type Move = "accept" | "prepare" | "ready" | "collect" | "cancel";

const TARGET: Readonly<Record<Move, FulfillmentState>> = {
  accept: "accepted",
  prepare: "in_preparation",
  ready: "ready",
  collect: "collected",
  cancel: "canceled",
};

/** From where each act is possible. Handing over is possible before `ready` was pressed: the goods are on the counter, not in the screen. */
const ALLOWED: Readonly<Record<Move, readonly FulfillmentState[]>> = {
  accept: ["planned", "assigned"],
  prepare: ["planned", "assigned", "accepted"],
  ready: ["planned", "assigned", "accepted", "in_preparation", "packed"],
  collect: ["planned", "assigned", "accepted", "in_preparation", "packed", "ready"],
  cancel: ["planned", "assigned", "accepted"],
};

export type MoveDecision =
  | { readonly kind: "moves"; readonly to: FulfillmentState }
  | { readonly kind: "is_there" }
  | { readonly kind: "refused"; readonly because: FulfillmentState };

/** Whether an act is possible in a state [FUL-1]; one that is done already is no mistake, because two people press the same button. */
export function move(state: FulfillmentState, act: Move): MoveDecision {
  if (state === TARGET[act]) return { kind: "is_there" };
  return ALLOWED[act].includes(state) ? { kind: "moves", to: TARGET[act] } : { kind: "refused", because: state };
}

const CODE_DIGITS = 6;

/** A collection code: six digits, made from the random part of a fresh id. */
export function collectCode(salt: string): string {
  const random = BigInt(`0x${salt.replaceAll("-", "").slice(16)}`) % 10n ** BigInt(CODE_DIGITS);
  return random.toString().padStart(CODE_DIGITS, "0");
}

/** A code as it is typed or scanned: blanks do not count. */
export function normalizeCode(text: string): string {
  return text.replaceAll(/[\s-]/g, "");
}

/** What is to be prepared, as stored. */
export type StoredFulfillment = {
  readonly id: FulfillmentId;
  readonly order_id: OrderId;
  readonly order_number: string;
  readonly kind: FulfillmentKind;
  readonly state: FulfillmentState;
  readonly record_id: RecordId | null;
  readonly place_id: PlaceId;
  readonly channel_id: ChannelId;
  readonly dining: "eat_in" | "take_away";
  readonly due_at: Date | null;
  readonly promised_at: Date | null;
  readonly placed_at: Date;
  readonly done_at: Date | null;
  readonly code_sealed: string | null;
  readonly version: number;
};

export type FulfillmentLine = {
  readonly order_line_id: LineId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly options: readonly { readonly group: string; readonly value: string; readonly name: LocalizedText }[];
  readonly quantity: number;
};

export type FulfillmentStep = {
  readonly position: number;
  readonly state: FulfillmentState;
  readonly at: Date;
  readonly channel_id: ChannelId | null;
  readonly place_id: PlaceId | null;
  readonly staff_id: string | null;
  readonly staff_name: string | null;
  readonly reason: string | null;
};
