import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import type { UploadManifest } from "../fiscal/index.ts";
import { registerProof, type RootOfDay } from "../journal/roots.ts";
import type { ArchivePeriod } from "./format.ts";

/**
 * Who says from beside the entries how far a register's journal went, so that entries that were cut off at its very end are missed [ARC-8]: the
 * register, signed, whenever it had sent all of them, and the hub's root of a day.
 */
export type Witness = ({ readonly kind: "upload" } & UploadManifest) | ({ readonly kind: "root" } & RootOfDay);

/** The file of an archive that holds them, one in a line. */
export const WITNESSES = "witnesses.jsonl";

/** What was witnessed of some registers within a period; also of entries that are not there any more, which is what it is for. */
export async function* witnessesOf(db: Db, registerIds: readonly string[], { from, until }: ArchivePeriod): AsyncGenerator<Witness> {
  const { rows: uploads } = await sql<UploadManifest>`
    select u.register_id as "registerId", u.from_seq::float8 as "fromSeq", u.to_seq::float8 as "toSeq", u.count::float8 as count,
           u.head_sig as "headSignature", u.key_id as "keyId", u.manifest_sig as sig
      from till.fiscal_upload u
      left join till.fiscal_entry e on e.register_id = u.register_id and e.journal_seq = u.to_seq
     where u.register_id = any(${[...registerIds]}::uuid[])
       and coalesce(e.business_date, u.received_at::date) between ${from} and ${until}
     order by u.register_id, u.to_seq`.execute(db);
  for (const upload of uploads) yield { kind: "upload", ...upload };
  const { rows: days } = await sql<{ day: string; registerId: string }>`
    select r.day::text, r.register_id as "registerId"
      from till.fiscal_root_register r
      cross join lateral (
        select bool_or(e.business_date > ${until}) as reaches_on, bool_or(coalesce(e.business_date, r.day) between ${from} and ${until}) as is_in
          from jsonb_each(r.heads) h
          left join till.fiscal_entry e on e.register_id = r.register_id and e.chain = h.key and e.seq = (h.value ->> 'seq')::bigint) at
     where r.register_id = any(${[...registerIds]}::uuid[]) and at.is_in and at.reaches_on is not true
     order by r.day, r.register_id`.execute(db);
  for (const { day, registerId } of days) {
    const proof = await registerProof({ db }, day, registerId);
    if (proof) yield { kind: "root", ...proof };
  }
}

/** What witnesses of a register know and its journal does not have: the first entry that is missing, or another one in its place. */
export async function missedBy(db: Db, { id, code }: { readonly id: string; readonly code: string }) {
  const { rows: roots } = await sql<{ chain: string; seq: number; day: string }>`
    select distinct on (h.key) h.key as chain, (h.value ->> 'seq')::float8 as seq, r.day::text
      from till.fiscal_root_register r cross join jsonb_each(r.heads) h
     where r.register_id = ${id}
       and not exists (select from till.fiscal_entry e where e.register_id = r.register_id and e.chain = h.key and e.seq = (h.value ->> 'seq')::bigint
                          and coalesce(e.sig, encode(e.body_hash, 'hex')) = h.value ->> 'mark')
     order by h.key, (h.value ->> 'seq')::bigint`.execute(db);
  const { rows: uploads } = await sql<{ seq: number }>`
    select u.to_seq::float8 as seq from till.fiscal_upload u
     where u.register_id = ${id} and not exists (select from till.fiscal_entry e where e.register_id = u.register_id and e.journal_seq = u.to_seq
                                                    and e.sig = u.head_sig)
     order by u.to_seq limit 1`.execute(db);
  return [
    ...roots.map(({ chain, seq, day }) => ({
      code: "#CHAIN",
      entry: `${code}/${chain}/${seq}`,
      reason: `is not the one that the hub's root of ${day} has: it is missing, or another one`,
    })),
    ...uploads.map(({ seq }) => ({
      code: "#CHAIN",
      entry: `${code}/journal/${seq}`,
      reason: "is not the one up to which the register signed that it sent all: it is missing, or another one",
    })),
  ];
}
