export { tipPercentsOf } from "../../places/domain/index.ts";

/** A tip of so many percent, rounded to full tenths of the currency's unit (to `step` where small coins are not used), and never nothing. */
export function suggestedTip(amount: number, percent: number, step: number): number {
  const unit = Math.max(10, step);
  return Math.max(unit, Math.round((amount * percent) / 100 / unit) * unit);
}

/** The most that one payment gives on top, in minor units. */
const MOST = 100_000;

/** An amount that somebody named, in the coins that are used: a tip in cash is never rounded afterwards. */
export function tipInCoins(amount: number, step: number): number {
  return Math.min(MOST, step <= 1 ? amount : Math.round(amount / step) * step);
}

type TippedTender = { readonly kind: string; readonly state: string; readonly tip: number };

/** What was given to the staff with these tenders, and what of it in cash. */
export function tipsIn(tenders: readonly TippedTender[]): { readonly all: number; readonly cash: number } {
  const sumOf = (of: readonly TippedTender[]) => of.reduce((sum, { tip }) => sum + tip, 0);
  const taken = tenders.filter(({ state }) => state === "captured");
  return { all: sumOf(taken), cash: sumOf(taken.filter(({ kind }) => kind === "cash")) };
}
