import { type OrderId, type RecordId, type Result, err, ok } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { type CodeId, type DiscountCode, emptyScopeKey, normalizeCode } from "../domain/index.ts";
import type { PricingError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";
import { toScopeRows } from "./scopes.ts";

/** How often a code may be used; absent means without end. */
export type CodeLimits = { readonly maximumUses?: number; readonly maximumUsesPerCustomer?: number };

/** From how many uses on a budget is cut into slots that are locked one by one, so that completions do not queue for it. */
const SLOTTED_FROM = 160;
const SLOTS = 16;

/** Makes a discount code. Errors: `pricing.scope_empty`, `pricing.code_taken`. Publishes `pricing.changed.v1`. */
export async function createCode(ctx: Ctx, given: DiscountCode & CodeLimits): Promise<Result<{ revision: number }, PricingError>> {
  const code = { ...given, code: normalizeCode(given.code) };
  const emptyKey = emptyScopeKey(code.scope);
  if (emptyKey) return err({ code: "pricing.scope_empty", id: code.id, key: emptyKey });
  const revision = await raiseRevision(ctx);
  if (!(await insertCode(ctx, code))) return err({ code: "pricing.code_taken", text: code.code });
  const { owners, keys, values } = toScopeRows([code]);
  await sql`
    insert into pricing.code_scope (code_id, key, value)
    select * from unnest(${owners}::uuid[], ${keys}::text[], ${values}::text[])`.execute(ctx.db);
  if (code.maximumUses !== undefined) await insertBudgets(ctx, [code.id], code.maximumUses);
  await announce(ctx, revision, { what: "codes" });
  return ok({ revision });
}

async function insertCode(ctx: Ctx, code: DiscountCode & CodeLimits): Promise<boolean> {
  const { benefit, minimum } = code;
  const rate = benefit.kind === "percentage" ? benefit.rate : undefined;
  const money = benefit.kind === "amount" ? benefit.money : undefined;
  const inserted = await ctx.db
    .insertInto("pricing.code")
    .values({
      id: code.id,
      code: code.code,
      benefit: benefit.kind,
      numerator: rate?.numerator ?? null,
      denominator: rate?.denominator ?? null,
      amount: money?.amount ?? null,
      promotion_id: benefit.kind === "promotion" ? benefit.promotionId : null,
      currency: money?.currency ?? minimum?.currency ?? null,
      minimum: minimum?.amount ?? null,
      combinable: code.combinable,
      valid_from: code.validFrom ?? null,
      valid_to: code.validTo ?? null,
      maximum_uses: code.maximumUses ?? null,
      maximum_uses_per_customer: code.maximumUsesPerCustomer ?? null,
    })
    .onConflict((oc) => oc.column("code").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** The budgets of codes that may be used `maximum` times each. */
export async function insertBudgets(ctx: Ctx, codeIds: readonly CodeId[], maximum: number): Promise<void> {
  const slots = maximum < SLOTTED_FROM ? 1 : SLOTS;
  await sql`
    insert into pricing.code_budget (code_id, slot, maximum)
    select id, slot, ${maximum}::integer / ${slots}::integer + (slot < ${maximum}::integer % ${slots}::integer)::integer
      from unnest(${[...codeIds]}::uuid[]) as id, generate_series(0, ${slots}::integer - 1) as slot`.execute(ctx.db);
}

/** Ends a code now; carts that show it are told why it no longer serves. Errors: `pricing.code_unknown`. Publishes `pricing.changed.v1`. */
export async function endCode(ctx: Ctx, codeId: CodeId): Promise<Result<{ revision: number }, PricingError>> {
  const revision = await raiseRevision(ctx);
  // A code that had not begun ends as one without a beginning, because a beginning after its end is refused.
  const { numAffectedRows } = await sql`
    update pricing.code set valid_to = least(valid_to, ${ctx.now}), valid_from = case when valid_from >= ${ctx.now} then null else valid_from end
     where id = ${codeId}`.execute(ctx.db);
  if (!numAffectedRows) return err({ code: "pricing.code_unknown", codeId });
  await announce(ctx, revision, { what: "codes" });
  return ok({ revision });
}

/** The codes that an order spends, with what each took off in minor units of the order's currency. */
export type CodeUses = {
  readonly orderId: OrderId;
  readonly recordId: RecordId;
  /** All records of the customer, whose lock the caller holds: a use per customer is counted over all of them. */
  readonly recordIds: readonly RecordId[];
  readonly uses: readonly { readonly codeId: CodeId; readonly amount: number }[];
  /** `recorded`: the sale has happened, so uses are counted as far as there are any and nothing is refused. */
  readonly mode: "live" | "recorded";
};

/** What `pricing.use_codes` raises; its detail is the code's text. */
const USED_UP = "WF010";

/**
 * Spends codes for an order, each once per order however often it is called [PRC-12]. Errors: `pricing.code_used_up`.
 * A completion that composes SQL functions calls `pricing.use_codes` itself.
 */
export async function useCodes(ctx: Ctx, { orderId, recordId, recordIds, uses, mode }: CodeUses): Promise<Result<void, PricingError>> {
  try {
    await sql`
      select pricing.use_codes(${orderId}::uuid, ${recordId}::uuid, ${recordIds}::uuid[], ${uses.map(({ codeId }) => codeId)}::uuid[],
                               ${uses.map(({ amount }) => amount)}::bigint[], ${mode === "live"}::boolean)`.execute(ctx.db);
    return ok(undefined);
  } catch (error) {
    const text = usedUpCode(error);
    if (text === undefined) throw error;
    return err({ code: "pricing.code_used_up", text });
  }
}

/** The text of the code that was used up, when this is what PostgreSQL raised. */
export function usedUpCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== USED_UP) return undefined;
  return "detail" in error && typeof error.detail === "string" ? error.detail : "";
}

/** Gives the uses of a canceled order back, once [PRC-12]. */
export async function giveBackCodes(ctx: Ctx, orderId: OrderId): Promise<void> {
  await sql`select pricing.give_back_codes(${orderId}::uuid)`.execute(ctx.db);
}

/** How often codes with a maximum may still be used, by their text. For showing, and for registers that are without the hub. */
export async function codeUsesLeft({ db }: Pick<Ctx, "db">, codeIds: readonly CodeId[]): Promise<Record<string, number>> {
  const { rows } = await sql<{ code: string; left: number }>`
    select c.code, sum(b.maximum - b.used)::integer as left from pricing.code c join pricing.code_budget b on b.code_id = c.id
     where c.id = any(${[...codeIds]}::uuid[]) group by c.code`.execute(db);
  return Object.fromEntries(rows.map(({ code, left }) => [code, left]));
}
