import { type Money, divideRounded, shareOut } from "@weft/kernel";
import { type CodeBenefit, type CodeId, type DiscountCode, normalizeCode } from "./facts.ts";
import type { PromotionsOutcome } from "./promotions/apply.ts";
import type { PromotionId } from "./promotions/facts.ts";
import { type PriceContext, type ScopeKey, matchScope, phaseOf } from "./scope.ts";

/** A code as the customer typed it, in the order of typing. `usedUp` is what the database said when it was asked last. */
export type TypedCode = { readonly code: string; readonly usedUp?: boolean };

/** Why a code takes nothing off this cart [PRC-6]. */
export type CodeRefusal =
  | { readonly kind: "unknown" }
  | { readonly kind: "typed_twice" }
  | { readonly kind: "not_yet_valid"; readonly validFrom: Date }
  | { readonly kind: "expired"; readonly validTo: Date }
  | { readonly kind: "used_up" }
  | { readonly kind: "other_currency"; readonly currency: string }
  | { readonly kind: "out_of_scope"; readonly missing: ScopeKey }
  | { readonly kind: "below_minimum"; readonly minimum: Money; readonly missing: Money }
  | { readonly kind: "not_combinable"; readonly with: string }
  | { readonly kind: "nothing_to_discount" };

/** `code` as it was typed, so that the cart finds it again. */
export type RefusedCode = { readonly code: string; readonly because: CodeRefusal };

/** What a code took off: `amount` in minor units over the whole cart, `shares` per line in the order of the lines. */
export type Discount = {
  readonly codeId: CodeId;
  readonly code: string;
  readonly benefit: CodeBenefit;
  readonly amount: number;
  readonly shares: readonly number[];
  /** It serves by a promise alone, for these lines by their place. */
  readonly to?: ReadonlySet<number>;
};

export type CodeOutcome = { readonly discounts: readonly Discount[]; readonly refused: readonly RefusedCode[] };

/** The lines, by their place, that a code is promised to although it does not hold here [PRC-24]. */
export type PromisedCodes = ReadonlyMap<string, ReadonlySet<number>>;
const NONE_PROMISED: PromisedCodes = new Map();

/**
 * The codes that lines were shown with, on whatever channel and at whatever place [PRC-24]. Their own end, customers, uses and least amount count as
 * everywhere, because those were shown too. Almost always none.
 */
export function promisedCodes(lines: readonly { readonly heldPrice?: { readonly codes?: readonly string[] } }[]): PromisedCodes {
  if (!lines.some(({ heldPrice }) => heldPrice?.codes)) return NONE_PROMISED;
  const promised = new Map<string, Set<number>>();
  for (const [index, { heldPrice }] of lines.entries())
    for (const code of heldPrice?.codes ?? []) promised.set(code, (promised.get(code) ?? new Set()).add(index));
  return promised;
}

/** What the codes meet: line amounts in minor units before any discount, what promotions have left of them, and which served. */
export type CodeGround = {
  readonly amounts: readonly number[];
  readonly left: readonly number[];
  readonly promotions: PromotionsOutcome;
  readonly promised?: PromisedCodes;
};

/** A code that lets a promotion serve, when that promotion does. */
export type UnlockingCode = { readonly codeId: CodeId; readonly code: string };

/** The promotions that the typed codes let serve, each by the first code that can. */
export function unlockPromotions(
  known: ReadonlyMap<string, DiscountCode>,
  typed: readonly TypedCode[],
  context: PriceContext,
  promised: PromisedCodes = NONE_PROMISED,
): Map<PromotionId, UnlockingCode> {
  const unlocked = new Map<PromotionId, UnlockingCode>();
  for (const { code: text, usedUp } of typed) {
    const code = known.get(normalizeCode(text));
    if (code?.benefit.kind !== "promotion" || usedUp || judge(code, context, promised, 0, []).because) continue;
    const { promotionId } = code.benefit;
    if (!unlocked.has(promotionId)) unlocked.set(promotionId, { codeId: code.id, code: code.code });
  }
  return unlocked;
}

/**
 * Takes the codes off what promotions have left of the lines. A code that cannot serve is refused with its reason
 * and changes nothing [PRC-6]; one of a promotion is refused for what keeps that promotion. Percentages come first, each of what is left, then amounts, each at most what is left,
 * so no line and no total falls below zero [PRC-7]; every discount is shared out over the lines exactly [PRC-4].
 */
export function applyCodes(
  known: ReadonlyMap<string, DiscountCode>,
  typed: readonly TypedCode[],
  context: PriceContext,
  ground: CodeGround,
): CodeOutcome {
  const { accepted, refused } = judgeCodes(known, typed, context, ground);
  const discounts: Discount[] = [];
  let { left } = ground;
  for (const { code, text, to } of percentagesFirst(accepted)) {
    const reached = to ? left.map((value, index) => (to.has(index) ? value : 0)) : left;
    const amount = worthOf(code.benefit, total(reached));
    if (amount === 0) {
      refused.push({ code: text, because: { kind: "nothing_to_discount" } });
      continue;
    }
    const shares = shareOut(amount, reached);
    discounts.push({ codeId: code.id, code: code.code, benefit: code.benefit, amount, shares, ...(to && { to }) });
    left = left.map((value, index) => value - shares[index]!); // one share per line
  }
  return { discounts, refused };
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** `to`: only these lines, which were shown with it; undefined: all of them. */
type AcceptedCode = { readonly code: DiscountCode; readonly text: string; readonly to: ReadonlySet<number> | undefined };

function judgeCodes(
  known: ReadonlyMap<string, DiscountCode>,
  typed: readonly TypedCode[],
  context: PriceContext,
  { amounts, promotions, promised = NONE_PROMISED }: CodeGround,
) {
  const accepted: AcceptedCode[] = [];
  const refused: RefusedCode[] = [];
  const unlocked = unlockPromotions(known, typed, context, promised);
  const subtotal = total(amounts);
  for (const { code: text, usedUp } of typed) {
    const code = known.get(normalizeCode(text));
    const beside = accepted.map((other) => other.code);
    const { because, to } = code
      ? usedUp
        ? { because: USED_UP }
        : judge(code, context, promised, subtotal, beside)
      : { because: UNKNOWN };
    if (code && !because && code.benefit.kind === "promotion") {
      const kept = whyNotPromotion(code, code.benefit.promotionId, unlocked, promotions);
      if (kept) refused.push({ code: text, because: kept });
    } else if (code && !because) accepted.push({ code, text, to });
    else refused.push({ code: text, because: because ?? UNKNOWN });
  }
  return { accepted, refused };
}

/** Why the promotion of a code takes nothing off, as a reason of its code; undefined when it does. */
function whyNotPromotion(
  { code }: DiscountCode,
  promotionId: PromotionId,
  unlocked: ReadonlyMap<PromotionId, UnlockingCode>,
  { applied, missed }: PromotionsOutcome,
): CodeRefusal | undefined {
  const first = unlocked.get(promotionId);
  if (first && first.code !== code) return { kind: "not_combinable", with: first.code };
  if (applied.some(({ promotion }) => promotion.id === promotionId)) return undefined;
  const because = missed.find(({ promotion }) => promotion.id === promotionId)?.because;
  switch (because?.kind) {
    case "not_yet_valid":
    case "expired":
    case "used_up":
    case "other_currency":
    case "out_of_scope":
    case "below_minimum":
      return because;
    case "used_by_customer":
      return USED_UP;
    default:
      return { kind: "nothing_to_discount" };
  }
}

const UNKNOWN: CodeRefusal = { kind: "unknown" };
const USED_UP: CodeRefusal = { kind: "used_up" };

type CodeJudgment = { readonly because?: CodeRefusal | undefined; readonly to?: ReadonlySet<number> | undefined };

/** Whether a code serves here, and which lines only where it does by a promise alone. */
function judge(
  code: DiscountCode,
  context: PriceContext,
  promised: PromisedCodes,
  subtotal: number,
  beside: readonly DiscountCode[],
): CodeJudgment {
  const because = whyNot(code, context, subtotal, beside);
  const to = because?.kind === "out_of_scope" ? promised.get(code.code) : undefined;
  if (!to) return { because };
  const { customerGroups } = code.scope;
  const kept = whyNot({ ...code, scope: customerGroups ? { customerGroups } : {} }, context, subtotal, beside);
  return kept ? { because: kept } : { to };
}

function whyNot(code: DiscountCode, context: PriceContext, subtotal: number, beside: readonly DiscountCode[]): CodeRefusal | undefined {
  if (beside.includes(code)) return { kind: "typed_twice" };
  const phase = phaseOf(code, context.at);
  if (phase === "before" && code.validFrom) return { kind: "not_yet_valid", validFrom: code.validFrom };
  if (phase === "after" && code.validTo) return { kind: "expired", validTo: code.validTo };
  const currency = code.benefit.kind === "amount" ? code.benefit.money.currency : code.minimum?.currency;
  if (currency && currency !== context.currency) return { kind: "other_currency", currency };
  const match = matchScope(code.scope, context);
  if ("missing" in match) return { kind: "out_of_scope", missing: match.missing };
  if (code.minimum && subtotal < code.minimum.amount) {
    return { kind: "below_minimum", minimum: code.minimum, missing: { ...code.minimum, amount: code.minimum.amount - subtotal } };
  }
  const rival = beside.find((other) => !other.combinable || !code.combinable);
  return rival && { kind: "not_combinable", with: rival.code };
}

function percentagesFirst(accepted: readonly AcceptedCode[]): AcceptedCode[] {
  const order = ({ code }: AcceptedCode): number => (code.benefit.kind === "percentage" ? 0 : 1); // none of a promotion is among them
  return [...accepted].sort((a, b) => order(a) - order(b) || (a.code.code < b.code.code ? -1 : 1));
}

function worthOf(benefit: CodeBenefit, left: number): number {
  if (benefit.kind === "promotion") return 0;
  if (benefit.kind === "amount") return Math.min(benefit.money.amount, left);
  return divideRounded(BigInt(left) * BigInt(benefit.rate.numerator), BigInt(benefit.rate.denominator));
}
