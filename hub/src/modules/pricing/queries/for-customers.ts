import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type Ctx } from "../../../platform/index.ts";
import type { CodeId, CustomerGroup } from "../domain/index.ts";

/** The groups with prices of their own that a customer is in: those of all linked records together. */
export async function customerGroupsOf(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<CustomerGroup[]> {
  const { rows } = await sql<{ customerGroup: string }>`
    select distinct customer_group as "customerGroup" from pricing.read_customer_group
     where record_id = any (${idList(recordIds)}) order by 1`.execute(ctx.db);
  return rows.map(({ customerGroup }) => customerGroup);
}

/**
 * Which of these codes may not be used again, in all or by this customer [PRC-12]. For showing only: completion counts under lock.
 * Uses are never kept in a snapshot.
 */
export async function usedUpCodes(ctx: Pick<Ctx, "db">, codeIds: readonly CodeId[], recordIds: readonly RecordId[]): Promise<CodeId[]> {
  const { rows } = await sql<{ id: CodeId }>`
    select c.id from pricing.code c
     where c.id = any (${idList(codeIds)})
       and ((c.maximum_uses is not null and not exists (select from pricing.code_budget b where b.code_id = c.id and b.used < b.maximum))
         or c.maximum_uses_per_customer <= (
              select count(*) from pricing.code_use u
               where u.code_id = c.id and u.record_id = any (${idList(recordIds)}) and u.given_back_at is null))`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
