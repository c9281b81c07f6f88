import type { Locale } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import type { PassId, WalletKind } from "./ports.ts";

export type WalletPass = {
  readonly id: PassId;
  readonly recordId: RecordId;
  readonly wallet: WalletKind;
  readonly locale: Locale;
  readonly changedAt: Date;
};

/** The pass of a record in a wallet, made when it is first asked for [LOY-23]: asked again it is the same, in the language of now. */
export async function keepPass(
  ctx: Ctx,
  { recordId, wallet, locale }: Pick<WalletPass, "recordId" | "wallet" | "locale">,
): Promise<PassId> {
  const { rows } = await sql<{ id: PassId }>`
    insert into loyalty.wallet_pass as p (id, record_id, wallet, locale, made_at, changed_at)
    values (${ctx.newId<PassId>()}, ${recordId}, ${wallet}, ${locale}, ${ctx.now}, date_trunc('second', ${ctx.now}::timestamptz))
    on conflict (record_id, wallet) do update set locale = excluded.locale returning id`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("a pass that is kept has an id");
  return row.id;
}

/** A pass that stands for somebody; undefined: there is none, or its person was erased. */
export async function passById(ctx: Pick<ReadCtx, "db">, id: PassId): Promise<WalletPass | undefined> {
  const { rows } = await sql<WalletPass>`
    select id, record_id as "recordId", wallet, locale, changed_at as "changedAt" from loyalty.wallet_pass
     where id = ${id} and record_id is not null`.execute(ctx.db);
  return rows[0];
}

export type ChangedPass = Pick<WalletPass, "id" | "wallet">;

/**
 * Notes that the passes of some people show something else now [LOY-24]: of all records that are linked, for a balance is theirs together. The time
 * is in whole seconds and later than the one before, so that a phone which asks "since then?" never misses a change of the same second.
 */
export async function touchPasses(ctx: Ctx, recordIds: readonly string[]): Promise<ChangedPass[]> {
  if (recordIds.length === 0) return [];
  const { rows } = await sql<ChangedPass>`
    update loyalty.wallet_pass p
       set changed_at = greatest(date_trunc('second', ${ctx.now}::timestamptz), p.changed_at + interval '1 second')
     where p.record_id in (select customers.records_of(r.id) from unnest(${[...recordIds]}::uuid[]) as r (id))
    returning p.id, p.wallet`.execute(ctx.db);
  return rows;
}

/** Passes at once, so that no job holds a transaction for long. */
const RIPE_AT_ONCE = 500;

/** People whose waiting points could be used from a moment on that came after their pass changed last [LOY-24]: the clock alone tells of it. */
export async function ripePasses(ctx: Pick<ReadCtx, "db" | "now">): Promise<RecordId[]> {
  const { rows } = await sql<{ recordId: RecordId }>`
    select distinct p.record_id as "recordId"
      from loyalty.wallet_pass p cross join lateral customers.records_of(p.record_id) as r (id)
      join ledger.read_lot l on l.record_id = r.id and l.unit like 'points:%' and l.usable_at > p.changed_at and l.usable_at <= ${ctx.now}
     where p.record_id is not null limit ${RIPE_AT_ONCE}`.execute(ctx.db);
  return rows.map(({ recordId }) => recordId);
}

/** A phone wants to be told of a pass; true where it did not before. */
export async function registerDevice(ctx: Ctx, deviceId: string, passId: PassId, pushToken: string): Promise<boolean> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into loyalty.wallet_registration as r (device_id, pass_id, push_token, registered_at)
    values (${deviceId}, ${passId}, ${pushToken}, ${ctx.now})
    on conflict (device_id, pass_id) do update set push_token = excluded.push_token returning (xmax = 0) as "isNew"`.execute(ctx.db);
  return rows[0]?.isNew === true;
}

export async function unregisterDevice(ctx: Pick<Ctx, "db">, deviceId: string, passId: PassId): Promise<void> {
  await sql`delete from loyalty.wallet_registration where device_id = ${deviceId} and pass_id = ${passId}`.execute(ctx.db);
}

/** Transactions that began earlier may commit later: what changed so shortly before is told again, and then found to be the same. */
const AGAIN_SECONDS = 10;

/** The passes of a phone that changed since it asked last, in seconds since 1970, and up to when it knows now; null: none did. */
export async function changedPasses(
  ctx: Pick<ReadCtx, "db">,
  deviceId: string,
  since: number,
): Promise<{ readonly ids: readonly PassId[]; readonly until: number } | null> {
  const { rows } = await sql<{ id: PassId; changed: number }>`
    select p.id, extract(epoch from p.changed_at)::bigint as changed
      from loyalty.wallet_registration r join loyalty.wallet_pass p on p.id = r.pass_id
     where r.device_id = ${deviceId} and p.record_id is not null and extract(epoch from p.changed_at) > ${since - AGAIN_SECONDS}::bigint
     order by p.changed_at, p.id`.execute(ctx.db);
  const last = rows.at(-1);
  if (!last || rows.every(({ changed }) => changed <= since)) return null;
  return { ids: rows.map(({ id }) => id), until: last.changed };
}

/** The phones that want to be told of a pass. */
export async function devicesOf(
  ctx: Pick<ReadCtx, "db">,
  passId: PassId,
): Promise<{ readonly deviceId: string; readonly pushToken: string }[]> {
  const { rows } = await sql<{ deviceId: string; pushToken: string }>`
    select device_id as "deviceId", push_token as "pushToken" from loyalty.wallet_registration where pass_id = ${passId} order by device_id`.execute(
    ctx.db,
  );
  return rows;
}

/**
 * Forgets the passes of erased people: which phones they are on at once; a pass at Google stays without a person until Google has been told to
 * empty it.
 */
export async function erasePasses(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<void> {
  const ids = sql`${[...recordIds]}::uuid[]`;
  await sql`delete from loyalty.wallet_pass where record_id = any(${ids}) and wallet = 'apple'`.execute(ctx.db);
  await sql`update loyalty.wallet_pass set record_id = null where record_id = any(${ids})`.execute(ctx.db);
}

/** Passes whose people were erased, and whose wallet does not know yet. */
export async function endedPasses(ctx: Pick<ReadCtx, "db">): Promise<PassId[]> {
  const { rows } = await sql<{ id: PassId }>`select id from loyalty.wallet_pass where record_id is null order by id limit 500`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}

export async function forgetPass(ctx: Pick<Ctx, "db">, id: PassId): Promise<void> {
  await sql`delete from loyalty.wallet_pass where id = ${id} and record_id is null`.execute(ctx.db);
}
