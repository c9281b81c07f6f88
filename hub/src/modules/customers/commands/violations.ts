import type { Id, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/** Which limit stopped something [IDN-6]. The kind is that of the identifier, or what else would have joined. */
export type ViolationRule =
  | "values_per_customer"
  | "customers_per_value"
  | "links_per_customer"
  | "records_per_customer"
  | "device_of_another"
  | "kind_joins_no_longer"
  | "apart_but_proven";

export type NewViolation = {
  readonly kind: string;
  readonly rule: ViolationRule;
  /** Ids and numbers, never a value. */
  readonly detail: Record<string, unknown>;
};

/** Keeps that a limit stopped something: a report, not an error. The same of the same record within a day is one. */
export async function recordViolation(ctx: Ctx, recordId: RecordId, { kind, rule, detail }: NewViolation): Promise<void> {
  const said = JSON.stringify(detail);
  await sql`
    insert into customers.violation (id, record_id, kind, rule, detail)
    select ${ctx.newId<Id<"violation">>()}, ${recordId}, ${kind}, ${rule}, ${said}::jsonb
     where not exists (select from customers.violation v where v.record_id = ${recordId} and v.kind = ${kind} and v.rule = ${rule}
                          and v.detail = ${said}::jsonb and v.at > now() - interval '1 day')`.execute(ctx.db);
}
