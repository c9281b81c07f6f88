import type { DeviceId, Id, RecordId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";

export type HolderId = Id<"cart holder">;

export type NewHolder = {
  readonly id: HolderId;
  readonly kind: "customer" | "visitor" | "register" | "staff" | "screen" | "link";
  /** Who looks on or helps leaves by itself then; null stays. */
  readonly endsAt?: Date;
  readonly tokenHash: Buffer | null;
  readonly recordId: RecordId | null;
  readonly deviceId: DeviceId | null;
  readonly staffId: StaffId | null;
  /** Of a place or a member of staff; a customer is never named here, so that an erasure has nothing to find. */
  readonly name: string | null;
};

/** The caller as a holder: a till by its device, staff by themselves, a customer by their record, a visitor by a token. */
export async function holderOf(
  ctx: Ctx,
  by: { readonly recordId: RecordId | null; readonly tokenHash: Buffer | null },
): Promise<NewHolder> {
  const { device, staff, customer } = ctx.actor;
  const id = ctx.newId<HolderId>();
  if (device) {
    const places = await ctx.snapshots.current(placesSnapshot);
    return {
      id,
      kind: "register",
      tokenHash: by.tokenHash,
      recordId: null,
      deviceId: device.id,
      staffId: staff?.id ?? null,
      name: places.places.get(device.placeId)?.name ?? null,
    };
  }
  if (staff) return { id, kind: "staff", tokenHash: by.tokenHash, recordId: null, deviceId: null, staffId: staff.id, name: staff.name };
  if (customer)
    return { id, kind: "customer", tokenHash: by.tokenHash, recordId: customer.recordId, deviceId: null, staffId: null, name: null };
  return { id, kind: "visitor", tokenHash: by.tokenHash, recordId: by.recordId, deviceId: null, staffId: null, name: null };
}

/** Adds a holder to a cart. */
export async function addHolder(ctx: Ctx, cartId: string, holder: NewHolder, mode: "owner" | "joined"): Promise<void> {
  const channels = await ctx.snapshots.current(channelsSnapshot);
  const { channelId } = ctx.actor;
  const kind = channelId === null ? "web" : (channels.channels.get(channelId)?.kind ?? "web");
  await sql`insert into carts.cart_holder (id, cart_id, kind, mode, token_hash, record_id, device_id, staff_id, channel_id, channel_kind, name, ends_at)
    values (${holder.id}, ${cartId}, ${holder.kind}, ${mode}, ${holder.tokenHash}, ${holder.recordId}, ${holder.deviceId}, ${holder.staffId}, ${channelId}, ${kind}, ${holder.name}, ${holder.endsAt ?? null})`.execute(
    ctx.db,
  );
}

export async function endHolder(ctx: Ctx, holderId: string): Promise<void> {
  await sql`update carts.cart_holder set ended_at = ${ctx.now} where id = ${holderId} and ended_at is null`.execute(ctx.db);
}
