import type { Locale, SessionView } from "@weft/contracts";
import type { ChannelId, CustomerId, DeviceId, PlaceId, RecordId, StaffId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { readDevice, readStaff, sessionEnd } from "./queries.ts";

/** Who a source record is, as the apps greet them. */
export type Greeted = {
  readonly customerId: CustomerId;
  readonly givenName: string;
  readonly locale: Locale;
  readonly isProfiled: boolean;
};

/** What stands above or beside this module and is needed to say who is calling; joined in main.ts. */
export type SessionPorts = {
  greet(ctx: ReadCtx, recordId: RecordId): Promise<Greeted | undefined>;
  place(ctx: ReadCtx, placeId: PlaceId): Promise<DevicePlace | undefined>;
};

/** What a device tells of the place it belongs to. */
export type DevicePlace = { readonly name: string; readonly timeZone: string };

/** Whom a session stands for, and until when. */
export type SignedIn = {
  readonly staffId: StaffId | null;
  readonly recordId: RecordId | null;
  readonly deviceId: DeviceId | null;
  readonly channelId: ChannelId | null;
  readonly expiresAt: Date | null;
};

/** Whoever sent this request. */
export async function whoCalls(ctx: Pick<ReadCtx, "db" | "actor">): Promise<SignedIn> {
  const { staff, customer, device, channelId } = ctx.actor;
  return {
    staffId: staff?.id ?? null,
    recordId: customer?.recordId ?? null,
    deviceId: device?.id ?? null,
    channelId,
    expiresAt: (await sessionEnd(ctx, ctx.actor)) ?? null,
  };
}

/** A session as the apps draw the right screen from it. */
export async function presentSession(ctx: ReadCtx, ports: SessionPorts, who: SignedIn): Promise<SessionView> {
  const staff = who.staffId ? ((await readStaff(ctx, who.staffId)) ?? null) : null;
  const customer = who.recordId ? await presentCustomer(ctx, ports, who.recordId) : null;
  const device = who.deviceId ? await presentDevice(ctx, ports, who.deviceId) : null;
  const kind = staff ? "staff" : customer ? "customer" : device ? "device" : "anonymous";
  return { kind, channelId: who.channelId, customer, staff, device, expiresAt: who.expiresAt?.toISOString() ?? null };
}

async function presentCustomer(ctx: ReadCtx, ports: SessionPorts, recordId: RecordId): Promise<SessionView["customer"]> {
  const greeted = await ports.greet(ctx, recordId);
  return greeted ? { ...greeted, recordId } : null;
}

async function presentDevice(ctx: ReadCtx, ports: SessionPorts, deviceId: DeviceId): Promise<SessionView["device"]> {
  const device = await readDevice(ctx, deviceId);
  if (!device) return null;
  const { id, name, kind, placeId, registerId } = device;
  const place = await ports.place(ctx, placeId);
  return { id, name, kind, placeId, placeName: place?.name ?? "", timeZone: place?.timeZone ?? "UTC", registerId };
}
