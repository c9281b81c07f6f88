import type { EntityId, RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import { documentPlace } from "../../places/index.ts";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { NEW_YEAR, NOTHING, type Base, type Chain, type RegisterIdentity } from "../fiscal/index.ts";
import type { KnownRegister } from "../queries/registers.ts";

/** What a register's journal says of it in its first entry. */
export async function identityOf(ctx: Pick<Ctx, "db" | "snapshots">, register: KnownRegister): Promise<RegisterIdentity> {
  const place = await documentPlace(ctx, register.placeId);
  if (!place) throw new Error(`place ${register.placeId} of register ${register.id} is unknown`);
  return {
    entityId: place.entityId,
    placeId: place.placeId,
    registerId: register.id,
    code: register.code,
    timeZone: place.timeZone,
    dayEnd: place.dayEnd,
    training: register.training,
    ...(await fiscalYearOf(ctx, place.entityId)),
  };
}

/** Nothing where its years are those of the calendar, as every register's are that was not told otherwise. */
async function fiscalYearOf({ db }: Pick<Ctx, "db">, entityId: EntityId): Promise<Pick<RegisterIdentity, "yearStart">> {
  const row = await db
    .selectFrom("till.fiscal_identity")
    .select("year_start")
    .where("entity_id", "=", entityId)
    .where("year_start", "<>", NEW_YEAR)
    .executeTakeFirst();
  return row ? { yearStart: row.year_start } : {};
}

/** Where the chains stand that the hub wrote before the register had a key: a receipt's number is never given twice, so they go on. */
export async function baseOf(ctx: Pick<ReadCtx, "db">, registerId: RegisterId): Promise<Base> {
  const { rows } = await sql<{ chain: Chain; seq: number; sig: string }>`
    select distinct on (chain) chain, seq::integer, encode(body_hash, 'hex') as sig from till.fiscal_entry
    where register_id = ${registerId} and sig is null order by chain, seq desc`.execute(ctx.db);
  return { heads: Object.fromEntries(rows.map(({ chain, seq, sig }) => [chain, { seq, sig }])), journal: NOTHING };
}
