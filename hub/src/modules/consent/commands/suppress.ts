import type { ContactKind } from "@weft/contracts";
import { err, ok, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { addressMac, addressMacsOf, normalizeAddress, type AddressKind } from "../addresses.ts";
import type { SuppressionReason } from "../domain/index.ts";
import type { ConsentError } from "../errors.ts";
import { SuppressionChanged } from "../events.ts";
import { entityFor } from "../rules.ts";
import { actorIdOf } from "../source.ts";

export type SuppressionId = Id<"suppression">;

export type NewSuppression = {
  readonly channelKind: AddressKind;
  readonly address: string;
  readonly reason: Exclude<SuppressionReason, "erased">;
};

/**
 * Leaves an address alone from now on [CNS-6]; only its keyed hash is kept. Said twice it is one.
 * Errors: `consent.address_invalid`. Publishes `consent.suppression_changed.v1` when it is new.
 */
export async function suppress(ctx: Ctx, vault: Vault, wanted: NewSuppression): Promise<Result<SuppressionId, ConsentError>> {
  const { channelKind, reason } = wanted;
  const country = (await entityFor(ctx, ctx.actor.channelId))?.country ?? "";
  const address = normalizeAddress(channelKind, wanted.address, country);
  if (address === undefined) return err({ code: "consent.address_invalid" });
  const mac = addressMac(vault, channelKind, address);
  const id = ctx.newId<SuppressionId>();
  const { rows } = await sql<{ id: SuppressionId }>`
    insert into consent.suppression as before (id, channel_kind, address_mac, reason, at, actor_kind, actor_id)
    values (${id}, ${channelKind}, ${mac}, ${reason}, ${ctx.now}, ${ctx.actor.kind}, ${actorIdOf(ctx.actor)})
    on conflict (channel_kind, address_mac, reason) where lifted_at is null do update set id = before.id returning id`.execute(ctx.db);
  const stands = rows[0]?.id ?? id;
  if (stands === id)
    await publish(ctx, SuppressionChanged, `suppression/${id}`, { suppressionId: id, channelKind, reason, isLifted: false });
  return ok(stands);
}

/** Lets an address be written to again. Errors: `consent.suppression_unknown`. Publishes `consent.suppression_changed.v1`. */
export async function liftSuppression(ctx: Ctx, id: SuppressionId): Promise<Result<null, ConsentError>> {
  const lifted = await lift(ctx, sql`id = ${id}`);
  return lifted.length > 0 ? ok(null) : err({ code: "consent.suppression_unknown" });
}

/**
 * A fresh yes of the address's own holder is newer than what was noted for the address, and ends it; a complaint to the provider and a
 * dead mailbox are not theirs to end.
 */
export async function liftOwn(ctx: Ctx, vault: Vault, recordIds: ReadonlySet<RecordId>, kind: ContactKind): Promise<void> {
  const macs = (await addressMacsOf(ctx, vault, [...recordIds])).filter((address) => address.kind === kind).map(({ mac }) => mac);
  if (macs.length > 0)
    await lift(ctx, sql`channel_kind = ${kind} and address_mac = any(${macs}::bytea[]) and reason in ('do_not_contact', 'erased')`);
}

async function lift(ctx: Ctx, which: ReturnType<typeof sql>): Promise<readonly SuppressionId[]> {
  const { rows } = await sql<{ id: SuppressionId; channelKind: string; reason: string }>`
    update consent.suppression set lifted_at = ${ctx.now}, lifted_by = ${actorIdOf(ctx.actor) ?? ctx.actor.kind}
     where lifted_at is null and ${which} returning id, channel_kind as "channelKind", reason`.execute(ctx.db);
  for (const { id, channelKind, reason } of rows)
    await publish(ctx, SuppressionChanged, `suppression/${id}`, { suppressionId: id, channelKind, reason, isLifted: true });
  return rows.map(({ id }) => id);
}
