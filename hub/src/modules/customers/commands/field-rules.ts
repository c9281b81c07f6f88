import type { ChannelKind, FieldRulesStateView } from "@weft/contracts";
import type { CustomerId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { FIELD_RULES, PROFILE_FIELDS, type FieldChoice } from "../domain/index.ts";
import { FieldRulesChanged } from "../events.ts";
import { fieldChoiceSnapshot } from "../field-rules.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";

/** Customers whose profiles one transaction builds again. */
const BATCH = 100;

type Row = { readonly rules: FieldChoice["rules"]; readonly channels: ChannelKind[]; readonly rebuilding: boolean };

/** The rules of every field, also of those that go by the usual ones. */
export async function readFieldRules({ db }: Pick<Ctx, "db">): Promise<FieldRulesStateView> {
  const { rows } = await sql<Row>`select rules, channels, rebuilding from customers.field_setting`.execute(db);
  const { rules, channels, rebuilding } = rows[0] ?? { rules: {}, channels: [], rebuilding: false };
  return {
    fields: PROFILE_FIELDS.map((field) => ({ field, rules: [...(rules[field] ?? FIELD_RULES)] })),
    channels,
    isRebuilding: rebuilding,
  };
}

/**
 * Changes which of several values profiles show [IDN-28]; a job builds all of them again. A rule given twice counts once.
 * Publishes `customer.field_rules_changed.v1`.
 */
export async function setFieldRules(ctx: Ctx, { fields, channels }: Pick<FieldRulesStateView, "fields" | "channels">): Promise<void> {
  const rules = Object.fromEntries(fields.map((each) => [each.field, [...new Set(each.rules)]]));
  await sql`
    update customers.field_setting set rules = ${JSON.stringify(rules)}::jsonb, channels = ${JSON.stringify([...new Set(channels)])}::jsonb,
           rebuilding = true, rebuilt_to = null`.execute(ctx.db);
  await publish(ctx, FieldRulesChanged, "field_rules/all", {});
}

/** Builds the next profiles again by the rules as they are; false when all are built. Goes on where it was after a hub was killed. */
export async function rebuildNext(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ after: CustomerId | null }>`
    select rebuilt_to as after from customers.field_setting where rebuilding for update`.execute(ctx.db);
  const [setting] = rows;
  if (!setting) return false;
  // What this node remembers of the rules may be older than the row.
  ctx.snapshots.invalidate(fieldChoiceSnapshot);
  const { rows: next } = await sql<{ id: CustomerId }>`
    select id from customers.customer where state = 'active' and (${setting.after}::uuid is null or id > ${setting.after}::uuid)
       and customers.customer_of(id) = id order by id limit ${BATCH}`.execute(ctx.db);
  await rebuildProfiles(ctx, next.map(({ id }) => id)); // prettier-ignore
  await sql`
    update customers.field_setting set rebuilt_to = ${next.at(-1)?.id ?? null}, rebuilding = ${next.length > 0}`.execute(ctx.db);
  return next.length > 0;
}
