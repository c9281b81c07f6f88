import { err, ok, type IdentifierId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { IdentifierStood } from "../events.ts";
import { readLimits } from "../limits.ts";
import { applyTo } from "./apply-limits.ts";
import { setAside } from "./set-aside.ts";

/**
 * Sets a value aside by a person's decision, or lets it count again [IDN-30]: what it joined comes apart, or together again as it was. Asked
 * twice it is one. Errors: `customer.identifier_unknown`. Publishes `customer.identifier_stood.v1` and what unlinking and linking publish.
 */
export async function standIdentifier(ctx: Ctx, identifierId: IdentifierId, isSetAside: boolean): Promise<Result<null, CustomerError>> {
  const { rows } = await sql<{ reason: string | null }>`
    select blocked_reason as reason from customers.identifier where id = ${identifierId} for update`.execute(ctx.db);
  const [found] = rows;
  if (!found) return err({ code: "customer.identifier_unknown" });
  if (isSetAside) {
    if (found.reason !== "staff") await setAside(ctx, identifierId, "staff");
    return ok(null);
  }
  if (found.reason === null) return ok(null);
  await sql`update customers.identifier set blocked_reason = null where id = ${identifierId}`.execute(ctx.db);
  const limits = await readLimits(ctx.db);
  for (const record of await partedBy(ctx, identifierId)) await applyTo(ctx, record, limits);
  await publish(ctx, IdentifierStood, `identifier/${identifierId}`, { identifierId, isSetAside: false });
  return ok(null);
}

/** One record of each link that was withdrawn because of this value. */
async function partedBy({ db }: Ctx, identifierId: IdentifierId): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct l.a_record as id from customers.record_identifier ri
      join customers.link l on (l.a_record = ri.record_id or l.b_record = ri.record_id) and l.state = 'withdrawn' and starts_with(l.reason, 'limit_')
     where ri.identifier_id = ${identifierId} and l.evidence ->> 'identifierId' = ${identifierId}::text order by 1`.execute(db);
  return rows.map(({ id }) => id);
}
