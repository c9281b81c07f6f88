import type { RegisterView } from "@weft/contracts";
import type { ChannelId, EntityId, PlaceId, RegisterId } from "@weft/kernel";
import { circleOf } from "../../channels/index.ts";
import { labelPatternsOf, placesSnapshot } from "../../places/index.ts";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { tipPercentsOf } from "../domain/index.ts";
import type { DrawerId } from "./drawers.ts";

export type KnownRegister = {
  readonly id: RegisterId;
  readonly placeId: PlaceId;
  readonly entityId: EntityId;
  /** The cash box that it works on from its next shift on [TIL-60]. */
  readonly drawerId: DrawerId;
  readonly channelId: ChannelId | null;
  readonly code: string;
  readonly name: string;
  readonly training: boolean;
  /** Of a register that signs its journal itself [JRN-7]. */
  readonly keyId: string | null;
  readonly lastSeq: number;
  readonly lastSeenAt: Date | null;
};

const COLUMNS = [
  "id",
  "place_id as placeId",
  "entity_id as entityId",
  "drawer_id as drawerId",
  "channel_id as channelId",
  "code",
  "name",
  "training",
  "key_id as keyId",
  "last_seq as lastSeq",
  "last_seen_at as lastSeenAt",
] as const;

/** A register that is in use. */
export async function readRegister(ctx: Pick<ReadCtx, "db">, id: RegisterId): Promise<KnownRegister | undefined> {
  const row = await ctx.db
    .selectFrom("till.register")
    .select(COLUMNS)
    .where("id", "=", id)
    .where("retired_at", "is", null)
    .executeTakeFirst();
  return row as KnownRegister | undefined; // the brands exist only in types
}

/** The same, locked: one command of a register at a time, across all hub processes. */
export async function lockRegister(ctx: Pick<Ctx, "db">, id: RegisterId): Promise<KnownRegister | undefined> {
  const row = await ctx.db
    .selectFrom("till.register")
    .select(COLUMNS)
    .where("id", "=", id)
    .where("retired_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row as KnownRegister | undefined; // the brands exist only in types
}

/** Registers in use, by place and name; null for all places. */
export async function listRegisters(ctx: Pick<ReadCtx, "db">, placeIds: readonly PlaceId[] | null): Promise<KnownRegister[]> {
  const rows = await ctx.db
    .selectFrom("till.register")
    .select(COLUMNS)
    .where("retired_at", "is", null)
    .$if(placeIds !== null, (query) => query.where((eb) => eb("place_id", "=", eb.fn.any(eb.val([...(placeIds ?? [])])))))
    .orderBy("place_id")
    .orderBy("name")
    .execute();
  return rows as KnownRegister[]; // the brands exist only in types
}

/** Registers as the API shows them. */
export async function presentRegisters(
  ctx: Pick<ReadCtx, "snapshots">,
  registers: readonly KnownRegister[],
  channelAt: (placeId: PlaceId) => Promise<ChannelId | null>,
): Promise<RegisterView[]> {
  const { places, entities } = await ctx.snapshots.current(placesSnapshot);
  const shown: RegisterView[] = [];
  for (const { id, placeId, entityId, name, training, channelId, lastSeq, lastSeenAt } of registers) {
    const channel = channelId ?? (await channelAt(placeId));
    if (channel === null) continue;
    shown.push({
      id,
      placeId,
      placeName: places.get(placeId)?.name ?? "",
      name,
      training,
      practices: training && (await circleOf(ctx, channelId)) === null,
      channelId: channel,
      country: entities.get(entityId)?.country ?? "",
      cashRounding: places.get(placeId)?.settings.cashRounding ?? 0,
      tipPercents: tipPercentsOf(places.get(placeId)?.settings.tipPercents ?? ""),
      valueMostAlone: places.get(placeId)?.settings.valueMostAlone ?? 0,
      labelPatterns: labelPatternsOf(places.get(placeId)?.settings.scaleLabels ?? "", entities.get(entityId)?.country ?? ""),
      takesUnproven: (places.get(placeId)?.settings.unprovenMost ?? 0) > 0,
      receiptPaper: places.get(placeId)?.settings.receiptPaper === "always" ? "always" : "asked",
      // Practice parks no tickets, and what is at a table is parked.
      hasTables: !training && (places.get(placeId)?.settings.tables ?? "") !== "",
      lastSeq,
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
    });
  }
  return shown;
}
