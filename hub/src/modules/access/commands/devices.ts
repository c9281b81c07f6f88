import type { ChannelId, DeviceId, PlaceId, RegisterId } from "@weft/kernel";
import { publish, type Ctx } from "../../../platform/index.ts";
import { auditWrite } from "../audit.ts";
import type { DeviceKind } from "../domain/index.ts";
import { DeviceEnrolled, DeviceRemoved, DeviceRenamed } from "../events.ts";
import { newToken, tokenHash } from "../secrets.ts";
import { endSession } from "./sessions.ts";

export type NewDevice = {
  readonly kind: DeviceKind;
  readonly placeId: PlaceId;
  readonly registerId: RegisterId | null;
  readonly name: string;
  /** Where it acts on another channel than its place's. */
  readonly channelId?: ChannelId;
  /** Of a training register [ACC-18]. */
  readonly isTraining?: boolean;
};

/** Makes this browser a device of a place. The token goes into its cookie, and is not seen again. Publishes `device.enrolled.v1`. */
export async function enrollDevice(ctx: Ctx, device: NewDevice): Promise<{ readonly id: DeviceId; readonly token: string }> {
  const id = ctx.newId<DeviceId>();
  const token = newToken();
  const { kind, placeId, registerId, name, channelId = null, isTraining = false } = device;
  await ctx.db
    .insertInto("access.device")
    .values({
      id,
      token_hash: tokenHash(token),
      kind,
      place_id: placeId,
      register_id: registerId,
      channel_id: channelId,
      is_training: isTraining,
      name,
      enrolled_by: ctx.actor.staff?.id ?? null,
    })
    .execute();
  await publish(ctx, DeviceEnrolled, `device/${id}`, { deviceId: id, kind, placeId, registerId });
  return { id, token };
}

/** Another name for a device. Publishes `device.renamed.v1`. */
export async function renameDevice(
  ctx: Ctx,
  { id, placeId }: { readonly id: DeviceId; readonly placeId: PlaceId },
  name: string,
): Promise<void> {
  await ctx.db.updateTable("access.device").set({ name }).where("id", "=", id).execute();
  await publish(ctx, DeviceRenamed, `device/${id}`, { deviceId: id, placeId });
  await auditWrite(ctx, { action: "access.renameDevice", subject: `device/${id}` });
}

/** Takes a device out of use, with the sessions that were made on it [ACC-8]. Publishes `device.removed.v1`. */
export async function removeDevice(ctx: Ctx, id: DeviceId): Promise<void> {
  const sessions = await ctx.db.selectFrom("access.session").select("id").where("device_id", "=", id).execute();
  for (const session of sessions) await endSession(ctx, session.id);
  const removed = await ctx.db.deleteFrom("access.device").where("id", "=", id).returning(["kind", "register_id"]).executeTakeFirst();
  await publish(ctx, DeviceRemoved, `device/${id}`, {
    deviceId: id,
    ...(removed && { kind: removed.kind, registerId: removed.register_id }),
  });
}
