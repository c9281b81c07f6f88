import type { CompiledPromotion, Goods } from "./compile.ts";
import type { PromotionId } from "./facts.ts";
import { type PromotableLine, type PromotionContext, whyNotHere } from "./judge.ts";

/** A promotion in the version that a line was shown with. */
export type PromotionRef = { readonly id: PromotionId; readonly version: number };

/** A promotion that is promised to some lines only, where it no longer holds by itself. */
export type PromisedPromotion = CompiledPromotion & { readonly to: ReadonlySet<Goods> };

/**
 * The promotions that lines were shown with and that staff have ended or changed since, or that do not hold here [PRC-23]: for those very
 * lines, wherever the cart is now. Their own end, hours and customers still count, because those were shown too. `earlier` are the
 * versions that are no longer in force.
 */
export function promisedPromotions(
  promotions: readonly CompiledPromotion[],
  earlier: readonly CompiledPromotion[],
  context: PromotionContext,
  lines: readonly PromotableLine[],
  unlocked: ReadonlySet<PromotionId>,
): PromisedPromotion[] {
  const promised = new Map<CompiledPromotion, Set<Goods>>();
  for (const line of lines) {
    for (const ref of line.promised ?? []) {
      const isIt = ({ promotion }: CompiledPromotion): boolean => promotion.id === ref.id && promotion.version === ref.version;
      const inForce = promotions.find(isIt);
      if (inForce && !whyNotHere(inForce.promotion, context, unlocked)) continue;
      const shown = inForce ?? earlier.find(isIt);
      if (shown) promised.set(shown, (promised.get(shown) ?? new Set()).add(line));
    }
  }
  return [...promised].map(([shown, to]) => ({ ...onlyFor(anywhere(shown), (goods) => to.has(goods)), to, isPromised: true }));
}

/** The promotions with a promised one, whose lines no other version of it is about. */
export function withPromised(promotions: readonly CompiledPromotion[], promised: PromisedPromotion): CompiledPromotion[] {
  const others = promotions.map((one) =>
    one.promotion.id === promised.promotion.id ? onlyFor(one, (goods) => !promised.to.has(goods)) : one,
  );
  return [...others, promised];
}

/** A promise is kept at every place and on every channel; for whom it holds stays. */
function anywhere(shown: CompiledPromotion): CompiledPromotion {
  const { customerGroups } = shown.promotion.scope;
  return { ...shown, promotion: { ...shown.promotion, scope: customerGroups ? { customerGroups } : {} } };
}

function onlyFor({ promotion, fits, set, isPromised }: CompiledPromotion, isOneOf: (goods: Goods) => boolean): CompiledPromotion {
  const narrow = (test: CompiledPromotion["fits"]) => (goods: Goods) => isOneOf(goods) && test(goods);
  const parts = set?.parts.map((part) => ({ ...part, fits: narrow(part.fits) }));
  return { promotion, fits: narrow(fits), set: set && parts ? { ...set, parts } : null, ...(isPromised && { isPromised }) };
}
