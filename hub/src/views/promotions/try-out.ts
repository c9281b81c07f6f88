import type { ParsedBodyOf, PromotionTermsView, PromotionTrialView } from "@weft/contracts";
import {
  asId,
  asIdOrNull,
  err,
  ok,
  type CartId,
  type ChannelId,
  type CustomerId,
  type LineId,
  type PlaceId,
  type RecordId,
  type Result,
} from "@weft/kernel";
import { assessCart, type AssessedCart, type LoadedCart, type StoredLine } from "../../modules/carts/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import {
  BUYERS,
  compilePromotions,
  normalizeCode,
  pricingSnapshot,
  toBecause,
  toPromotion,
  type CompiledPromotion,
  type PricingSnapshot,
  type Promotion,
  type PromotionId,
} from "../../modules/pricing/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

export type TrialError =
  | { readonly code: "cart.unknown" }
  | { readonly code: "channels.unknown"; readonly channelId: string }
  | { readonly code: "products.unknown"; readonly sku: string };

type Tried = {
  readonly at: Date;
  readonly promotion: { readonly id: string | null; readonly terms: PromotionTermsView } | null;
  readonly code: string | null;
};

/** An id for what has none yet: a draft, and the lines of an invented cart. Ordered by its number. */
const passing = (number: number): string => `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;

/**
 * What a cart costs without a promotion and with it, by the engine that prices every cart [PRC-17]: the draft stands in the place of the
 * version in force, and everything else is as it is; without a draft all promotions are left out and put in. Writes nothing.
 */
export async function tryOut(
  ctx: Pick<ReadCtx, "snapshots">,
  cart: LoadedCart,
  { at, promotion, code }: Tried,
): Promise<PromotionTrialView> {
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  const id = promotion && asId<PromotionId>(promotion.id ?? passing(0)); // that of a promotion by the contract, or of the draft
  const others = id === null ? [] : pricing.promotions.filter((other) => other.promotion.id !== id);
  const all = promotion && id ? withDraft(others, toPromotion(id, 1, promotion.terms, false)) : pricing.promotions;
  const asked = code === null ? cart : { ...cart, codes: [...cart.codes, normalizeCode(code)] };
  const assess = (promotions: PricingSnapshot["promotions"]) =>
    assessCart(ctx.snapshots, asked, { at, pricing: { ...pricing, promotions } });
  return present(await assess(others), await assess(all), id);
}

/** A draft that needs a code is tried as if one of its codes were typed. */
function withDraft(others: PricingSnapshot["promotions"], draft: Promotion): CompiledPromotion[] {
  return compilePromotions([...others.map(({ promotion }) => promotion), { ...draft, needsCode: false }]);
}

function present(before: AssessedCart, after: AssessedCart, tried: PromotionId | null): PromotionTrialView {
  const { priced } = after;
  const { currency } = priced;
  const money = (amount: number) => ({ amount, currency });
  const costBefore = new Map(before.lines.map((line) => [line.id, line.priced?.total ?? 0]));
  const served = priced.promotions.map(({ promotionId, name, amount }) => ({ promotionId, name, amount: money(amount), because: null }));
  const missed = priced.missedPromotions.map(({ promotion: { id, name }, because }) => ({
    promotionId: id,
    name,
    amount: money(0),
    because: toBecause("promotion", because),
  }));
  return {
    currency,
    lines: after.lines.map(({ id, sku, name, quantity, priced: line }) => ({
      lineId: id,
      sku,
      name,
      quantity,
      subtotal: money(line?.subtotal ?? 0),
      before: money(costBefore.get(id) ?? 0),
      after: money(line?.total ?? 0),
      because: (line?.because ?? []).map((reason) => toBecause("price", reason)),
    })),
    before: money(before.priced.totals.total),
    after: money(priced.totals.total),
    promotions: [...served, ...missed]
      .map((one) => ({ ...one, isTried: one.promotionId === tried }))
      .sort((a, b) => Number(b.isTried) - Number(a.isTried)),
    problems: priced.problems.map((problem) => problem.code),
  };
}

type Invented = Extract<ParsedBodyOf<"promotions.tryOut">["cart"], { kind: "invented" }>;

/** A cart that nobody has, as it would be loaded. */
export async function invented(ctx: Pick<ReadCtx, "snapshots" | "now">, given: Invented): Promise<Result<LoadedCart, TrialError>> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const channelId = asId<ChannelId>(given.channelId); // ids by the contract, here and below
  const channel = (await ctx.snapshots.current(channelsSnapshot)).channels.get(channelId);
  if (!channel) return err({ code: "channels.unknown", channelId });
  const addedBy = { channelId, channelKind: channel.kind, placeId: null, staffId: null, at: ctx.now };
  const lines: StoredLine[] = [];
  for (const [index, { sku, quantity }] of given.lines.entries()) {
    const goods = catalog.bySku(sku);
    if (!goods) return err({ code: "products.unknown", sku });
    const { variantId, productId } = goods;
    const id = asId<LineId>(passing(index + 1));
    const state = { available: null, soldOut: false, priceHold: null };
    lines.push({ id, position: index + 1, variantId, productId, sku, options: [], quantity, addedBy, ...state });
  }
  const isKnown = given.isFirstOrder || given.customerGroups.length > 0;
  const buyers = isKnown && !given.isFirstOrder ? [BUYERS] : [];
  return ok({
    ...NOBODYS_CART,
    customer: isKnown ? { id: asId<CustomerId>(passing(0)), givenName: null, known: true } : null,
    customerGroups: [...given.customerGroups, ...buyers],
    channelId,
    channelKind: channel.kind,
    sellingChannelId: channelId,
    placeId: asIdOrNull<PlaceId>(given.placeId),
    lines,
    openedAt: ctx.now,
    updatedAt: ctx.now,
  });
}

const NOBODYS_CART = {
  id: asId<CartId>(passing(0)),
  recordId: asId<RecordId>(passing(0)),
  version: 1,
  state: "open",
  current: false,
  isMine: false,
  company: null,
  wanted: null,
  address: null,
  codes: [],
  usedUpCodes: [],
  rewards: [],
  purse: null,
  pricesUntil: null,
  offer: null,
  channelsSeen: [],
  holds: [],
  holders: [],
  earlier: null,
  orderId: null,
} as const satisfies Partial<LoadedCart>;
