import type { Role } from "@weft/contracts";
import { err, ok, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import { enrollmentBytes, isSignedBy, keyIdOf, openKey, type PublicKey } from "../fiscal/index.ts";
import { lockRegister, type KnownRegister } from "../queries/registers.ts";
import { readBook } from "./rows.ts";

export type KeyToEnroll = {
  readonly publicKey: PublicKey;
  /** The key's own signature, base64url: whoever enrolls it has it. */
  readonly proof: string;
  /** The key before it is gone, with the browser that had it. */
  readonly isLost: boolean;
};

const MANAGERS: ReadonlySet<Role> = new Set(["owner", "manager"]);

/**
 * Enrolls the key of a register at its own till [JRN-8]; from here on the register signs its journal and the hub writes no entry for it. The same key
 * again changes nothing. Another one needs a manager who says that the old one is lost; the journal goes on from the last entry that the hub has.
 * Errors: `till.register_unknown`, `till.other_register`, `till.key_refused`, `till.key_known`, `till.manager_needed`.
 */
export async function enrollKey(
  ctx: Ctx,
  registerId: RegisterId,
  { publicKey, proof, isLost }: KeyToEnroll,
): Promise<Result<KnownRegister, TillError>> {
  if (ctx.actor.device?.registerId !== registerId) return err({ code: "till.other_register" });
  const register = await lockRegister(ctx, registerId);
  if (!register) return err({ code: "till.register_unknown" });
  const keyId = await keyIdOf(publicKey);
  const key = await openKey(publicKey);
  if (!key || !(await isSignedBy(key, proof, enrollmentBytes(registerId, keyId)))) return err({ code: "till.key_refused" });
  if (register.keyId === keyId) return ok(register);
  if (register.keyId !== null && !isLost) return err({ code: "till.key_known" });
  if (register.keyId !== null && !isManager(ctx)) return err({ code: "till.manager_needed" });
  if (!(await keepKey(ctx, register, keyId, publicKey))) return err({ code: "till.key_known" });
  await auditWrite(ctx, { action: "till.enrollKey", subject: `register/${registerId}` });
  return ok({ ...register, keyId });
}

const isManager = ({ actor }: Ctx): boolean => actor.staff?.roles.some((role) => MANAGERS.has(role)) ?? false;

/** One that was enrolled before, and lost, does not come back. */
async function keepKey(ctx: Ctx, register: KnownRegister, keyId: string, publicKey: PublicKey): Promise<boolean> {
  const last = (await readBook(ctx, register.id))?.journal.seq ?? 0;
  const { rows } = await sql`
    insert into till.register_key (register_id, key_id, public_key, from_journal_seq, lost, enrolled_at, enrolled_by, device_id)
    values (${register.id}, ${keyId}, ${JSON.stringify(publicKey)}::jsonb, ${last + 1}, ${register.keyId !== null}, ${ctx.now},
            ${ctx.actor.staff?.id ?? null}, ${ctx.actor.device?.id ?? null})
    on conflict do nothing returning key_id`.execute(ctx.db);
  if (rows.length === 0) return false;
  await sql`update till.register set key_id = ${keyId} where id = ${register.id}`.execute(ctx.db);
  return true;
}
