import type { EReceiptView } from "@weft/contracts";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { isSealed } from "../fiscal/index.ts";
import { entryOfRow, registerKeys, SIGNED_ENTRY, type SignedRow } from "../journal/rows.ts";
import type { TokenSale } from "./read.ts";

type Seal = EReceiptView["seal"];
type Row = Omit<SignedRow, "sig" | "key_id"> & { readonly sig: string | null; readonly key_id: string | null };

/** How the journal holds a sale [TIL-25]: its signature is checked now, with the register's own key, and the day's root is named. */
export async function sealOf(ctx: Pick<ReadCtx, "db">, { registerId, chain, seq }: TokenSale): Promise<Seal> {
  if (seq === null) return { state: "waiting", keyId: null, day: null, root: null };
  const { rows } = await sql<Row>`
    select ${SIGNED_ENTRY} from till.fiscal_entry e where e.register_id = ${registerId} and e.chain = ${chain} and e.seq = ${seq}`.execute(
    ctx.db,
  );
  const [row] = rows;
  if (!row) return { state: "broken", keyId: null, day: null, root: null };
  const state = await stateOf(ctx, row);
  const { rows: days } = await sql<{ day: string; root: string }>`
    select d.day::text, d.root from till.fiscal_root_register r join till.fiscal_root d on d.day = r.day
     where r.register_id = ${registerId} and (r.heads -> ${chain} ->> 'seq')::bigint >= ${seq}
       and coalesce((r.since -> ${chain} ->> 'seq')::bigint, 0) < ${seq}`.execute(ctx.db);
  return { state, keyId: row.key_id, day: days[0]?.day ?? null, root: days[0]?.root ?? null };
}

async function stateOf(ctx: Pick<ReadCtx, "db">, row: Row): Promise<Seal["state"]> {
  const { sig, key_id: keyId } = row;
  if (sig === null || keyId === null) return "hashed";
  const entry = entryOfRow({ ...row, sig, key_id: keyId });
  const keys = await registerKeys(ctx, entry.registerId as TokenSale["registerId"]); // of a register's row
  const key = keys.find((one) => one.keyId === keyId);
  return key && (await isSealed(entry, key.publicKey)) ? "signed" : "broken";
}
