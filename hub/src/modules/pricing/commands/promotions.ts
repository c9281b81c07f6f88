import type { PromotionTermsView } from "@weft/contracts";
import { type RecordId, type Result, err, ok } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { PromotionId } from "../domain/index.ts";
import type { PricingError } from "../errors.ts";
import { currenciesOf } from "../terms.ts";
import { announce, raiseRevision } from "./revision.ts";

/**
 * Makes a promotion. Errors: `pricing.promotion_times`, `pricing.promotion_currencies`. Publishes `pricing.changed.v1`.
 */
export async function createPromotion(ctx: Ctx, id: PromotionId, terms: PromotionTermsView): Promise<Result<null, PricingError>> {
  const wrong = whatIsWrong(terms);
  if (wrong) return err(wrong);
  const revision = await raiseRevision(ctx);
  const { maximumUses, maximumUsesPerCustomer, maximumAmount } = terms;
  await sql`
    insert into pricing.promotion (id, version, maximum_uses, maximum_uses_per_customer, maximum_amount, currency, created_at)
    values (${id}, 1, ${maximumUses}, ${maximumUsesPerCustomer}, ${maximumAmount?.amount ?? null}, ${currenciesOf(terms)[0] ?? null}, ${ctx.now})`.execute(
    ctx.db,
  );
  await insertVersion(ctx, id, 1, terms);
  await countAgain(ctx, id, terms);
  await announce(ctx, revision, { what: "promotions" });
  return ok(null);
}

function whatIsWrong(terms: PromotionTermsView): PricingError | undefined {
  const { validFrom, validTo } = terms;
  if (validFrom !== null && validTo !== null && new Date(validFrom) >= new Date(validTo)) {
    return { code: "pricing.promotion_times", validFrom, validTo };
  }
  const currencies = currenciesOf(terms);
  return currencies.length > 1 ? { code: "pricing.promotion_currencies", currencies } : undefined;
}

async function insertVersion(ctx: Ctx, id: PromotionId, version: number, terms: PromotionTermsView): Promise<void> {
  await sql`
    insert into pricing.promotion_version (promotion_id, version, terms, at)
    values (${id}, ${version}, ${JSON.stringify(terms)}::jsonb, ${ctx.now})`.execute(ctx.db);
}

/**
 * Changes a promotion, when `version` is the one that was seen: a new version. What was used before counts on a new maximum too.
 * Errors: `pricing.promotion_unknown`, `pricing.promotion_changed`, those of `createPromotion`. Publishes `pricing.changed.v1`.
 */
export async function changePromotion(
  ctx: Ctx,
  id: PromotionId,
  version: number,
  terms: PromotionTermsView,
): Promise<Result<null, PricingError>> {
  const wrong = whatIsWrong(terms);
  if (wrong) return err(wrong);
  const current = await lockPromotion(ctx, id);
  if (!current) return err({ code: "pricing.promotion_unknown", promotionId: id });
  if (current.version !== version) return err({ code: "pricing.promotion_changed", promotionId: id, version: current.version });
  await writeVersion(ctx, id, version + 1, terms);
  return ok(null);
}

/** Ends a promotion now; carts that had it are priced without it as soon as their price promise is over [PRC-23]. Errors: `pricing.promotion_unknown`. Publishes `pricing.changed.v1`. */
export async function endPromotion(ctx: Ctx, id: PromotionId): Promise<Result<null, PricingError>> {
  const current = await lockPromotion(ctx, id);
  if (!current) return err({ code: "pricing.promotion_unknown", promotionId: id });
  const { validFrom, validTo } = current.terms;
  if (validTo !== null && new Date(validTo) <= ctx.now) return ok(null);
  const hasBegun = validFrom !== null && new Date(validFrom) < ctx.now;
  await writeVersion(ctx, id, current.version + 1, {
    ...current.terms,
    validFrom: hasBegun ? validFrom : null,
    validTo: ctx.now.toISOString(),
  });
  return ok(null);
}

/** Budget before revision, as a completion that uses the promotion up takes them. */
async function lockPromotion(ctx: Ctx, id: PromotionId): Promise<{ version: number; terms: PromotionTermsView } | undefined> {
  await sql`select 1 from pricing.promotion where id = ${id} for update`.execute(ctx.db);
  await sql`select 1 from pricing.promotion_budget where promotion_id = ${id} for update`.execute(ctx.db);
  const { rows } = await sql<{ version: number; terms: PromotionTermsView }>`
    select p.version, v.terms from pricing.promotion p
      join pricing.promotion_version v on v.promotion_id = p.id and v.version = p.version where p.id = ${id}`.execute(ctx.db);
  return rows[0];
}

async function writeVersion(ctx: Ctx, id: PromotionId, version: number, terms: PromotionTermsView): Promise<void> {
  const { maximumUses, maximumUsesPerCustomer, maximumAmount } = terms;
  await insertVersion(ctx, id, version, terms);
  await sql`
    update pricing.promotion set version = ${version}, maximum_uses = ${maximumUses}, maximum_uses_per_customer = ${maximumUsesPerCustomer},
           maximum_amount = ${maximumAmount?.amount ?? null}, currency = ${currenciesOf(terms)[0] ?? null}
     where id = ${id}`.execute(ctx.db);
  await countAgain(ctx, id, terms);
  const revision = await raiseRevision(ctx);
  await announce(ctx, revision, { what: "promotions" });
}

/** Sets the budget and the marks of those who may not use it again to what the uses say, whatever was limited before [PRC-18]. */
async function countAgain(ctx: Ctx, id: PromotionId, { maximumUses, maximumAmount }: PromotionTermsView): Promise<void> {
  if (maximumUses !== null || maximumAmount !== null) {
    await sql`update pricing.promotion_use set is_counted = true where promotion_id = ${id} and given_back_at is null`.execute(ctx.db);
    await sql`
      insert into pricing.promotion_budget (promotion_id, used, spent)
      select ${id}::uuid, count(*), coalesce(sum(amount), 0) from pricing.promotion_use where promotion_id = ${id} and given_back_at is null
      on conflict (promotion_id) do update set used = excluded.used, spent = excluded.spent`.execute(ctx.db);
  }
  await sql`update pricing.promotion set is_used_up = coalesce(pricing.is_spent(id), false) where id = ${id}`.execute(ctx.db);
  await sql`delete from pricing.customer_group where customer_group like 'used:%' and customer_group = 'used:' || ${id}::text`.execute(
    ctx.db,
  );
  await sql`
    insert into pricing.customer_group (record_id, customer_group)
    select u.record_id, 'used:' || p.id from pricing.promotion_use u join pricing.promotion p on p.id = u.promotion_id
     where p.id = ${id} and u.record_id is not null and u.given_back_at is null
     group by p.id, u.record_id having count(*) >= p.maximum_uses_per_customer
    on conflict do nothing`.execute(ctx.db);
}

/** What `pricing.use_codes` raises for a promotion; its detail is the promotion's id. */
const PROMOTION_USED_UP = "WF014";

/** The promotion that was used up, when this is what PostgreSQL raised. */
export function usedUpPromotion(error: unknown): PromotionId | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== PROMOTION_USED_UP) return undefined;
  return "detail" in error && typeof error.detail === "string" ? (error.detail as PromotionId) : undefined; // pricing.use_promotion writes its id
}

/**
 * Marks the customer who was refused a promotion that they have used as often as they may, so that their cart is shown its new price: two
 * customers who became one may each have used it before [PRC-18].
 */
export async function markUsedUp(ctx: Ctx, id: PromotionId, recordId: RecordId, recordIds: readonly RecordId[]): Promise<void> {
  await sql`select pricing.mark_used_by_customer(${id}::uuid, ${recordId}::uuid, ${[...recordIds]}::uuid[])`.execute(ctx.db);
}
