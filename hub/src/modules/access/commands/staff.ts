import type { Locale, Role } from "@weft/contracts";
import { err, ok, type PlaceId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Actor, type Ctx, type Vault } from "../../../platform/index.ts";
import { mayGive, type StaffStanding } from "../domain/index.ts";
import type { AccessError } from "../errors.ts";
import { StaffChanged } from "../events.ts";
import { hashPassword } from "../secrets.ts";
import { pinKey } from "./sign-in.ts";
import { endStaffSessions } from "./sessions.ts";

export type NewStaff = {
  readonly id: StaffId;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** Where the roles hold; empty means every place. */
  readonly placeIds: readonly PlaceId[];
  /** As `hashPassword` makes it. */
  readonly passwordHash: string;
  readonly pin: string | null;
  readonly locale: Locale;
};

/**
 * Adds staff or brings known ones (by id) up to date, all in one go: for a loader, which stands above the rules of who may give what.
 * Errors: `access.pin_taken`. Publishes `staff.changed.v1` for each.
 */
export async function upsertStaff(ctx: Ctx, vault: Vault, staff: readonly NewStaff[]): Promise<Result<void, AccessError>> {
  const rows = staff.map(({ pin, ...member }) => ({ ...member, pinKey: pin === null ? null : pinKey(vault, pin).toString("hex") }));
  await sql`
    with given as materialized (
      select id, name, email, roles, array(select jsonb_array_elements_text("placeIds"))::uuid[] as place_ids, "passwordHash", "pinKey", locale
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             as s(id uuid, name text, email text, roles jsonb, "placeIds" jsonb, "passwordHash" text, "pinKey" text, locale text)
    ), people as (
      insert into access.staff (id, name, email, place_ids, password_hash, locale)
      select id, name, email, place_ids, "passwordHash", locale from given
      on conflict (id) do update set name = excluded.name, email = excluded.email, place_ids = excluded.place_ids,
        password_hash = excluded.password_hash, locale = excluded.locale
    ), fewer as (
      delete from access.staff_role r using given g where r.staff_id = g.id and not g.roles ? r.role
    ), more as (
      insert into access.staff_role (staff_id, role) select id, jsonb_array_elements_text(roles) from given on conflict do nothing
    )
    insert into access.pin (staff_id, pin_key) select id, decode("pinKey", 'hex') from given where "pinKey" is not null
    on conflict (staff_id) do update set pin_key = excluded.pin_key`.execute(ctx.db);
  const ids = staff.map(({ id }) => id);
  if (await someoneSharesAPin(ctx, ids)) return err({ code: "access.pin_taken" });
  for (const { id, roles } of staff) await publish(ctx, StaffChanged, `staff/${id}`, { staffId: id, state: "active", roles: [...roles] });
  return ok(undefined);
}

export type StaffDraft = Omit<NewStaff, "id" | "passwordHash"> & { readonly password: string };

/** Adds a member of staff. Errors: `access.staff_beyond_reach`, `access.email_taken`, `access.pin_taken`. Publishes `staff.changed.v1`. */
export async function addStaff(ctx: Ctx, vault: Vault, { password, ...draft }: StaffDraft): Promise<Result<StaffId, AccessError>> {
  if (!mayChange(ctx.actor, draft)) return err({ code: "access.staff_beyond_reach" });
  const passwordHash = await hashPassword(password);
  await oneChangeAtATime(ctx);
  if (await isEmailTaken(ctx, draft.email)) return err({ code: "access.email_taken" });
  const id = ctx.newId<StaffId>();
  const added = await upsertStaff(ctx, vault, [{ ...draft, id, passwordHash }]);
  return added.ok ? ok(id) : added;
}

export type StaffChange = {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly placeIds?: readonly PlaceId[];
  readonly state?: "active" | "suspended";
  readonly password?: string;
  /** Null takes the PIN away. */
  readonly pin?: string | null;
  readonly locale?: Locale;
};

/**
 * Changes what is given of a member of staff. Who is suspended or has a new password loses every session at once.
 * Errors: `access.staff_unknown`, `access.staff_beyond_reach`, `access.own_standing`, `access.pin_taken`. Publishes `staff.changed.v1`.
 */
export async function changeStaff(ctx: Ctx, vault: Vault, staffId: StaffId, change: StaffChange): Promise<Result<void, AccessError>> {
  const standing = await standingInReach(ctx, staffId);
  if (!standing.ok) return standing;
  const before = standing.value;
  const after = { roles: change.roles ?? before.roles, placeIds: change.placeIds ?? before.placeIds, state: change.state ?? before.state };
  const isOwn = ctx.actor.staff?.id === staffId;
  if (isOwn && (change.roles || change.placeIds || change.state)) return err({ code: "access.own_standing" });
  if (!isOwn && !mayChange(ctx.actor, after)) return err({ code: "access.staff_beyond_reach" });
  await writeChange(ctx, staffId, after.placeIds, after.state, change);
  if (change.roles) await replaceRoles(ctx, staffId, change.roles);
  if (change.pin !== undefined) await writePin(ctx, staffId, change.pin === null ? null : pinKey(vault, change.pin));
  if ((change.pin || change.placeIds) && (await someoneSharesAPin(ctx, [staffId]))) return err({ code: "access.pin_taken" });
  if (after.state === "suspended" || change.password !== undefined) await endStaffSessions(ctx, staffId);
  await publish(ctx, StaffChanged, `staff/${staffId}`, { staffId, state: after.state, roles: [...after.roles] });
  return ok(undefined);
}

/** How somebody stands whom the caller may change, under a lock: themselves, or somebody below [ACC-6]. Errors: `access.staff_unknown`, `access.staff_beyond_reach`. */
export async function standingInReach(ctx: Ctx, staffId: StaffId): Promise<Result<Standing, AccessError>> {
  const standing = await lockStanding(ctx, staffId);
  if (!standing) return err({ code: "access.staff_unknown", staffId });
  const isOwn = ctx.actor.staff?.id === staffId;
  return isOwn || mayChange(ctx.actor, standing) ? ok(standing) : err({ code: "access.staff_beyond_reach" });
}

type Standing = StaffStanding & { readonly placeIds: readonly PlaceId[]; readonly state: "active" | "suspended" };

async function lockStanding(ctx: Ctx, staffId: StaffId): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select place_ids as "placeIds", state, array(select role from access.staff_role where staff_id = m.id) as roles
      from access.staff m where id = ${staffId} for update`.execute(ctx.db);
  return rows[0];
}

async function writeChange(ctx: Ctx, staffId: StaffId, placeIds: readonly PlaceId[], state: string, change: StaffChange): Promise<void> {
  await ctx.db
    .updateTable("access.staff")
    .set({
      place_ids: [...placeIds],
      state,
      ...(change.name !== undefined && { name: change.name }),
      ...(change.locale !== undefined && { locale: change.locale }),
      ...(change.password !== undefined && { password_hash: await hashPassword(change.password) }),
    })
    .where("id", "=", staffId)
    .execute();
}

async function replaceRoles(ctx: Ctx, staffId: StaffId, roles: readonly Role[]): Promise<void> {
  await sql`
    with fewer as (delete from access.staff_role where staff_id = ${staffId} and not role = any(${roles}::text[]))
    insert into access.staff_role (staff_id, role) select ${staffId}, unnest(${roles}::text[]) on conflict do nothing`.execute(ctx.db);
}

async function writePin(ctx: Ctx, staffId: StaffId, key: Buffer | null): Promise<void> {
  if (key === null) {
    await ctx.db.deleteFrom("access.pin").where("staff_id", "=", staffId).execute();
    return;
  }
  await ctx.db
    .insertInto("access.pin")
    .values({ staff_id: staffId, pin_key: key })
    .onConflict((conflict) => conflict.column("staff_id").doUpdateSet({ pin_key: key }))
    .execute();
}

/** Whether a PIN of these people is also that of somebody whom they could meet at a till [ACC-3]. */
async function someoneSharesAPin(ctx: Ctx, staffIds: readonly StaffId[]): Promise<boolean> {
  await oneChangeAtATime(ctx);
  const { rows } = await sql`
    select 1 from access.pin a join access.pin b on b.pin_key = a.pin_key and b.staff_id <> a.staff_id
      join access.staff ma on ma.id = a.staff_id join access.staff mb on mb.id = b.staff_id
     where a.staff_id = any(${staffIds}::uuid[]) and (ma.place_ids = '{}' or mb.place_ids = '{}' or ma.place_ids && mb.place_ids)
     limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** PINs and addresses change rarely: one writer at a time, so that two people cannot get the same one at once. */
async function oneChangeAtATime(ctx: Ctx): Promise<void> {
  await sql`lock table access.pin in share row exclusive mode`.execute(ctx.db);
}

async function isEmailTaken(ctx: Ctx, email: string): Promise<boolean> {
  return (await ctx.db.selectFrom("access.staff").select("id").where("email", "=", email).executeTakeFirst()) !== undefined;
}

function mayChange(actor: Actor, standing: StaffStanding): boolean {
  return actor.kind === "system" || (actor.staff !== null && mayGive(actor.staff, standing));
}
