import type { PromotionView } from "@weft/contracts";
import { asId, err, ok, type Result } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { addPromotionCodes, changePromotion, createPromotion, endPromotion } from "./commands/index.ts";
import type { PromotionId } from "./domain/index.ts";
import { PRICING_PROBLEMS, type PricingError } from "./errors.ts";
import { priceListRoutes } from "./price-list-routes.ts";
import { pricingSettingsRoutes } from "./settings-routes.ts";
import { codesOfPromotion, readPromotions } from "./queries/promotions.ts";

const problems = { problems: PRICING_PROBLEMS };
const Cursor = z.uuid();
const idOf = ({ id }: { readonly id: string }): PromotionId => asId<PromotionId>(id); // an id by the contract

export const pricingRoutes: readonly Route[] = [
  read(
    "promotions.list",
    async (ctx, { query: { cursor, limit } }) =>
      ok(byId(await readPromotions(ctx, { after: readCursor(Cursor, cursor), limit: limit + 1 }), limit)),
    problems,
  ),
  read("promotions.read", async (ctx, { params }) => one(ctx, idOf(params)), problems),
  write(
    "promotions.create",
    async (ctx, { body }) => {
      const id = ctx.newId<PromotionId>();
      return after(ctx, "promotions.create", id, await createPromotion(ctx, id, body));
    },
    problems,
  ),
  write(
    "promotions.update",
    async (ctx, { params, body: { version, terms } }) =>
      after(ctx, "promotions.update", idOf(params), await changePromotion(ctx, idOf(params), version, terms)),
    problems,
  ),
  write(
    "promotions.end",
    async (ctx, { params }) => after(ctx, "promotions.end", idOf(params), await endPromotion(ctx, idOf(params))),
    problems,
  ),
  read(
    "promotions.codes",
    async (ctx, { params, query: { cursor, limit } }) =>
      ok(byId(await codesOfPromotion(ctx, idOf(params), readCursor(Cursor, cursor), limit + 1), limit)),
    problems,
  ),
  write(
    "promotions.addCodes",
    async (ctx, { params, body }) => {
      const texts = body.kind === "chosen" ? [body.code] : { count: body.count };
      const added = await addPromotionCodes(ctx, idOf(params), { texts, maximumUses: body.maximumUses });
      if (!added.ok) return added;
      await auditWrite(ctx, { action: "promotions.addCodes", subject: `promotion/${params.id}`, reason: String(added.value.length) });
      return ok({ codes: added.value });
    },
    problems,
  ),
  ...priceListRoutes,
  ...pricingSettingsRoutes,
];

/** A page in the order of ids. */
function byId<Item extends { readonly id: string }>(items: readonly Item[], limit: number) {
  return pageFrom(
    items,
    limit,
    (item) => item,
    ({ id }) => id,
  );
}

async function one(ctx: Pick<ReadCtx, "db" | "now">, id: PromotionId): Promise<Result<PromotionView, PricingError>> {
  const [promotion] = await readPromotions(ctx, { id, limit: 1 });
  return promotion ? ok(promotion) : err({ code: "pricing.promotion_unknown", promotionId: id });
}

async function after(
  ctx: Ctx,
  action: string,
  id: PromotionId,
  done: Result<null, PricingError>,
): Promise<Result<PromotionView, PricingError>> {
  if (!done.ok) return done;
  await auditWrite(ctx, { action, subject: `promotion/${id}` });
  return one(ctx, id);
}
