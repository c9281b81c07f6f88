import { randomBytes } from "node:crypto";
import { err, ok, type DeviceId, type PlaceId, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { auditWrite } from "../audit.ts";
import { enrollmentCode, isBlocked, normalizeEnrollmentCode, type DeviceKind } from "../domain/index.ts";
import type { AccessError } from "../errors.ts";
import { DeviceEnrolled } from "../events.ts";
import { newToken, tokenHash } from "../secrets.ts";
import { countFailure, forgetFailures, lockAttempts } from "./attempts.ts";

const CODE_MINUTES = 10;

export type OpenEnrollment = { readonly code: string; readonly token: string; readonly expiresAt: Date };

/** What becomes a device by a code on its screen: nobody signs in there. */
export type ScreenKind = Extract<DeviceKind, "board" | "kiosk">;

/**
 * A screen asks to become a device [ACC-16]. Its browser holds the token from now on, which opens nothing until staff confirm the code that
 * it shows. Codes that have run out are freed on the way.
 */
export async function openEnrollment(ctx: Ctx, vault: Vault, kind: ScreenKind): Promise<OpenEnrollment> {
  await sql`delete from access.enrollment where expires_at < ${ctx.now}`.execute(ctx.db);
  const [code, token] = [enrollmentCode(randomBytes(32)), newToken()];
  const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000);
  // Of two screens with one code the later has it; the earlier shows a new one when its own has run out.
  await sql`
    insert into access.enrollment (code_mac, token_hash, kind, expires_at) values (${macOf(vault, code)}, ${tokenHash(token)}, ${kind}, ${expiresAt})
    on conflict (code_mac) do update set token_hash = excluded.token_hash, kind = excluded.kind, expires_at = excluded.expires_at`.execute(
    ctx.db,
  );
  return { code, token, expiresAt };
}

/** What became of a typed code. A wrong one is no error: it must stay counted. */
export type Confirmation = { readonly kind: "enrolled"; readonly deviceId: DeviceId } | { readonly kind: "refused" };

type Confirming = {
  readonly code: string;
  readonly placeId: PlaceId;
  readonly name: string;
  /** Of a kiosk that takes cards [ACC-19]. */
  readonly registerId: RegisterId | null;
};

/**
 * Makes the screen that shows a code a device of a place [ACC-16]: a code works once. Wrong codes are counted per member of staff [ACC-5].
 * Errors: `access.too_many_tries`, `access.register_unfit`. Publishes `device.enrolled.v1`.
 */
export async function confirmEnrollment(
  ctx: Ctx,
  vault: Vault,
  { code, placeId, name, registerId }: Confirming,
): Promise<Result<Confirmation, AccessError>> {
  const subject = `enrollment/${ctx.actor.staff?.id}`;
  const attempts = await lockAttempts(ctx, subject);
  if (isBlocked(attempts, ctx.now)) {
    const until = attempts.blockedUntil?.getTime() ?? ctx.now.getTime();
    return err({ code: "access.too_many_tries", retryAfterSeconds: Math.ceil((until - ctx.now.getTime()) / 1000) });
  }
  const { rows } = await sql<{ tokenHash: Buffer; kind: DeviceKind }>`
    delete from access.enrollment where code_mac = ${macOf(vault, normalizeEnrollmentCode(code))} and expires_at > ${ctx.now}
    returning token_hash as "tokenHash", kind`.execute(ctx.db);
  const [waiting] = rows;
  if (!waiting) {
    await countFailure(ctx, subject, attempts);
    return ok({ kind: "refused" });
  }
  if (registerId !== null && (waiting.kind !== "kiosk" || (await isTaken(ctx, registerId)))) return err({ code: "access.register_unfit" });
  await forgetFailures(ctx, subject);
  const deviceId = ctx.newId<DeviceId>();
  await sql`
    insert into access.device (id, token_hash, kind, place_id, register_id, name, enrolled_by)
    values (${deviceId}, ${waiting.tokenHash}, ${waiting.kind}, ${placeId}, ${registerId}, ${name}, ${ctx.actor.staff?.id ?? null})`.execute(
    ctx.db,
  );
  await auditWrite(ctx, { action: "access.confirmEnrollment", subject: `device/${deviceId}` });
  await publish(ctx, DeviceEnrolled, `device/${deviceId}`, { deviceId, kind: waiting.kind, placeId, registerId });
  return ok({ kind: "enrolled", deviceId });
}

/** Of two kiosks that want one register at once the second waits here for the first. */
async function isTaken(ctx: Ctx, registerId: RegisterId): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('access.device register ' || ${registerId}, 0))`.execute(ctx.db);
  const { rows } = await sql`select 1 from access.device where register_id = ${registerId} limit 1`.execute(ctx.db);
  return rows.length > 0;
}

const macOf = (vault: Vault, code: string): Buffer => vault.mac("enrollment", code);
