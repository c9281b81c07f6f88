import { newId, type ChannelId, type DeviceId, type Id, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Pool } from "pg";
import { statement, trailing, type Actor, type Ctx } from "../../platform/index.ts";

/** Who did, or was refused, what to whose data. Ids only. */
export type AuditedAct = {
  readonly actor: Actor;
  /** The operation: `customers.read`. */
  readonly action: string;
  /** `customer/<id>`, or the path of a refused call. */
  readonly subject: string;
  readonly outcome: "allowed" | "denied";
  readonly requestId: string;
  readonly reason?: string;
};

type Row = {
  id: string;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  subject: string;
  channel_id: ChannelId | null;
  place_id: PlaceId | null;
  device_id: DeviceId | null;
  reason: string | null;
  outcome: string;
  request_id: string;
};

/** Keeps a write of personal data in the transaction that makes it [ACC-10]: both stay, or neither. */
export async function auditWrite(
  ctx: Ctx,
  act: { readonly action: string; readonly subject: string; readonly reason?: string },
): Promise<void> {
  const row = rowOf({ ...act, actor: ctx.actor, outcome: "allowed", requestId: ctx.requestId });
  await trailing(
    ctx,
    sql`insert into access.audit_entry (id, at, actor_kind, actor_id, action, subject, channel_id, place_id, device_id, reason, outcome, request_id)
        values (${row.id}, ${ctx.now}, ${row.actor_kind}, ${row.actor_id}, ${row.action}, ${row.subject}, ${row.channel_id}, ${row.place_id},
                ${row.device_id}, ${row.reason}, ${row.outcome}, ${row.request_id})`,
  );
}

export type AuditLane = {
  /** Keeps a read or a refused try; done when it is durable. */
  record(act: AuditedAct): Promise<void>;
};

/**
 * Entries that wait together share one insert: while one is under way the next ones gather, so there is no timer, and a lone entry
 * waits for nobody [ACC-10].
 */
export function createAuditLane(pool: Pool): AuditLane {
  let waiting: Row[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();

  async function insertAllThatWait(): Promise<void> {
    await running.catch(() => undefined); // whoever waited for that one was told
    next = undefined;
    const rows = waiting;
    waiting = [];
    running = insertRows(pool, rows);
    return running;
  }

  return {
    record(act) {
      waiting.push(rowOf(act));
      next ??= insertAllThatWait();
      return next;
    },
  };
}

async function insertRows(pool: Pool, rows: readonly Row[]): Promise<void> {
  await statement(
    pool,
    `insert into access.audit_entry (id, at, actor_kind, actor_id, action, subject, channel_id, place_id, device_id, reason, outcome, request_id)
     select id, date_trunc('milliseconds', now()), actor_kind, actor_id, action, subject, channel_id, place_id, device_id, reason, outcome, request_id
       from jsonb_to_recordset($1::jsonb) as r(id uuid, actor_kind text, actor_id text, action text, subject text, channel_id uuid,
                                               place_id uuid, device_id uuid, reason text, outcome text, request_id text)`,
    [JSON.stringify(rows)],
  );
}

function rowOf({ actor, action, subject, outcome, requestId, reason }: AuditedAct): Row {
  return {
    id: newId<Id<"audit entry">>(),
    actor_kind: actor.kind,
    actor_id: actor.staff?.id ?? actor.customer?.recordId ?? actor.device?.id ?? actor.keyId,
    action,
    subject: subject.slice(0, 200),
    channel_id: actor.channelId,
    place_id: actor.placeId,
    device_id: actor.device?.id ?? null,
    reason: reason ?? null,
    outcome,
    request_id: requestId,
  };
}
