import type { DeviceId, PlaceId, RegisterId } from "@weft/kernel";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { DeviceKind } from "../domain/index.ts";
import { DeviceEnrolled } from "../events.ts";
import { newToken, tokenHash } from "../secrets.ts";

export type NewDevice = {
  readonly kind: DeviceKind;
  readonly placeId: PlaceId;
  readonly registerId: RegisterId | null;
  readonly name: string;
};

/** Makes this browser a device of a place. The token goes into its cookie, and is not seen again. Publishes `device.enrolled.v1`. */
export async function enrollDevice(ctx: Ctx, device: NewDevice): Promise<{ readonly id: DeviceId; readonly token: string }> {
  const id = ctx.newId<DeviceId>();
  const token = newToken();
  const { kind, placeId, registerId, name } = device;
  await ctx.db
    .insertInto("access.device")
    .values({
      id,
      token_hash: tokenHash(token),
      kind,
      place_id: placeId,
      register_id: registerId,
      name,
      enrolled_by: ctx.actor.staff?.id ?? null,
    })
    .execute();
  await publish(ctx, DeviceEnrolled, `device/${id}`, { deviceId: id, kind, placeId, registerId });
  return { id, token };
}
