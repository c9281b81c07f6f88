import {
  newId as freshId,
  type ChannelId,
  type DeviceId,
  type Id,
  type PlaceId,
  type RecordId,
  type RegisterId,
  type StaffId,
} from "@weft/kernel";
import type { Role } from "@weft/contracts";
import type { Db } from "./database/db.ts";
import type { Snapshots } from "./snapshots/index.ts";
import type { Log } from "./telemetry/index.ts";

/**
 * Who acts, on which channel and where: it stands on every write [design rule 10]. `kind` is the strongest credential
 * that came with the request; the weaker ones stay beside it (a signed-in customer also has the shop's publishable key).
 */
export type Actor = {
  readonly kind: "anonymous" | "publishable" | "customer" | "device" | "secret" | "staff" | "system";
  /** The credential that idempotency keys and rate limits are counted by; never a secret itself. */
  readonly credential: string;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly customer: { readonly recordId: RecordId; readonly sessionId: string } | null;
  readonly staff: {
    readonly id: StaffId;
    readonly name: string;
    readonly roles: readonly Role[];
    readonly placeIds: readonly PlaceId[];
    readonly sessionId: string;
  } | null;
  readonly device: {
    readonly id: DeviceId;
    readonly kind: "till" | "board" | "kiosk";
    readonly placeId: PlaceId;
    readonly registerId: RegisterId | null;
    /** Practices at a training register: the real books stay as they are [ACC-18]. */
    readonly isTraining?: boolean;
  } | null;
  readonly keyId: string | null;
  /** The cart token of the header `Weft-Cart`, as it came; `carts` compares its hash. */
  readonly cartToken: string | null;
};

/** What a command gets. Its transaction is open, and `now` is the database's `now()` of that transaction. */
export type Ctx = {
  readonly db: Db;
  readonly now: Date;
  newId<T extends Id<string>>(): T;
  readonly actor: Actor;
  readonly requestId: string;
  /** What is read thousands of times and changes rarely, as one immutable value per node. */
  readonly snapshots: Snapshots;
  /** Structured log. Ids only, never a personal value. */
  readonly log: Log;
};

/** What a query gets: no transaction, and a clock that only decides what is shown. */
export type ReadCtx = Omit<Ctx, "newId">;

export const SYSTEM: Actor = {
  kind: "system",
  credential: "system",
  channelId: null,
  placeId: null,
  customer: null,
  staff: null,
  device: null,
  keyId: null,
  cartToken: null,
};

export const ANONYMOUS: Actor = { ...SYSTEM, kind: "anonymous", credential: "anonymous" };

/** A context on an open transaction or connection. */
export function contextOf(parts: Omit<Ctx, "newId">): Ctx {
  return {
    db: parts.db,
    now: parts.now,
    newId: freshId,
    actor: parts.actor,
    requestId: parts.requestId,
    snapshots: parts.snapshots,
    log: parts.log,
  };
}
