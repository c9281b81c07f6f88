import type { EntityConsentRuleView } from "@weft/contracts";
import { err, ok, type ChannelId, type EntityId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { channelOf } from "../channels/index.ts";
import { placesSnapshot, type LegalEntity } from "../places/index.ts";
import { asksTwice } from "./domain/index.ts";
import type { ConsentError } from "./errors.ts";

/** The country and clock that hold where nothing nearer is known: those of the channel's legal entity, else of the first one. */
export async function entityFor(ctx: Pick<ReadCtx, "snapshots">, channelId: ChannelId | null): Promise<LegalEntity | undefined> {
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const channel = channelId ? await channelOf(ctx, channelId) : undefined;
  return (channel && entities.get(channel.entityId)) ?? entities.values().next().value;
}

/** Whether a yes by mail is confirmed from the mailbox itself for an entity [CNS-5]. */
export async function asksTwiceFor(ctx: Pick<ReadCtx, "db">, entity: LegalEntity | undefined): Promise<boolean> {
  return entity ? asksTwice(entity.country, (await ownSettings(ctx)).get(entity.id) ?? null) : false;
}

/** Every legal entity with what it asks. */
export async function entityRules(ctx: Pick<ReadCtx, "db" | "snapshots">): Promise<EntityConsentRuleView[]> {
  const own = await ownSettings(ctx);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  return [...entities.values()].map((entity) => presentRule(entity, own.get(entity.id) ?? null));
}

/** Sets it for an entity; null goes back to the custom of its country. Errors: `consent.entity_unknown`. */
export async function setEntityRule(
  ctx: Ctx,
  entityId: EntityId,
  own: boolean | null,
): Promise<Result<EntityConsentRuleView, ConsentError>> {
  const entity = (await ctx.snapshots.current(placesSnapshot)).entities.get(entityId);
  if (!entity) return err({ code: "consent.entity_unknown", entityId });
  if (own === null) await sql`delete from consent.entity_rule where entity_id = ${entityId}`.execute(ctx.db);
  else
    await sql`
      insert into consent.entity_rule (entity_id, asks_twice, changed_at, changed_by) values (${entityId}, ${own}, ${ctx.now}, ${ctx.actor.staff?.id ?? null})
      on conflict (entity_id) do update set (asks_twice, changed_at, changed_by) = (excluded.asks_twice, excluded.changed_at, excluded.changed_by)`.execute(
      ctx.db,
    );
  await auditWrite(ctx, { action: "consent.setEntityRule", subject: `entity/${entityId}` });
  return ok(presentRule(entity, own));
}

async function ownSettings(ctx: Pick<ReadCtx, "db">): Promise<Map<EntityId, boolean>> {
  const { rows } = await sql<{ id: EntityId; asksTwice: boolean }>`
    select entity_id as id, asks_twice as "asksTwice" from consent.entity_rule`.execute(ctx.db);
  return new Map(rows.map(({ id, asksTwice: own }) => [id, own]));
}

const presentRule = ({ id, name, country }: LegalEntity, own: boolean | null): EntityConsentRuleView => ({
  entityId: id,
  name,
  country,
  asksTwice: asksTwice(country, own),
  isOwnSetting: own !== null,
});
