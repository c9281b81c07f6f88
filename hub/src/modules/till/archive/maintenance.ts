import type { EntityId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { JET } from "../fiscal/index.ts";
import { hubEvent, writeHubEntry, type HubJournal } from "./hub-journal.ts";

/**
 * Writes into the hub's own journal of each legal entity with a register that the database was restored from a backup [ARC-10]: what registers sent
 * since then is not in it, and comes again. `epoch` rises with every restore, and each is told once.
 */
export async function noteRestore(ctx: Ctx, hub: HubJournal, epoch: number): Promise<void> {
  const { rows } = await sql<{ entityId: EntityId }>`
    select distinct r.entity_id as "entityId" from till.register r where not r.training and not exists (
      select from till.hub_entry h where h.entity_id = r.entity_id and h.entry #>> '{body,document,detail,epoch}' = ${String(epoch)})
     order by 1`.execute(ctx.db);
  for (const { entityId } of rows)
    await writeHubEntry(ctx, hub, entityId, hubEvent(JET.maintenance, "database restored from a backup", { epoch }));
}
