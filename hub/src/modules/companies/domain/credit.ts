import type { Money } from "@weft/kernel";

/** What a company may owe in a currency, and what it owes now; minor units. */
export type Credit = {
  readonly currency: string;
  readonly limit: number;
  /** Days after an invoice in which it is paid. */
  readonly termsDays: number;
  /** Below nothing when more came back than was open. */
  readonly owed: number;
};

/** What a company may still buy on account; undefined when it does not in this currency. For showing: `companies.take_credit` decides [CMP-10]. */
export function creditLeft(credit: readonly Credit[], currency: string): (Credit & { readonly left: number }) | undefined {
  const own = credit.find((one) => one.currency === currency);
  return own && { ...own, left: Math.max(0, own.limit - own.owed) };
}

export type RefusedCredit =
  | { readonly code: "company.no_credit"; readonly currency: string }
  | { readonly code: "company.over_credit"; readonly left: number; readonly currency: string };

/** Why a total cannot be bought on account; undefined when it can [CMP-10]. `null`: it is bought for no company. */
export function refusedCredit(credit: readonly Credit[] | null, total: Money): RefusedCredit | undefined {
  const { currency, amount } = total;
  const own = creditLeft(credit ?? [], currency);
  if (!own) return { code: "company.no_credit", currency };
  return own.left < amount ? { code: "company.over_credit", left: own.left, currency } : undefined;
}
