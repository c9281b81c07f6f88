import type { PromotionCodeView, PromotionTermsView, PromotionView } from "@weft/contracts";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { PromotionId } from "../domain/index.ts";

type Reader = Pick<ReadCtx, "db" | "now">;
type Row = {
  id: PromotionId;
  version: number;
  isUsedUp: boolean;
  terms: PromotionTermsView;
  changedAt: Date;
  used: number;
  given: number;
  currency: string | null;
  codes: number;
};

/** Promotions with what became of them, the newest first: all, or one. `after` is the last of the page before. */
export async function readPromotions(
  ctx: Reader,
  { id = null, after = null, limit }: { readonly id?: PromotionId | null; readonly after?: string | null; readonly limit: number },
): Promise<PromotionView[]> {
  const { rows } = await sql<Row>`
    select p.id, p.version, p.is_used_up as "isUsedUp", v.terms, v.at as "changedAt", p.currency,
           uses.used::integer as used, uses.given, codes.count::integer as codes
      from pricing.promotion p
      join pricing.promotion_version v on v.promotion_id = p.id and v.version = p.version
      cross join lateral (select count(*) as used, coalesce(sum(u.amount), 0)::bigint as given from pricing.promotion_use u
                           where u.promotion_id = p.id and u.given_back_at is null) as uses
      cross join lateral (select count(*) as count from pricing.code c where c.promotion_id = p.id) as codes
     where (${id}::uuid is null or p.id = ${id}) and (${after}::uuid is null or p.id < ${after})
     order by p.id desc limit ${limit}`.execute(ctx.db);
  return rows.map((row) => present(row, ctx.now));
}

function present({ id, version, isUsedUp, terms, changedAt, used, given, currency, codes }: Row, now: Date): PromotionView {
  return {
    ...terms,
    id,
    version,
    state: stateOf(terms, isUsedUp, now),
    changedAt: changedAt.toISOString(),
    used,
    given: currency === null ? null : { amount: given, currency },
    codes,
  };
}

function stateOf({ validFrom, validTo }: PromotionTermsView, isUsedUp: boolean, now: Date): PromotionView["state"] {
  if (validTo !== null && new Date(validTo) <= now) return "ended";
  if (validFrom !== null && new Date(validFrom) > now) return "planned";
  return isUsedUp ? "used_up" : "active";
}

/** The codes of a promotion, the newest first. */
export async function codesOfPromotion(ctx: Reader, id: PromotionId, after: string | null, limit: number): Promise<PromotionCodeView[]> {
  const { rows } = await sql<Omit<PromotionCodeView, "endedAt"> & { endedAt: Date | null }>`
    select c.id, c.code, c.maximum_uses as "maximumUses", c.valid_to as "endedAt",
           (select count(*)::integer from pricing.code_use u where u.code_id = c.id and u.given_back_at is null) as used
      from pricing.code c where c.promotion_id = ${id} and (${after}::uuid is null or c.id < ${after})
     order by c.id desc limit ${limit}`.execute(ctx.db);
  return rows.map((row) => ({ ...row, endedAt: row.endedAt?.toISOString() ?? null }));
}
