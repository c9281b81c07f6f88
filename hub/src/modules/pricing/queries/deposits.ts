import type { VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";

/** The codes of all deposits, as the open transaction sees them. */
export async function depositCodes(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ code: string }>`select code from pricing.deposit`.execute(db);
  return new Set(rows.map(({ code }) => code));
}

/** Which of some goods carry which deposit. */
export async function carriedDeposits(db: Db, variantIds: readonly VariantId[]): Promise<ReadonlyMap<VariantId, string>> {
  const { rows } = await sql<{ variantId: VariantId; deposit: string }>`
    select variant_id as "variantId", deposit_code as deposit from pricing.deposit_goods where variant_id = any (${[...variantIds]}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map(({ variantId, deposit }) => [variantId, deposit]));
}
