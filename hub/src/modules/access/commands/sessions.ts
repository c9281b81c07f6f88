import type { ChannelId, DeviceId, Id, RecordId, StaffId } from "@weft/kernel";
import { publish, type Ctx } from "../../../platform/index.ts";
import { SessionEnded } from "../events.ts";
import { newToken, tokenHash } from "../secrets.ts";

export type SessionId = Id<"session">;

/** A session that was just made. Its token goes into the cookie, and is not seen again. */
export type NewSession = { readonly id: SessionId; readonly token: string; readonly expiresAt: Date };

/** A session lives on as long as it is used within this time. */
export const IDLE_SECONDS = { staff: 12 * 3600, customer: 90 * 86_400 } as const;

/** The longest that browsers keep a cookie; how long a session counts is decided here, not in the browser. */
export const COOKIE_SECONDS = 400 * 86_400;

/** `weft_till` keeps the till's device in `weft_till_device`. */
export function deviceCookie(sessionName: string): string {
  return `${sessionName}_device`;
}

/** Signs a customer in, by the source record that they showed to be theirs. The caller sets the cookie named by `app`. */
export function createCustomerSession(
  ctx: Ctx,
  session: { readonly recordId: RecordId; readonly app: string; readonly channelId: ChannelId | null },
): Promise<NewSession> {
  return insertSession(ctx, { ...session, kind: "customer", staffId: null, deviceId: null });
}

/** Signs staff in; with a device, the session counts only together with it [ACC-8]. */
export function createStaffSession(
  ctx: Ctx,
  session: {
    readonly staffId: StaffId;
    readonly app: string;
    readonly channelId: ChannelId | null;
    readonly deviceId: DeviceId | null;
  },
): Promise<NewSession> {
  return insertSession(ctx, { ...session, kind: "staff", recordId: null });
}

async function insertSession(
  ctx: Ctx,
  {
    kind,
    staffId,
    recordId,
    ...session
  }: {
    readonly kind: "staff" | "customer";
    readonly staffId: StaffId | null;
    readonly recordId: RecordId | null;
    readonly app: string;
    readonly channelId: ChannelId | null;
    readonly deviceId: DeviceId | null;
  },
): Promise<NewSession> {
  // An app has one session at a time: the next cashier ends the one before.
  const before = ctx.actor.staff?.sessionId ?? ctx.actor.customer?.sessionId;
  if (before !== undefined) await endSession(ctx, before);
  const made: NewSession = {
    id: ctx.newId<SessionId>(),
    token: newToken(),
    expiresAt: new Date(ctx.now.getTime() + IDLE_SECONDS[kind] * 1000),
  };
  await ctx.db
    .insertInto("access.session")
    .values({
      id: made.id,
      token_hash: tokenHash(made.token),
      app: session.app,
      kind,
      staff_id: staffId,
      record_id: recordId,
      channel_id: session.channelId,
      device_id: session.deviceId,
      expires_at: made.expiresAt,
    })
    .execute();
  return made;
}

/** Ends one session. Publishes `session.ended.v1`, so that every node forgets it. */
export async function endSession(ctx: Ctx, sessionId: string): Promise<void> {
  const ended = await ctx.db.deleteFrom("access.session").where("id", "=", sessionId).returning("id").execute();
  for (const { id } of ended) await publish(ctx, SessionEnded, `session/${id}`, { sessionId: id });
}

/** Ends every session of a member of staff: they were suspended, or their password changed. */
export async function endStaffSessions(ctx: Ctx, staffId: StaffId): Promise<void> {
  const ended = await ctx.db.deleteFrom("access.session").where("staff_id", "=", staffId).returning("id").execute();
  for (const { id } of ended) await publish(ctx, SessionEnded, `session/${id}`, { sessionId: id });
}

/** Ends the sessions of erased records; nothing of these people is kept in this module but ids in the audit. */
export async function eraseAccess(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const ended = await ctx.db
    .deleteFrom("access.session")
    .where((eb) => eb("record_id", "=", eb.fn.any(eb.val([...recordIds]))))
    .returning("id")
    .execute();
  for (const { id } of ended) await publish(ctx, SessionEnded, `session/${id}`, { sessionId: id });
  await ctx.db
    .deleteFrom("access.objection")
    .where((eb) => eb("record_id", "=", eb.fn.any(eb.val([...recordIds]))))
    .execute();
  await ctx.db
    .deleteFrom("access.grant")
    .where((eb) => eb("subject", "=", eb.fn.any(eb.val(recordIds.map((id) => `record/${id}`)))))
    .execute();
}
