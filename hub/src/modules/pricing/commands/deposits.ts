import { type Result, type VariantId, err, ok } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { DepositAmount, StoredDeposit } from "../domain/index.ts";
import { announce, raiseRevision } from "./revision.ts";

export type DepositRefusal =
  | { readonly code: "tax_class_unknown"; readonly taxClass: string }
  | { readonly code: "carried_already"; readonly variantId: VariantId; readonly deposit: string };

/**
 * Makes a deposit or changes it: its name, what it is in each country, and the goods that carry it, each one deposit only [PRC-22]. What was
 * sold with it keeps what was paid. Publishes `pricing.changed.v1`.
 */
export async function saveDeposit(ctx: Ctx, deposit: StoredDeposit): Promise<Result<null, DepositRefusal>> {
  const revision = await raiseRevision(ctx);
  const refused = await refusalOf(ctx, deposit);
  if (refused) return err(refused);
  const { code, name, variantIds } = deposit;
  await sql`
    insert into pricing.deposit (code, name) values (${code}, ${JSON.stringify(name)}::jsonb)
    on conflict (code) do update set name = excluded.name`.execute(ctx.db);
  await saveAmounts(ctx, code, deposit.amounts);
  await sql`delete from pricing.deposit_goods where deposit_code = ${code} and variant_id <> all (${[...variantIds]}::uuid[])`.execute(
    ctx.db,
  );
  await sql`
    insert into pricing.deposit_goods (variant_id, deposit_code) select id, ${code} from unnest(${[...variantIds]}::uuid[]) as id
    on conflict do nothing`.execute(ctx.db);
  await announce(ctx, revision, { what: "deposits" });
  return ok(null);
}

/** Goods with the deposit that they carry, by its code; null: none. */
export type Carrying = { readonly variantId: VariantId; readonly deposit: string | null };

/** Says of goods one by one which of the known deposits they carry [PRC-22]; of all others nothing. Publishes `pricing.changed.v1`. */
export async function carryDeposits(ctx: Ctx, goods: readonly Carrying[]): Promise<void> {
  if (goods.length === 0) return;
  const revision = await raiseRevision(ctx);
  const variantIds = goods.map(({ variantId }) => variantId);
  await sql`delete from pricing.deposit_goods where variant_id = any (${variantIds}::uuid[])`.execute(ctx.db);
  await sql`
    insert into pricing.deposit_goods (variant_id, deposit_code)
    select id, code from unnest(${variantIds}::uuid[], ${goods.map(({ deposit }) => deposit)}::text[]) as given (id, code) where code is not null`.execute(
    ctx.db,
  );
  await announce(ctx, revision, { what: "deposits" });
}

async function saveAmounts(ctx: Ctx, code: string, amounts: readonly DepositAmount[]): Promise<void> {
  await sql`delete from pricing.deposit_amount where deposit_code = ${code}`.execute(ctx.db);
  await sql`
    insert into pricing.deposit_amount (deposit_code, country, currency, amount, follows_goods, tax_class)
    select ${code}, * from unnest(
      ${amounts.map(({ country }) => country)}::text[], ${amounts.map(({ currency }) => currency)}::text[], ${amounts.map(({ amount }) => amount)}::integer[],
      ${amounts.map(({ followsGoods }) => followsGoods)}::boolean[], ${amounts.map(({ taxClass }) => taxClass)}::text[])`.execute(ctx.db);
}

async function refusalOf(ctx: Ctx, { code, amounts, variantIds }: StoredDeposit): Promise<DepositRefusal | undefined> {
  const { rows: unknown } = await sql<{ taxClass: string }>`
    select given as "taxClass" from unnest(${amounts.map(({ taxClass }) => taxClass)}::text[]) as given
     where not exists (select from pricing.tax_class c where c.code = given) limit 1`.execute(ctx.db);
  if (unknown[0]) return { code: "tax_class_unknown", ...unknown[0] };
  const { rows: carried } = await sql<{ variantId: VariantId; deposit: string }>`
    select variant_id as "variantId", deposit_code as deposit from pricing.deposit_goods
     where variant_id = any (${[...variantIds]}::uuid[]) and deposit_code <> ${code} order by 1 limit 1`.execute(ctx.db);
  return carried[0] && { code: "carried_already", ...carried[0] };
}
