import type { DeviceView } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type DeviceId, type PlaceId, type RegisterId } from "@weft/kernel";
import { committed, read, write, type Ctx, type ReadCtx, type Route, type Vault } from "../../platform/index.ts";
import { auditWrite } from "./audit.ts";
import { confirmEnrollment, openEnrollment } from "./commands/enrollments.ts";
import { removeDevice, renameDevice } from "./commands/devices.ts";
import { COOKIE_SECONDS, deviceCookie } from "./commands/sessions.ts";
import { mayActAt } from "./domain/index.ts";
import { ACCESS_PROBLEMS } from "./errors.ts";
import { devicesOf, type EnrolledDevice } from "./queries.ts";
import type { SessionPorts } from "./session-view.ts";

type Deps = Pick<SessionPorts, "place"> & {
  readonly vault: Vault;
  /** Where a register sells really; undefined for one that is unknown or practices. `till` stands above this module. */
  registerPlace(ctx: Ctx, registerId: RegisterId): Promise<PlaceId | undefined>;
};

/** Screens that become devices by the code that they show, and what is in use where [ACC-16]. */
export const deviceRoutes = (deps: Deps): readonly Route[] => [
  write(
    "access.openEnrollment",
    async (ctx, { body, sessionName, setCookie }) => {
      if (sessionName === null) return err({ code: "access.session_unnamed" as const });
      // Its token would be lost with the cookie, and a till with it.
      if (ctx.actor.device !== null) return err({ code: "access.enrolled_already" as const });
      const { code, token, expiresAt } = await openEnrollment(ctx, deps.vault, body?.kind ?? "board");
      setCookie(deviceCookie(sessionName), token, { maxAgeSeconds: COOKIE_SECONDS });
      return ok({ code, expiresAt: expiresAt.toISOString() });
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.confirmEnrollment",
    async (ctx, { params, body }) => {
      const placeId = asId<PlaceId>(body.placeId); // ids by the contract, here and below
      if (!mayActAt(ctx.actor, placeId)) return err({ code: "access.out_of_reach" as const, placeId });
      if ((await deps.place(ctx, placeId)) === undefined) return err({ code: "access.place_unknown" as const, placeId });
      const registerId = asIdOrNull<RegisterId>(body.registerId ?? null);
      if (registerId !== null && (await deps.registerPlace(ctx, registerId)) !== placeId)
        return err({ code: "access.register_unfit" as const });
      const confirmed = await confirmEnrollment(ctx, deps.vault, { code: params.code, placeId, name: body.name, registerId });
      if (!confirmed.ok) return confirmed;
      if (confirmed.value.kind === "refused") return ok(committed({ code: "access.enrollment_unknown" as const }));
      const [device] = await devicesOf(ctx, { placeIds: null, id: confirmed.value.deviceId });
      return device ? ok(await present(ctx, deps, device)) : err({ code: "access.device_unknown" as const });
    },
    { problems: ACCESS_PROBLEMS },
  ),
  read(
    "access.devices",
    async (ctx) => {
      const own = ctx.actor.staff?.placeIds ?? [];
      const devices = await devicesOf(ctx, { placeIds: own.length === 0 ? null : own });
      return ok({ items: await Promise.all(devices.map((device) => present(ctx, deps, device))) });
    },
    { problems: {} },
  ),
  write(
    "access.renameDevice",
    async (ctx, { params, body }) => {
      const [device] = await devicesOf(ctx, { placeIds: null, id: asId<DeviceId>(params.id) });
      if (!device) return err({ code: "access.device_unknown" as const });
      if (!mayActAt(ctx.actor, device.placeId)) return err({ code: "access.out_of_reach" as const, placeId: device.placeId });
      await renameDevice(ctx, device, body.name);
      return ok(await present(ctx, deps, { ...device, name: body.name }));
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.removeDevice",
    async (ctx, { params }) => {
      const [device] = await devicesOf(ctx, { placeIds: null, id: asId<DeviceId>(params.id) });
      if (!device) return err({ code: "access.device_unknown" as const });
      if (!mayActAt(ctx.actor, device.placeId)) return err({ code: "access.out_of_reach" as const, placeId: device.placeId });
      await removeDevice(ctx, device.id);
      await auditWrite(ctx, { action: "access.removeDevice", subject: `device/${device.id}` });
      return ok(null);
    },
    { problems: ACCESS_PROBLEMS },
  ),
];

async function present(ctx: ReadCtx, { place }: Deps, { enrolledAt, lastSeenAt, ...device }: EnrolledDevice): Promise<DeviceView> {
  const placeName = (await place(ctx, device.placeId))?.name ?? "";
  return { ...device, placeName, enrolledAt: enrolledAt.toISOString(), lastSeenAt: lastSeenAt?.toISOString() ?? null };
}
