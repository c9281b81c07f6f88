import { type Id, type Result, err, ok } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { type CodeId, type PromotionId, normalizeCode } from "../domain/index.ts";
import type { PricingError } from "../errors.ts";
import { insertBudgets } from "./codes.ts";
import { announce, raiseRevision } from "./revision.ts";

/** Codes that are chosen, or how many are to be made up; each may be used `maximumUses` times, null without end. */
export type WantedCodes = { readonly texts: readonly string[] | { readonly count: number }; readonly maximumUses: number | null };

/**
 * Makes codes that let a promotion serve. Errors: `pricing.promotion_unknown`, `pricing.code_taken`. Publishes `pricing.changed.v1`.
 */
export async function addPromotionCodes(ctx: Ctx, id: PromotionId, wanted: WantedCodes): Promise<Result<string[], PricingError>> {
  const { rows } = await sql<{ id: PromotionId }>`select id from pricing.promotion where id = ${id}`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "pricing.promotion_unknown", promotionId: id });
  const revision = await raiseRevision(ctx);
  const texts = "count" in wanted.texts ? madeUp(ctx, wanted.texts.count) : wanted.texts.map(normalizeCode);
  const ids = texts.map(() => ctx.newId<CodeId>());
  const inserted = await sql<{ code: string }>`
    insert into pricing.code (id, code, benefit, promotion_id, combinable, maximum_uses)
    select id, code, 'promotion', ${id}::uuid, true, ${wanted.maximumUses}::integer from unnest(${ids}::uuid[], ${texts}::text[]) as given (id, code)
    on conflict (code) do nothing returning code`.execute(ctx.db);
  const taken = texts.find((text) => !inserted.rows.some(({ code }) => code === text));
  if (taken !== undefined) return err({ code: "pricing.code_taken", text: taken });
  if (wanted.maximumUses !== null) await insertBudgets(ctx, ids, wanted.maximumUses);
  await announce(ctx, revision, { what: "codes" });
  return ok(texts);
}

/** Without letters and digits that look alike. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Codes of 40 random bits: nobody guesses one of a thousand. */
function madeUp(ctx: Ctx, count: number): string[] {
  return Array.from({ length: count }, () => {
    const random = BigInt(`0x${ctx.newId<Id<"discount code">>().slice(-10)}`);
    return Array.from({ length: 8 }, (_, at) => LETTERS[Number((random >> BigInt(5 * at)) & 31n)]).join("");
  });
}
