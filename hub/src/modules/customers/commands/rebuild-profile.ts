import type { ChannelKind } from "@weft/contracts";
import type { ChannelId, CustomerId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { chooseProfile, nameWords, type RecordFacts } from "../domain/index.ts";
import { fieldChoiceSnapshot } from "../field-rules.ts";
import { holdLevels } from "../living.ts";
import { inColumns, type Placed } from "./partition.ts";
import { writeLivingProfiles, type Profiles } from "./write-profile.ts";

type RecordRow = Omit<RecordFacts, "channelKind"> & { readonly customerId: CustomerId; readonly updatedAt: Date };

/**
 * Builds the profiles and name words of these customers again from their records [IDN-5]; of `before`, the ids that no longer stand for
 * a customer lose theirs. Derived data: it may be built again at any time and comes out the same.
 */
export async function rebuildProfiles(ctx: Ctx, customerIds: readonly CustomerId[], before: readonly CustomerId[] = []): Promise<void> {
  if (customerIds.length + before.length === 0) return;
  await holdLevels(ctx);
  const members = sql`
    select c as customer, member as record from unnest(${[...new Set(customerIds)]}::uuid[]) c, lateral customers.records_of(c) member`;
  await writeLivingProfiles(ctx, [...new Set([...customerIds, ...before])], await profilesFrom(ctx, members));
}

/** The profiles that customers with these records would have. */
export async function profilesOf(ctx: Ctx, placed: readonly Placed[]): Promise<Profiles> {
  const { records, customers } = inColumns(placed);
  return profilesFrom(ctx, sql`select * from unnest(${customers}::uuid[], ${records}::uuid[]) as m (customer, record)`);
}

async function profilesFrom(ctx: Ctx, members: RawBuilder<unknown>): Promise<Profiles> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const choice = await ctx.snapshots.current(fieldChoiceSnapshot);
  const profiles: { fields: Profiles["fields"][number][]; words: Profiles["words"][number][] } = { fields: [], words: [] };
  for (const [customer, rows] of await recordsByCustomer(ctx, members)) {
    const records = rows.map((row) => ({ ...row, channelKind: kindOf(channels, row.channelId) }));
    for (const { field, value, fromRecord, rule, at } of chooseProfile(records, choice))
      profiles.fields.push({ customer, field, value, record: fromRecord, rule, at: at.toISOString() });
    const seen = new Date(Math.max(...rows.map(({ updatedAt }) => updatedAt.getTime()))).toISOString();
    profiles.words.push({ customer, seen, words: [...new Set(rows.flatMap(({ attributes }) => nameWords(attributes)))] });
  }
  return profiles;
}

const kindOf = (channels: ReadonlyMap<ChannelId, { readonly kind: ChannelKind }>, id: ChannelId): ChannelKind =>
  channels.get(id)?.kind ?? "web";

async function recordsByCustomer(ctx: Ctx, members: RawBuilder<unknown>): Promise<Map<CustomerId, RecordRow[]>> {
  const { rows } = await sql<RecordRow>`
    select r.id, member.customer as "customerId", r.channel_id as "channelId", r.attributes, r.said_at as "saidAt",
           r.created_at as "createdAt", r.updated_at as "updatedAt",
           coalesce((select array_agg(p.kind) from customers.contact_point p
                      where p.record_id = r.id and p.verified_at is not null and p.address = r.attributes ->> p.kind), '{}') as verified
      from (${members}) member join customers.source_record r on r.id = member.record and r.state = 'known'`.execute(ctx.db);
  const byCustomer = new Map<CustomerId, RecordRow[]>();
  for (const row of rows) {
    const group = byCustomer.get(row.customerId);
    if (group) group.push(row);
    else byCustomer.set(row.customerId, [row]);
  }
  return byCustomer;
}
