import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { hashOf } from "../normalize.ts";

/** A value in its one form that may tell who somebody is. */
export type HeldValue = { readonly kind: "email" | "phone" | "card"; readonly value: string };
export type Holding = HeldValue & { readonly recordId: RecordId };

/** The records of a channel that hold one of these values, proved or not, the oldest first: a family shares its address. */
export async function recordsWith(ctx: Pick<ReadCtx, "db">, channelId: ChannelId, values: readonly HeldValue[]): Promise<Holding[]> {
  if (values.length === 0) return [];
  const { rows } = await sql<Holding>`
    select i.kind, i.value_norm as value, held.id as "recordId"
      from unnest(${values.map(({ kind }) => kind)}::text[], ${values.map(({ kind, value }) => hashOf(kind, value))}::bytea[]) as w (kind, hash)
      join customers.identifier i on i.kind = w.kind and i.value_hash = w.hash
     cross join lateral (
       select r.id, r.known_at from customers.record_identifier ri
         join customers.source_record r on r.id = ri.record_id and r.state = 'known' and r.channel_id = ${channelId}
        where ri.identifier_id = i.id and ri.valid_to is null order by r.known_at, r.id limit 20) held
     order by held.known_at, held.id`.execute(ctx.db);
  return rows;
}
