import type { DataExportView, DataPurposeView } from "@weft/contracts";
import type { ChannelId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { USES } from "../../modules/consent/domain/index.ts";

type Reader = Pick<ReadCtx, "db">;
type Purpose = Pick<DataPurposeView, "key" | "basis">;

/** What personal data is used for, and what allows it (GDPR Art. 6): what needs nobody's answer first. */
const PURPOSES: readonly Purpose[] = [
  { key: "orders", basis: "contract" },
  { key: "service", basis: "contract" },
  { key: "bookkeeping", basis: "legal_obligation" },
  { key: "security", basis: "legitimate_interest" },
  ...Object.entries(USES).map(([key, basis]): Purpose => ({ key: key as keyof typeof USES, basis })), // its keys are the uses
  { key: "marketing", basis: "consent" },
  { key: "research", basis: "consent" },
];

/**
 * The purposes, and of those that people are asked about how many said yes and no: by their last word about it on any record, each person
 * once. It reads every decision, so it takes a second for millions.
 */
export async function purposesNow(ctx: Reader): Promise<DataPurposeView[]> {
  const { rows } = await sql<{ key: string; granted: number; withdrawn: number }>`
    with said as (
      select distinct on (coalesce(p.person_id, e.record_id), e.purpose) e.purpose, e.state
        from consent.read_decision e left join customers.read_person p on p.record_id = e.record_id
       order by coalesce(p.person_id, e.record_id), e.purpose, e.at desc, e.id desc
    )
    select purpose as key, (count(*) filter (where state = 'granted'))::integer as granted,
           (count(*) filter (where state = 'withdrawn'))::integer as withdrawn
      from said group by purpose`.execute(ctx.db);
  const counts = new Map(rows.map((row) => [row.key, row]));
  return PURPOSES.map(({ key, basis }) => {
    const isAsked = key in USES || basis === "consent";
    const { granted = 0, withdrawn = 0 } = counts.get(key) ?? {};
    return { key, basis, granted: isAsked ? granted : null, withdrawn: isAsked ? withdrawn : null };
  });
}

type ExportRow = Omit<DataExportView, "at" | "channelId" | "customerId" | "what"> & {
  readonly at: Date;
  readonly action: string;
  readonly channelId: ChannelId | null;
  readonly subject: string;
};

export type ExportPage = { readonly after: readonly [string, string] | null; readonly limit: number };

/** Files with personal data that were taken out of the hub, newest first: the audit knows every one of them. */
export async function exportPage(ctx: Reader, { after, limit }: ExportPage): Promise<ExportRow[]> {
  const [at, id] = after ?? [null, null];
  const { rows } = await sql<ExportRow>`
    select a.id, a.at, a.action, a.subject, a.actor_kind as "actorKind", a.actor_name as "actorName", a.channel_id as "channelId",
           substring(a.reason from ', for (.*)$') as recipient
      from access.read_export a
     where (${at}::timestamptz is null or (a.at, a.id) < (${at}::timestamptz, ${id}::uuid))
     order by a.at desc, a.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

export function presentExport({ action, subject, at, ...row }: ExportRow): DataExportView {
  const [noun, id] = subject.split("/");
  const what = noun === "list" && id !== undefined ? `list.${id}` : action;
  return { ...row, at: at.toISOString(), what, customerId: noun === "customer" ? (id ?? null) : null };
}
