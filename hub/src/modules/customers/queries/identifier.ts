import type { IdentifierPageView } from "@weft/contracts";
import type { ChannelId, CustomerId, IdentifierId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { isAmong, type IdentifierKind } from "../domain/index.ts";
import { limitsNow } from "../limits.ts";
import { channelsSeen } from "./visible.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots" | "actor">;

const MOST_HOLDERS = 100;

type IdentifierRow = {
  readonly id: IdentifierId;
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly reason: "too_common" | "too_many_people" | "staff" | null;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly links: number;
};
type HolderRow = {
  readonly recordId: RecordId;
  readonly customerId: CustomerId;
  readonly name: string | null;
  readonly channelId: ChannelId;
  readonly since: Date;
  readonly verifiedAt: Date | null;
  readonly evidence: string;
};

/** One value with everybody who has it, as far as the caller sees their channels; undefined for one that is unknown or nobody's to be seen. */
export async function identifierPage(ctx: Reader, id: IdentifierId): Promise<IdentifierPageView | undefined> {
  const { rows } = await sql<IdentifierRow>`
    select i.id, i.kind, i.value_norm as value, i.blocked_reason as reason, i.first_seen as "firstSeen", i.last_seen as "lastSeen",
           (select count(*)::integer from customers.link l
             where l.state = 'active' and l.kind = 'shared_identifier' and l.evidence ->> 'identifierId' = i.id::text) as links
      from customers.identifier i where i.id = ${id}`.execute(ctx.db);
  const [found] = rows;
  if (!found) return undefined;
  const holders = await holdersOf(ctx, id);
  if (holders.length === 0) return undefined;
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const { firstSeen, lastSeen, reason, kind, value, links } = found;
  return {
    id,
    kind,
    value: kind === "external" ? value.slice(value.indexOf(":") + 1) : value,
    firstSeenAt: firstSeen.toISOString(),
    lastSeenAt: lastSeen.toISOString(),
    setAside: reason ?? ((await isBlockedNow(ctx, found)) ? "blocked" : null),
    holders: holders.slice(0, MOST_HOLDERS).map(({ since, verifiedAt, channelId, ...holder }) => ({
      ...holder,
      channelId,
      channelKind: channels.get(channelId)?.kind ?? "web",
      channelName: channels.get(channelId)?.name ?? "",
      since: since.toISOString(),
      verifiedAt: verifiedAt?.toISOString() ?? null,
    })),
    hasMore: holders.length > MOST_HOLDERS,
    links,
  };
}

async function isBlockedNow(ctx: Reader, { kind, value }: IdentifierRow): Promise<boolean> {
  return kind !== "external" && isAmong((await limitsNow(ctx))[kind].blocked, value);
}

async function holdersOf(ctx: Reader, id: IdentifierId): Promise<HolderRow[]> {
  const seen = await channelsSeen(ctx);
  const { rows } = await sql<HolderRow>`
    select r.id as "recordId", customers.customer_of(r.id) as "customerId",
           nullif(concat_ws(' ', r.attributes ->> 'givenName', r.attributes ->> 'familyName'), '') as name,
           r.channel_id as "channelId", ri.valid_from as since, ri.verified_at as "verifiedAt", ri.evidence
      from customers.record_identifier ri join customers.source_record r on r.id = ri.record_id and r.state = 'known'
     where ri.identifier_id = ${id} and ri.valid_to is null
       and (${seen && [...seen]}::uuid[] is null or r.channel_id = any (${seen && [...seen]}::uuid[]))
     order by ri.verified_at nulls last, r.known_at, r.id limit ${MOST_HOLDERS + 1}`.execute(ctx.db);
  return rows;
}
