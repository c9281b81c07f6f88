import { UploadManifest } from "@weft/contracts";
import type { RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { isManifestSigned, openKeys } from "../fiscal/index.ts";
import type { KnownRegister } from "../queries/registers.ts";
import { registerKeys } from "./rows.ts";

/**
 * Keeps what a register said of the entries that it sent, where that is true [JRN-11]: signed by a key of it, and every number of it here up to that
 * signature. Answers why not, where it is not.
 */
export async function takeManifest(ctx: Ctx, register: KnownRegister, raw: unknown): Promise<string | null> {
  const read = UploadManifest.safeParse(raw);
  if (!read.success) return "a manifest that cannot be read";
  const { registerId, fromSeq, toSeq, count, headSignature, keyId, sig } = read.data;
  const key = (await openKeys(await registerKeys(ctx, register.id))).get(keyId);
  if (registerId !== register.id || !key || !(await isManifestSigned(read.data, key.key)))
    return "a manifest that is not signed by its register";
  const { rows } = await sql<{ here: number; head: string | null }>`
    select count(*)::integer as here, max(sig) filter (where journal_seq = ${toSeq}) as head from till.fiscal_entry
    where register_id = ${register.id} and journal_seq between ${fromSeq} and ${toSeq}`.execute(ctx.db);
  const { here = 0, head = null } = rows[0] ?? {};
  if (here !== count || count !== toSeq - fromSeq + 1 || head !== headSignature)
    return `${count} entries up to ${toSeq} were sent, and ${here} of them are here`;
  await sql`
    insert into till.fiscal_upload (register_id, from_seq, to_seq, count, head_sig, key_id, manifest_sig, received_at)
    values (${register.id}, ${fromSeq}, ${toSeq}, ${count}, ${headSignature}, ${keyId}, ${sig}, ${ctx.now})
    on conflict do nothing`.execute(ctx.db);
  return null;
}

/** Up to which entry a register said that it sent all; 0 before it ever did. */
export async function uploadedTo(ctx: Pick<ReadCtx, "db">, registerId: RegisterId): Promise<number> {
  const { rows } = await sql<{ upTo: number }>`
    select coalesce(max(to_seq), 0)::integer as "upTo" from till.fiscal_upload where register_id = ${registerId}`.execute(ctx.db);
  return rows[0]?.upTo ?? 0;
}
