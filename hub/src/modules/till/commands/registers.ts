import { err, ok, type ChannelId, type PlaceId, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { documentPlace, placeOf } from "../../places/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { receiptPrefixes } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { RegisterAdded } from "../events.ts";
import { readRegister, type KnownRegister } from "../queries/registers.ts";

export type NewRegister = {
  readonly placeId: PlaceId;
  readonly name: string;
  readonly training: boolean;
  readonly id?: RegisterId;
  /** Where it sells on another channel than its place's. */
  readonly channelId?: ChannelId;
};

/**
 * Adds a register to a place. Its receipts get a beginning of their own that is never given twice.
 * Errors: `till.other_place` (staff of other places, or no such place). Publishes `till.register_added.v1`.
 */
export async function createRegister(
  ctx: Ctx,
  { placeId, name, training, id = ctx.newId<RegisterId>(), channelId }: NewRegister,
): Promise<Result<KnownRegister, TillError>> {
  const document = await documentPlace(ctx, placeId);
  const scope = ctx.actor.staff?.placeIds ?? [];
  if (!document || (scope.length > 0 && !scope.includes(placeId))) return err({ code: "till.other_place" });
  const place = await placeOf(ctx, placeId);
  // Two registers that are added together must not find the same code free.
  await sql`select pg_advisory_xact_lock(hashtextextended('till.register codes', 0))`.execute(ctx.db);
  const code = await freeCode(ctx, placeId, place?.code ?? "till");
  // Its own drawer, until it is set to share another one.
  await ctx.db.insertInto("till.drawer").values({ id, place_id: placeId, name, created_at: ctx.now }).execute();
  await ctx.db
    .insertInto("till.register")
    .values({
      id,
      drawer_id: id,
      place_id: placeId,
      entity_id: document.entityId,
      channel_id: channelId ?? null,
      code,
      name,
      training,
      created_at: ctx.now,
    })
    .execute();
  await publish(ctx, RegisterAdded, `register/${id}`, { registerId: id, placeId, training });
  if (ctx.actor.kind === "staff") await auditWrite(ctx, { action: "till.createRegister", subject: `register/${id}` });
  const register = await readRegister(ctx, id);
  return register ? ok(register) : err({ code: "till.register_unknown" });
}

/** Registers by their own ids, for the demo and imports; those that exist stay as they are. */
export async function addRegisters(
  ctx: Ctx,
  registers: readonly (NewRegister & { readonly id: RegisterId })[],
): Promise<Result<null, TillError>> {
  for (const register of registers) {
    if (await readRegister(ctx, register.id)) continue;
    const added = await createRegister(ctx, register);
    if (!added.ok) return added;
  }
  return ok(null);
}

/** The place's own beginning when it has one, else the shortest that is free, and the next number. */
async function freeCode(ctx: Ctx, placeId: PlaceId, placeCode: string): Promise<string> {
  const taken = await ctx.db.selectFrom("till.register").select(["code", "place_id"]).execute();
  const beginningOf = (code: string) => code.replace(/\d+$/, "");
  const own = taken.filter((row) => row.place_id === placeId);
  const others = new Set(taken.filter((row) => row.place_id !== placeId).map((row) => beginningOf(row.code)));
  const prefixes = receiptPrefixes(placeCode);
  const first = own[0];
  const prefix = first
    ? beginningOf(first.code)
    : (prefixes.find((candidate) => !others.has(candidate)) ?? `${prefixes.at(-1)}${others.size}X`);
  return `${prefix}${own.length + 1}`;
}
