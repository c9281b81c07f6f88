import { err, ok, type ChannelId, type Result, type StaffId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { Actor, Ctx, Vault } from "../../../platform/index.ts";
import { isBlocked, TILL_ROLES } from "../domain/index.ts";
import type { SignInError } from "../errors.ts";
import { tokenHash, verifyPassword } from "../secrets.ts";
import { countFailure, forgetFailures, lockAttempts, tooMany } from "./attempts.ts";
import { createStaffSession, type NewSession } from "./sessions.ts";

/** A refusal is no error: the wrong try must stay counted. */
export type SignIn = { readonly kind: "signed_in"; readonly staffId: StaffId; readonly session: NewSession } | { readonly kind: "refused" };

type Place = { readonly app: string; readonly channelId: ChannelId | null };
type Device = NonNullable<Actor["device"]>;

/**
 * Signs staff in by e-mail and password. An unknown address, a wrong password and a suspended person are told alike and take alike
 * long [ACC-11]. Errors: `access.too_many_tries`.
 */
export async function signInByPassword(
  ctx: Ctx,
  vault: Vault,
  { email, password, ...place }: Place & { readonly email: string; readonly password: string },
): Promise<Result<SignIn, SignInError>> {
  const subject = `email/${vault.mac("sign-in", email.trim().toLowerCase()).toString("base64url")}`;
  const attempts = await lockAttempts(ctx, subject);
  if (isBlocked(attempts, ctx.now)) return err(tooMany(attempts, ctx.now));
  const member = await ctx.db
    .selectFrom("access.staff")
    .select(["id", "password_hash"])
    .where("email", "=", email.trim())
    .where("state", "=", "active")
    .executeTakeFirst();
  const isRight = await verifyPassword(password, member?.password_hash ?? "");
  if (!member || !isRight) {
    await countFailure(ctx, subject, attempts);
    return ok({ kind: "refused" });
  }
  await forgetFailures(ctx, subject);
  const staffId = member.id as StaffId; // the brand exists only in types
  return ok({ kind: "signed_in", staffId, session: await createStaffSession(ctx, { staffId, deviceId: null, ...place }) });
}

/**
 * Signs staff in at a till by PIN: the PIN names exactly one person of the till's place [ACC-3], and wrong ones are counted per till.
 * Errors: `access.too_many_tries`.
 */
export async function signInByPin(
  ctx: Ctx,
  vault: Vault,
  { device, pin, ...place }: Place & { readonly device: Device; readonly pin: string },
): Promise<Result<SignIn, SignInError>> {
  const tried = await staffByTriedPin(ctx, vault, { device, pin });
  return tried.ok ? ok(await arrive(ctx, tried.value, { deviceId: device.id, ...place })) : tried;
}

async function arrive(ctx: Ctx, staffId: StaffId | null, where: Place & { readonly deviceId: Device["id"] }): Promise<SignIn> {
  if (staffId === null) return { kind: "refused" };
  return { kind: "signed_in", staffId, session: await createStaffSession(ctx, { staffId, ...where }) };
}

/**
 * Signs staff in at a till by the code on their badge [ACC-20]; one that opens nothing is counted like a wrong PIN. Errors: `access.too_many_tries`.
 */
export async function signInByBadge(
  ctx: Ctx,
  { device, badge, ...place }: Place & { readonly device: Device; readonly badge: string },
): Promise<Result<SignIn, SignInError>> {
  const tried = await staffByTry(ctx, device, () =>
    staffWith(ctx, sql`access.badge k where k.badge_hash = ${tokenHash(badge)}`, device.placeId),
  );
  return tried.ok ? ok(await arrive(ctx, tried.value, { deviceId: device.id, ...place })) : tried;
}

/**
 * Whose PIN this is at a till, null for a wrong one, which is counted per till [ACC-5]. Errors: `access.too_many_tries`.
 */
export function staffByTriedPin(
  ctx: Ctx,
  vault: Vault,
  { device, pin }: { readonly device: Device; readonly pin: string },
): Promise<Result<StaffId | null, SignInError>> {
  return staffByTry(ctx, device, () => staffWith(ctx, sql`access.pin k where k.pin_key = ${pinKey(vault, pin)}`, device.placeId));
}

async function staffByTry(
  ctx: Ctx,
  device: Device,
  find: () => Promise<StaffId | undefined>,
): Promise<Result<StaffId | null, SignInError>> {
  const subject = `device/${device.id}`;
  const attempts = await lockAttempts(ctx, subject);
  if (isBlocked(attempts, ctx.now)) return err(tooMany(attempts, ctx.now));
  const staffId = await find();
  if (!staffId) {
    await countFailure(ctx, subject, attempts);
    return ok(null);
  }
  await forgetFailures(ctx, subject);
  return ok(staffId);
}

/**
 * What is kept of a PIN: its keyed hash. A slow hash would hold ten thousand possible PINs for minutes; without the key, which is not
 * in the database, they hold for good. And one look-up tells whose it is.
 */
export function pinKey(vault: Vault, pin: string): Buffer {
  return vault.mac("pin", pin);
}

/** Who of the till's place has what is tried: `key` finds it. */
async function staffWith(ctx: Ctx, key: RawBuilder<unknown>, placeId: string): Promise<StaffId | undefined> {
  const { rows } = await sql<{ id: StaffId }>`
    select m.id from access.staff m
     where m.id in (select k.staff_id from ${key}) and m.state = 'active'
       and (m.place_ids = '{}' or ${placeId}::uuid = any(m.place_ids))
       and exists (select from access.staff_role r where r.staff_id = m.id and r.role = any(${TILL_ROLES}::text[]))`.execute(ctx.db);
  return rows.length === 1 ? rows[0]?.id : undefined;
}
