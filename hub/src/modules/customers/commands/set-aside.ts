import type { ChannelId, IdentifierId, LinkId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { BrokenLimit, MatchDecision, ProvenLink } from "../domain/index.ts";
import { IdentifierStood } from "../events.ts";
import { limitsNow } from "../limits.ts";
import { blockIdentifier, type BlockedReason } from "./identifiers.ts";
import { recompute } from "./resolve.ts";
import { recordViolation } from "./violations.ts";

/**
 * A decision without the links by values that are worn out: more records of one channel are said to have proved such a value than customers
 * may share it [IDN-6]. A person has one record on a channel, so this is a default value of a system that vouches, and what it has joined
 * comes apart again. Nothing is asked where nothing would be linked.
 */
export async function withoutWornOut(ctx: Ctx, channelId: ChannelId, decision: MatchDecision): Promise<MatchDecision> {
  const worn: ProvenLink[] = [];
  for (const link of decision.links) if (await isWornOut(ctx, channelId, link)) worn.push(link);
  if (worn.length === 0) return decision;
  for (const { identifierId, to, on } of worn) {
    await setAside(ctx, identifierId, "too_many_people");
    await recordViolation(ctx, to, { kind: on, rule: "customers_per_value", detail: { identifierId } });
  }
  const links = decision.links.filter((link) => !worn.includes(link));
  return { ...decision, links, ...(links.length === 0 && { because: "nobody_like_this" }) };
}

async function isWornOut(ctx: Ctx, channelId: ChannelId, { identifierId, on }: ProvenLink): Promise<boolean> {
  if (on === "external") return false;
  const most = (await limitsNow(ctx))[on].customersPerValue;
  const { rows } = await sql`
    select 1 from customers.record_identifier ri join customers.source_record r on r.id = ri.record_id
     where ri.identifier_id = ${identifierId} and ri.valid_to is null and ri.verified_at is not null and r.channel_id = ${channelId} and r.state = 'known'
     limit ${most + 1}`.execute(ctx.db);
  return rows.length > most;
}

/**
 * Sets a value aside: it tells nobody apart from now on, nobody is asked about it, and links that rest on it are withdrawn, remembered as
 * nothing, so that they may come back when it counts again. Publishes `customer.identifier_stood.v1` and what unlinking publishes.
 */
export async function setAside(ctx: Ctx, identifierId: IdentifierId, reason: BlockedReason): Promise<number> {
  await blockIdentifier(ctx, identifierId, reason);
  const { rows } = await sql<WithdrawnLink>`
    select id, a_record as a, b_record as b from customers.link
     where state = 'active' and kind = 'shared_identifier' and evidence ->> 'identifierId' = ${identifierId}::text order by id`.execute(
    ctx.db,
  );
  await withdrawByLimit(ctx, rows.map((link) => ({ ...link, limit: "limit_customers_per_value" as const }))); // prettier-ignore
  await publish(ctx, IdentifierStood, `identifier/${identifierId}`, { identifierId, isSetAside: true });
  return rows.length;
}

type WithdrawnLink = { readonly id: LinkId; readonly a: RecordId; readonly b: RecordId };

/** Withdraws links that a limit does not allow, and computes their people again, each once. */
export async function withdrawByLimit(ctx: Ctx, links: readonly (WithdrawnLink & { readonly limit: BrokenLimit })[]): Promise<void> {
  if (links.length === 0) return;
  await sql`
    update customers.link l set state = 'withdrawn', withdrawn_at = now(), reason = w.reason
      from unnest(${links.map(({ id }) => id)}::uuid[], ${links.map(({ limit }) => limit)}::text[]) as w (id, reason)
     where l.id = w.id and l.state = 'active'`.execute(ctx.db);
  const [first] = links;
  // Told by the first of them: subscribers hear of the customers, and the links are rows.
  await recompute(ctx, [...new Set(links.flatMap(({ a, b }) => [a, b]))], first?.id ?? null);
}
