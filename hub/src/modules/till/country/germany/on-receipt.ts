import type { ReceiptView } from "@weft/contracts";
import { sql } from "kysely";
import type { EntityId } from "@weft/kernel";
import type { ReadCtx } from "../../../../platform/index.ts";
import { placesSnapshot } from "../../../places/index.ts";
import type { SignedTransaction } from "./tse.ts";

type Place = NonNullable<ReceiptView["ticket"]>;
type Kept = {
  readonly type: string;
  readonly process: string;
  readonly transaction: SignedTransaction | null;
  readonly error: string | null;
};

/** What the device of its register says of a ticket, for its receipt [ARC-9]. Signed after the sale, so at first it may still be waited for. */
export async function tseOfTicket(ctx: Pick<ReadCtx, "db">, { register, chain, seq }: Place): Promise<NonNullable<ReceiptView["tse"]>> {
  const { rows } = await sql<Kept>`
    select t.process_type as type, t.process, t.transaction, t.error from till.tse_signature t
      join till.register r on r.id = t.register_id where r.code = ${register} and t.chain = ${chain} and t.seq = ${seq}`.execute(ctx.db);
  const [kept] = rows;
  if (!kept) return { state: "waiting" };
  const { transaction } = kept;
  if (!transaction) return { state: "failed", error: kept.error ?? "" };
  const { number, signatureCounter, startedAt, finishedAt, signature, device } = transaction;
  const code = codeOf(register, kept, transaction);
  return { state: "signed", serial: device.serial, transaction: number, signatureCounter, startedAt, finishedAt, signature, code };
}

/** Whether the law of German registers holds for it. */
export async function isGermanRegister(ctx: Pick<ReadCtx, "db" | "snapshots">, registerId: string): Promise<boolean> {
  const { rows } = await sql<{ entity_id: EntityId }>`select entity_id from till.register where id = ${registerId}`.execute(ctx.db);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  return rows[0] !== undefined && entities.get(rows[0].entity_id)?.country === "DE";
}

/**
 * What the QR code of a German receipt says, parted by semicolons (DSFinV-K, Anhang I, version V0): register, process, transaction, counter, both
 * times, how it was signed, the signature and the device's public key.
 */
function codeOf(
  register: string,
  { type, process }: Pick<Kept, "type" | "process">,
  { number, signatureCounter, startedAt, finishedAt, signature, device }: SignedTransaction,
): string {
  const { algorithm, timeFormat, publicKey } = device;
  const parts = [register, type, process, number, signatureCounter, startedAt, finishedAt, algorithm, timeFormat, signature, publicKey];
  return ["V0", ...parts].join(";");
}
