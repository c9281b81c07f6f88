import type { AuditEntryView, StaffMemberView } from "@weft/contracts";
import type { ChannelId, DeviceId, PlaceId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { pageFrom, readCursor, type Actor, type Ctx, type ReadCtx } from "../../platform/index.ts";
import type { DeviceKind } from "./domain/index.ts";

type Page<T> = { items: T[]; nextCursor: string | null };
type PageRequest = { readonly limit: number; readonly cursor?: string | undefined };

type StaffRow = Omit<StaffMemberView, "lastSeenAt"> & { readonly lastSeenAt: Date | null };

const STAFF_COLUMNS = sql`
  m.id, m.name, m.email::text as email, m.place_ids as "placeIds", m.state, m.locale, m.last_seen_at as "lastSeenAt",
  array(select role from access.staff_role r where r.staff_id = m.id order by role) as roles,
  exists (select from access.pin p where p.staff_id = m.id) as "hasPin",
  exists (select from access.badge b where b.staff_id = m.id) as "hasBadge"`;

/** A member of staff, whatever their state. */
export async function readStaff(ctx: Pick<Ctx, "db">, staffId: StaffId): Promise<StaffMemberView | undefined> {
  const { rows } = await sql<StaffRow>`select ${STAFF_COLUMNS} from access.staff m where m.id = ${staffId}`.execute(ctx.db);
  return rows[0] && presentStaff(rows[0]);
}

const StaffCursor = z.tuple([z.string(), z.uuid()]);

/** Staff by name; whoever's roles hold at some places only sees the people of those places. */
export async function listStaff(
  ctx: Pick<Ctx, "db" | "actor">,
  { limit, cursor, query }: PageRequest & { readonly query?: string | undefined },
): Promise<Page<StaffMemberView>> {
  const after = readCursor(StaffCursor, cursor);
  const places = ctx.actor.staff?.placeIds ?? [];
  const { rows } = await sql<StaffRow>`
    select ${STAFF_COLUMNS} from access.staff m
     where (${query ?? null}::text is null or platform.fold(m.name || ' ' || m.email) like '%' || platform.fold(${query ?? ""}) || '%')
       and (cardinality(${places}::uuid[]) = 0 or m.place_ids && ${places}::uuid[])
       and (${after?.[1] ?? null}::uuid is null or (m.name, m.id) > (${after?.[0] ?? ""}, ${after?.[1] ?? null}::uuid))
     order by m.name, m.id
     limit ${limit + 1}`.execute(ctx.db);
  return pageFrom(rows, limit, presentStaff, (row) => [row.name, row.id]);
}

function presentStaff(row: StaffRow): StaffMemberView {
  const { id, name, email, roles, placeIds, hasPin, hasBadge, state, locale, lastSeenAt } = row;
  return { id, name, email, roles, placeIds, hasPin, hasBadge, state, locale, lastSeenAt: lastSeenAt?.toISOString() ?? null };
}

type AuditRow = Omit<AuditEntryView, "at"> & { readonly at: Date };
const AuditCursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Who read or changed what, newest first. Names are looked up now: the entries hold ids only. */
export async function listAudit(
  ctx: Pick<Ctx, "db">,
  filter: PageRequest & { readonly subject?: string | undefined; readonly actorId?: string | undefined },
): Promise<Page<AuditEntryView>> {
  const after = readCursor(AuditCursor, filter.cursor);
  const { rows } = await sql<AuditRow>`
    select a.id, a.at, a.actor_kind as "actorKind", a.actor_id as "actorId",
           coalesce(m.name, d.name) as "actorName", a.action, a.subject, a.channel_id as "channelId", a.place_id as "placeId",
           a.reason, a.outcome
      from access.audit_entry a
      left join access.staff m on a.actor_kind = 'staff' and m.id::text = a.actor_id
      left join access.device d on a.actor_kind = 'device' and d.id::text = a.actor_id
     where (${filter.subject ?? null}::text is null or a.subject = ${filter.subject ?? ""})
       and (${filter.actorId ?? null}::text is null or a.actor_id = ${filter.actorId ?? ""})
       and (${after?.[0] ?? null}::timestamptz is null
            or (a.at, a.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
     order by a.at desc, a.id desc
     limit ${filter.limit + 1}`.execute(ctx.db);
  return pageFrom(rows, filter.limit, presentEntry, (row) => [row.at.toISOString(), row.id]);
}

function presentEntry({ at, ...row }: AuditRow): AuditEntryView {
  const { id, actorKind, actorId, actorName, action, subject, channelId, placeId, reason, outcome } = row;
  return { id, at: at.toISOString(), actorKind, actorId, actorName, action, subject, channelId, placeId, reason, outcome };
}

export type KnownDevice = {
  readonly id: DeviceId;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly placeId: PlaceId;
  readonly registerId: string | null;
};

export async function readDevice(ctx: Pick<Ctx, "db">, deviceId: DeviceId): Promise<KnownDevice | undefined> {
  const row = await ctx.db
    .selectFrom("access.device")
    .select(["id", "name", "kind", "place_id as placeId", "register_id as registerId"])
    .where("id", "=", deviceId)
    .executeTakeFirst();
  return row as KnownDevice | undefined; // brands and the union exist only in types; the column's check says the same
}

/** When the session of this request ends if it is not used again. */
export async function sessionEnd(ctx: Pick<Ctx, "db">, actor: Actor): Promise<Date | undefined> {
  const sessionId = actor.staff?.sessionId ?? actor.customer?.sessionId;
  if (sessionId === undefined) return undefined;
  const row = await ctx.db.selectFrom("access.session").select("expires_at").where("id", "=", sessionId).executeTakeFirst();
  return row?.expires_at;
}

/** Names of staff by id, for lists that show who did something. */
export async function staffNames(ctx: Pick<Ctx, "db">, staffIds: readonly StaffId[]): Promise<ReadonlyMap<StaffId, string>> {
  const rows = await ctx.db
    .selectFrom("access.staff")
    .select(["id", "name"])
    .where((eb) => eb("id", "=", eb.fn.any(eb.val([...staffIds]))))
    .execute();
  return new Map(rows.map(({ id, name }) => [id as StaffId, name])); // the brand exists only in types
}

/** Whether one of these objects was shown to the caller within the half hour. Asked only where a seam does not carry. */
export async function isGranted(ctx: Pick<ReadCtx, "db" | "actor">, subjects: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from access.grant where holder = ${grantHolderOf(ctx.actor)} and subject = any (${[...subjects]}::text[]) and expires_at > now()
     limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Staff at a till share its device, and a session ends with its person: so the session holds it, the device only when it is alone. */
export function grantHolderOf({ staff, device, credential }: Actor): string {
  if (staff) return `session/${staff.sessionId}`;
  return device ? `device/${device.id}` : credential;
}

export type AccessEntry = {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly deviceId: DeviceId | null;
  readonly deviceName: string | null;
  /** When its person objected to it; null while they have not. */
  readonly objectedAt: Date | null;
};

/** What staff did with the files of these names in the audit, the newest first, at most so many. Who it was is not told [ACC-15]. */
export async function accessesTo(ctx: Pick<ReadCtx, "db">, subjects: readonly string[], most: number): Promise<AccessEntry[]> {
  const { rows } = await sql<AccessEntry>`
    select a.id, a.at, a.action, a.channel_id as "channelId", a.place_id as "placeId", a.device_id as "deviceId", d.name as "deviceName",
           o.at as "objectedAt"
      from access.audit_entry a
      left join access.device d on d.id = a.device_id
      left join access.objection o on o.entry_id = a.id
     where a.subject = any(${[...subjects]}::text[]) and a.actor_kind = 'staff' and a.outcome = 'allowed'
     order by a.at desc limit ${most}`.execute(ctx.db);
  return rows;
}

export type EnrolledDevice = KnownDevice & {
  readonly enrolledAt: Date;
  readonly enrolledBy: string | null;
  readonly lastSeenAt: Date | null;
};

/** The devices of some places, null for all, or one of them: by kind, place and name. */
export async function devicesOf(
  ctx: Pick<ReadCtx, "db">,
  { placeIds, id = null }: { readonly placeIds: readonly PlaceId[] | null; readonly id?: DeviceId | null },
): Promise<EnrolledDevice[]> {
  const { rows } = await sql<EnrolledDevice>`
    select d.id, d.name, d.kind, d.place_id as "placeId", d.register_id as "registerId", d.enrolled_at as "enrolledAt", m.name as "enrolledBy",
           d.last_seen_at as "lastSeenAt"
      from access.device d left join access.staff m on m.id = d.enrolled_by
     where (${placeIds && [...placeIds]}::uuid[] is null or d.place_id = any(${placeIds && [...placeIds]}::uuid[]))
       and (${id}::uuid is null or d.id = ${id}::uuid)
     order by d.kind, d.place_id, d.name, d.id limit 1000`.execute(ctx.db);
  return rows;
}
