import type { UnitPrice, VariantId } from "@weft/kernel";
import type { PriceListId } from "./facts.ts";
import { type PriceContext, type ScopeMatch, matchScope, phaseOf } from "./scope.ts";
import type { CompiledList, PricingSnapshot } from "./snapshot.ts";

/** Why a variant has its price: the list, what made it the most specific, and the quantity break that was reached. */
export type ListReason = {
  readonly kind: "list";
  readonly listId: PriceListId;
  readonly name: string;
  readonly matched: ScopeMatch["matched"];
  readonly minQuantity: number;
};

export type ChosenPrice = {
  readonly unitPrice: UnitPrice;
  readonly listId: PriceListId;
  readonly taxIncluded: boolean;
  readonly because: ListReason;
};

/** Answers the price of a variant for a quantity (pieces, or grams when weighed), in the context it was made for. */
export type PriceChooser = (variantId: VariantId, quantity: number) => ChosenPrice | undefined;

/**
 * The price of a variant, or nothing where it is not for sale [PRC-1]. The most specific list in force that prices it wins:
 * place, nearest place group, channel, customer group, everywhere; ties go to the higher priority, then to the earlier list.
 * Of that list the largest quantity break that is reached counts [PRC-3].
 */
export function choosePrice(
  snapshot: PricingSnapshot,
  query: PriceContext & { readonly variantId: VariantId; readonly quantity: number },
): ChosenPrice | undefined {
  return priceChooser(snapshot, query)(query.variantId, query.quantity);
}

/** `choosePrice` for many variants in one context: the lists are ranked once. */
export function priceChooser(snapshot: PricingSnapshot, context: PriceContext): PriceChooser {
  const ranked = rankLists(snapshot.lists, context);
  return (variantId, quantity) => {
    for (const { list, matched } of ranked) {
      const price = list.prices.get(variantId)?.find((row) => row.minQuantity <= quantity);
      if (!price) continue;
      const because: ListReason = { kind: "list", listId: list.id, name: list.name, matched, minQuantity: price.minQuantity };
      return { unitPrice: price.unitPrice, listId: list.id, taxIncluded: list.taxIncluded, because };
    }
    return undefined;
  };
}

type RankedList = ScopeMatch & { readonly list: CompiledList };

function rankLists(lists: readonly CompiledList[], context: PriceContext): RankedList[] {
  const ranked: RankedList[] = [];
  for (const list of lists) {
    if (list.currency !== context.currency || phaseOf(list, context.at) !== "during") continue;
    const match = matchScope(list.scope, context);
    if ("rank" in match) ranked.push({ list, ...match });
  }
  // The snapshot holds lists in the order of ties, and sorting is stable.
  return ranked.sort((a, b) => b.rank - a.rank);
}

/** Whether `a` asks less than `b` for the same goods. Prices of other units or currencies do not compare: false. */
export function isCheaper(a: UnitPrice, b: UnitPrice): boolean {
  if (a.currency !== b.currency || a.per.unit !== b.per.unit) return false;
  const left = BigInt(a.amount) * BigInt(b.per.quantity) * 10n ** BigInt(b.scale);
  return left < BigInt(b.amount) * BigInt(a.per.quantity) * 10n ** BigInt(a.scale);
}
