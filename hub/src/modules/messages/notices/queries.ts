import type { NoticeMailingView, UnreachedView } from "@weft/contracts";
import type { RecordId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { staffNames } from "../../access/index.ts";
import { customersByIds, customersOf } from "../../customers/index.ts";
import type { MailingId } from "./mailing.ts";

type Reader = Pick<ReadCtx, "db">;
type Row = Omit<NoticeMailingView, "startedAt" | "endedAt" | "byName"> & {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly by: StaffId | null;
};

/** Mailings of notices with what became of them, the newest first; or one of them. */
export async function mailingsOf(ctx: Reader, id: MailingId | null = null): Promise<NoticeMailingView[]> {
  const { rows } = await sql<Row>`
    select m.id, m.notice_id as "noticeId", m.channel_id as "channelId", m.per_minute as "perMinute", m.state, m.at as "startedAt",
           m.ended_at as "endedAt", m.started_by as by, c.*
      from messages.notice_mailing m
     cross join lateral (
       select (count(*) filter (where outcome = 'queued'))::integer as queued, (count(*) filter (where outcome = 'sent'))::integer as sent,
              (count(*) filter (where outcome = 'failed'))::integer as failed, (count(*) filter (where outcome = 'no_address'))::integer as "noAddress",
              (count(*) filter (where outcome = 'left_alone'))::integer as "leftAlone"
         from messages.notice_receiver r where r.mailing_id = m.id) c
     where ${id}::uuid is null or m.id = ${id}::uuid order by m.at desc, m.id desc limit 100`.execute(ctx.db);
  const names = await staffNames(
    ctx,
    rows.flatMap(({ by }) => by ?? []),
  );
  return rows.map(({ by, startedAt, endedAt, ...mailing }) => ({
    ...mailing,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    byName: (by && names.get(by)) ?? null,
  }));
}

export type UnreachedPage = { readonly after: RecordId | null; readonly limit: number };
type UnreachedRow = { readonly recordId: RecordId; readonly because: UnreachedView["because"] };

/** People whom a mailing could not reach: they stay apart until somebody tells them in another way. By the ids of their records. */
export async function unreachedPage(ctx: Reader, mailingId: MailingId, { after, limit }: UnreachedPage): Promise<UnreachedRow[]> {
  const { rows } = await sql<UnreachedRow>`
    select record_id as "recordId", outcome as because from messages.notice_receiver
     where mailing_id = ${mailingId} and outcome in ('failed', 'no_address', 'left_alone') and (${after}::uuid is null or record_id > ${after}::uuid)
     order by record_id limit ${limit}`.execute(ctx.db);
  return rows;
}

/** The same with their customers, and their names where the reader may see them. */
export async function presentUnreached(ctx: Reader, rows: readonly UnreachedRow[], mayReadNames: boolean): Promise<UnreachedView[]> {
  const customers = await customersOf(
    ctx,
    rows.map(({ recordId }) => recordId),
  );
  const people = mayReadNames ? await customersByIds(ctx, [...new Set(customers.values())]) : [];
  const names = new Map<string, string>(
    people.map(({ id, givenName, familyName }) => [id, [givenName, familyName].filter(Boolean).join(" ")]),
  );
  return rows.map(({ recordId, because }) => {
    const customerId = customers.get(recordId);
    return { customerId: customerId ?? recordId, customerName: (customerId && names.get(customerId)) || null, because };
  });
}
