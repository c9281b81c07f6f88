import type { UnitPrice } from "@weft/kernel";
import { lineAmount } from "../price-lines.ts";
import { matchScope, phaseOf } from "../scope.ts";
import { type Stretch, earliest, latest, stretchAround } from "./clock.ts";
import type { CompiledPromotion, Goods } from "./compile.ts";
import { type Promotion, BUYERS, MEMBERS, usedGroup } from "./facts.ts";
import { type Candidate, type PromotionContext, whyNotHere } from "./judge.ts";
import { type LinePromotions, bestOnLine, inOrderOfKinds, stepOf } from "./on-lines.ts";
import type { PriceStep } from "./steps.ts";

/** What one unit costs less here and now, bought alone [PRC-19]: its price, what makes it so, and the time in which that holds. */
export type ReducedPrice = Stretch & {
  readonly price: UnitPrice;
  /** In the order in which they take something off. */
  readonly promotions: readonly Promotion[];
  /** The same for a price with options, which a screen counts itself. */
  readonly steps: readonly PriceStep[];
};

/** What promotions mean for goods that are only looked at. */
export type ShopWindow = {
  /** What one unit of the goods costs less, for a price before promotions. */
  readonly reducedOf: (goods: Goods, price: UnitPrice) => ReducedPrice | undefined;
  /** Promotions about these very goods that ask for something more: more pieces, other goods, another hour, to be a member. */
  readonly conditionalOn: (goods: Goods) => readonly CompiledPromotion[];
  /** All that may be told here, in the order of ties: those above, those that hold as they are, and those about the whole cart. */
  readonly all: readonly CompiledPromotion[];
};

const NOTHING: ShopWindow = { reducedOf: () => undefined, conditionalOn: () => [], all: [] };

/**
 * What promotions mean for goods that are only looked at, in one context: judged once, asked for each of the goods [PRC-19]. What holds for one
 * piece bought alone is a price; all else is a condition to be told in words. Codes are nobody's to see, so what needs one is left out.
 */
export function shopWindow(promotions: readonly CompiledPromotion[], context: PromotionContext): ShopWindow {
  const all = promotions.filter(({ promotion }) => mayBeTold(promotion, context));
  if (all.length === 0) return NOTHING;
  const standing = all.filter(({ promotion }) => isPlain(promotion) && whyNotHere(promotion, context, NO_CODES) === undefined);
  const alone = ofLines(standing);
  // Those about all goods are told once, not on every one of them. A minimum is told also where one piece reaches it.
  const conditional = all.filter((one) => !(standing.includes(one) && one.promotion.minimum === null) && isAboutSome(one.promotion));
  return {
    all,
    conditionalOn: (goods) => conditional.filter(({ fits }) => fits(goods)),
    reducedOf: (goods, price) => (standing.length === 0 ? undefined : reducedOf(alone, context, goods, price)),
  };
}

const NO_CODES: ReadonlySet<Promotion["id"]> = new Set();

/** Whether a customer here may be told of it: not what is over or to come, used up, behind a code, or for a company or a few. */
function mayBeTold(promotion: Promotion, context: PromotionContext): boolean {
  const { needsCode, isUsedUp, currency, scope, firstOrder, id } = promotion;
  if (needsCode || isUsedUp || phaseOf(promotion, context.at) !== "during") return false;
  if (currency !== null && currency !== context.currency) return false;
  if (context.customerGroups.includes(usedGroup(id)) || (firstOrder && context.customerGroups.includes(BUYERS))) return false;
  // Everybody may become a member, so everybody may know what members have.
  const open = scope.customerGroups?.includes(MEMBERS) ? { ...context, customerGroups: [...context.customerGroups, MEMBERS] } : context;
  return !("missing" in matchScope(scope, open));
}

/** Takes something off one piece by itself. */
function isPlain({ benefit, minimumPieces, firstOrder }: Promotion): boolean {
  if (firstOrder || (minimumPieces ?? 1) > 1) return false;
  return benefit.kind === "percentage" || benefit.kind === "fixed_price" || (benefit.kind === "amount" && benefit.per === "piece");
}

function isAboutSome({ benefit, goods }: Promotion): boolean {
  if (benefit.kind === "bundle") return true;
  return goods.categoryIds.length + goods.productIds.length > 0;
}

function ofLines(standing: readonly CompiledPromotion[]): LinePromotions {
  const candidates = inOrderOfKinds(standing.map((compiled): Candidate => ({ ...compiled, lines: [] })));
  return {
    together: candidates.filter(({ promotion }) => !promotion.exclusive),
    alone: candidates.filter(({ promotion }) => promotion.exclusive),
  };
}

function reducedOf(standing: LinePromotions, context: PromotionContext, goods: Goods, price: UnitPrice): ReducedPrice | undefined {
  const { quantity, unit } = price.per;
  const amount = lineAmount(price, quantity);
  const one = unit === "piece" ? lineAmount(price, 1) : 0;
  const holds = ({ promotion: { minimum, minimumPieces }, fits }: Candidate): boolean =>
    fits(goods) && one >= (minimum?.amount ?? 0) && (minimumPieces === null || unit === "piece");
  const takes = bestOnLine(
    { together: standing.together.filter(holds), alone: standing.alone.filter(holds) },
    amount,
    unit === "piece" ? quantity : 0,
  );
  if (takes.length === 0) return undefined;
  const promotions = takes.map(({ candidate }) => candidate.promotion);
  const stretches = promotions.map((promotion) => stretchAround(promotion, context.at, context.timeZone));
  const left = takes.reduce((rest, { off }) => rest - off, amount);
  return {
    price: { ...price, amount: left, scale: 0 },
    promotions,
    steps: promotions.flatMap((promotion) => stepOf(promotion) ?? []),
    from: stretches.reduce((from, stretch) => latest(from, stretch.from), null as Date | null), // the first has none before it
    to: stretches.reduce((to, stretch) => earliest(to, stretch.to), null as Date | null), // as above
  };
}
