import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { ConsentEventId } from "./domain/index.ts";

/** A decision as it is given out in a file, with its proof. */
export type ExportedDecision = {
  readonly id: ConsentEventId;
  readonly recordId: RecordId;
  readonly customerId: string;
  readonly channelId: ChannelId | null;
  readonly purpose: string;
  readonly topic: string | null;
  readonly channelKind: string | null;
  readonly state: string;
  readonly at: string;
  readonly source: string;
  readonly wordingVersion: string;
  readonly language: string;
  readonly proofHow: string | null;
  readonly proofNote: string | null;
};

export type DecisionsPage = { readonly channelId: ChannelId | null; readonly after: ConsentEventId | null; readonly limit: number };

/** The next decisions by their ids, for an export; with a channel those that were said on it. */
export async function decisionsPage(ctx: Pick<ReadCtx, "db">, { channelId, after, limit }: DecisionsPage): Promise<ExportedDecision[]> {
  const { rows } = await sql<ExportedDecision>`
    select e.id, e.record_id as "recordId", customers.customer_of(e.record_id) as "customerId", e.channel_id as "channelId",
           e.purpose, e.topic, e.channel_kind as "channelKind", e.state,
           to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.source, e.wording_version as "wordingVersion", e.language,
           e.proof ->> 'how' as "proofHow", e.proof ->> 'note' as "proofNote"
      from consent.event e
     where (${after}::uuid is null or e.id > ${after}::uuid) and (${channelId}::uuid is null or e.channel_id = ${channelId}::uuid)
     order by e.id limit ${limit}`.execute(ctx.db);
  return rows;
}
