import { ok, type RecordId } from "@weft/kernel";
import type pg from "pg";
import { eraseRecords } from "./modules/customers/index.ts";
import { makePartitions } from "./partitions.ts";
import { ERASURE_HOOKS } from "./personal-data.ts";
import { noteRestore } from "./modules/till/index.ts";
import {
  createSnapshots,
  inTransaction,
  openSigner,
  readEpoch,
  statement,
  SYSTEM,
  type AfterRestore,
  type Log,
  type Vault,
} from "./platform/index.ts";
import { VERSION } from "./version.ts";

/** What a restore leaves to be done that modules know about. */
export function afterRestore(pool: pg.Pool, log: Log, vault: Vault): AfterRestore {
  const around = () => ({ pool, log, actor: SYSTEM, requestId: "restore", snapshots: createSnapshots({ pool, log }) });
  return {
    makePartitions: () => makePartitions(pool),
    async eraseAgain(recordIds) {
      const ids = await stillThere(pool, recordIds);
      if (ids.length === 0) return;
      const outcome = await inTransaction(around(), async (ctx) => ok(await eraseRecords(ctx, ids, ERASURE_HOOKS)));
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("the erasures since the backup could not be made again");
      log.info({ records: ids.length }, "Erased again who was erased after the backup");
    },
    async tellJournals() {
      const hub = { signer: await openSigner(pool, vault), softwareVersion: VERSION };
      const epoch = await readEpoch(pool);
      await inTransaction(around(), async (ctx) => ok(await noteRestore(ctx, hub, epoch)));
    },
  };
}

/** Those of the list that the backup still knows: who came and went after it is not in it. */
async function stillThere(pool: pg.Pool, recordIds: readonly string[]): Promise<RecordId[]> {
  const rows = await statement<{ id: RecordId }>(
    pool,
    "select id from customers.source_record where id = any($1::uuid[]) and state <> 'erased'",
    [recordIds],
  );
  return rows.map(({ id }) => id);
}
