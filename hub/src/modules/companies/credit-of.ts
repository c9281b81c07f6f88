import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { CompanyId, Credit } from "./domain/index.ts";

export async function isCompany(ctx: Pick<ReadCtx, "db">, id: CompanyId): Promise<boolean> {
  const { rows } = await sql`select 1 from companies.company where id = ${id}`.execute(ctx.db);
  return rows.length > 0;
}

/** What a company may owe and owes, per currency; currencies in which it only owes are there with a limit of nothing. */
export async function creditOf(ctx: Pick<ReadCtx, "db">, id: CompanyId): Promise<(Credit & { readonly isGiven: boolean })[]> {
  const { rows } = await sql<Credit & { readonly isGiven: boolean }>`
    select coalesce(k.currency, r.unit) as currency, coalesce(k.credit_limit, 0)::bigint as "limit", coalesce(k.terms_days, 0) as "termsDays",
           coalesce(r.owed, 0)::bigint as owed, k.currency is not null as "isGiven"
      from (select * from companies.credit where company_id = ${id}) k
      full join (select * from ledger.read_receivable where company_id = ${id}) r on r.unit = k.currency
     where k.currency is not null or r.owed <> 0 order by 1`.execute(ctx.db);
  return rows;
}

/** Whether the customer of a record is an owner of a company, whom its account concerns [CMP-1]. */
export async function isOwner(ctx: Pick<ReadCtx, "db">, id: CompanyId, recordId: RecordId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from companies.membership where company_id = ${id} and state = 'active' and role = 'owner'
       and record_id = any (array(select customers.records_of(${recordId}))) limit 1`.execute(ctx.db);
  return rows.length > 0;
}
