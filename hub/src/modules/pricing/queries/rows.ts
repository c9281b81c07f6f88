import type { LocalizedText, PromotionTermsView } from "@weft/contracts";
import type { BusinessDate, ChannelId, EntityId, GroupId, PlaceId, VariantId } from "@weft/kernel";
import type {
  CodeBenefit,
  CodeId,
  Country,
  DiscountCode,
  PriceList,
  PriceListId,
  PriceScope,
  PricingFacts,
  PromotionId,
  RoundingPolicy,
  ScopeKey,
  StoredDeposit,
  TaxClass,
  TaxContext,
  TaxRate,
  TaxRateId,
  Validity,
} from "../domain/index.ts";
import { roundingKey } from "../domain/index.ts";
import { toPromotion } from "../terms.ts";

/** Everything but the prices, as one statement answers it: tables as JSON, so times are text. */
export type SettingsRow = {
  revision: number;
  lists: ListRow[];
  tax_rates: TaxRateRow[];
  codes: CodeRow[];
  promotions: PromotionRow[];
  earlier: Omit<PromotionRow, "since">[];
  policies: ({ country: Country; entity_id: EntityId | null } & RoundingPolicy)[];
  deposits: DepositRow[];
};

type ScopeColumn = { [Key in ScopeKey]?: string[] } | null;
type ValidityColumns = { valid_from: string | null; valid_to: string | null };
type ListRow = ValidityColumns & {
  id: PriceListId;
  name: string;
  currency: string;
  tax_included: boolean;
  priority: number;
  prices_at: number;
  scope: ScopeColumn;
};
type TaxRateRow = {
  id: TaxRateId;
  country: Country | null;
  place_id: PlaceId | null;
  tax_class: TaxClass;
  context: TaxContext | null;
  numerator: number;
  denominator: number;
  valid_from: BusinessDate | null;
};
type CodeRow = ValidityColumns & {
  id: CodeId;
  code: string;
  benefit: "percentage" | "amount" | "promotion";
  promotion_id: PromotionId | null;
  numerator: number | null;
  denominator: number | null;
  amount: number | null;
  currency: string | null;
  minimum: number | null;
  combinable: boolean;
  maximum_uses: number | null;
  maximum_uses_per_customer: number | null;
  scope: ScopeColumn;
};

type DepositRow = {
  code: string;
  name: LocalizedText;
  amounts: { country: Country; currency: string; amount: number; follows_goods: boolean; tax_class: TaxClass }[];
  goods: VariantId[];
};

type PromotionRow = { id: PromotionId; version: number; is_used_up: boolean; terms: PromotionTermsView; since: string };

export type StoredList = PriceList & { readonly pricesAt: number };
export type Settings = Omit<PricingFacts, "prices" | "lists"> & { readonly lists: readonly StoredList[] };

export function toSettings(row: SettingsRow): Settings {
  return {
    revision: row.revision,
    lists: row.lists.map(toList),
    taxRates: row.tax_rates.map(toTaxRate),
    codes: row.codes.map(toCode),
    promotions: row.promotions.map(({ id, version, terms, is_used_up, since }) => ({
      ...toPromotion(id, version, terms, is_used_up),
      since: new Date(since),
    })),
    earlierPromotions: row.earlier.map(({ id, version, terms, is_used_up }) => toPromotion(id, version, terms, is_used_up)),
    roundingPolicies: new Map(
      row.policies.map(({ country, entity_id, level, mode }) => [roundingKey(country, entity_id), { level, mode }]),
    ),
    deposits: row.deposits.map(toDeposit),
  };
}

export function toDeposit({ code, name, amounts, goods }: DepositRow): StoredDeposit {
  return {
    code,
    name,
    variantIds: goods,
    amounts: amounts.map(({ country, currency, amount, follows_goods: followsGoods, tax_class: taxClass }) => {
      return { country, currency, amount, followsGoods, taxClass };
    }),
  };
}

function toList(row: ListRow): StoredList {
  const { id, name, currency, tax_included: taxIncluded, priority, prices_at: pricesAt } = row;
  return { id, name, currency, taxIncluded, priority, pricesAt, scope: toScope(row.scope), ...toValidity(row) };
}

function toTaxRate(row: TaxRateRow): TaxRate {
  const { id, country, place_id: placeId, tax_class: taxClass, context, numerator, denominator, valid_from: validFrom } = row;
  return {
    id,
    // The table has exactly one of the two.
    zone: placeId ? { kind: "place", placeId } : { kind: "country", country: country ?? "" },
    taxClass,
    numerator,
    denominator,
    ...(context && { context }),
    ...(validFrom && { validFrom }),
  };
}

function toCode(row: CodeRow): DiscountCode {
  const { id, code, currency, minimum, combinable } = row;
  return {
    id,
    code,
    benefit: toCodeBenefit(row),
    combinable,
    ...(row.maximum_uses === null && row.maximum_uses_per_customer === null && { isUnlimited: true }),
    ...(row.maximum_uses !== null && row.maximum_uses_per_customer === null && { maximumUses: row.maximum_uses }),
    scope: toScope(row.scope),
    ...(minimum !== null && currency !== null && { minimum: { amount: minimum, currency } }),
    ...toValidity(row),
  };
}

/** The table has a rate, an amount with its currency, or a promotion; a minimum has the currency too. */
function toCodeBenefit({ benefit, numerator, denominator, amount, currency, promotion_id: promotionId }: CodeRow): CodeBenefit {
  if (promotionId !== null) return { kind: "promotion", promotionId };
  return benefit === "percentage"
    ? { kind: "percentage", rate: { numerator: numerator ?? 0, denominator: denominator ?? 1 } }
    : { kind: "amount", money: { amount: amount ?? 0, currency: currency ?? "" } };
}

function toValidity({ valid_from: from, valid_to: to }: ValidityColumns): Validity {
  return { ...(from && { validFrom: new Date(from) }), ...(to && { validTo: new Date(to) }) };
}

function toScope(column: ScopeColumn): PriceScope {
  const { place, group, channel, customer_group: customerGroups } = column ?? {};
  // Ids were ids when the scope was saved; a text column has no brand.
  return {
    ...(place && { placeIds: place as PlaceId[] }),
    ...(group && { groupIds: group as GroupId[] }),
    ...(channel && { channelIds: channel as ChannelId[] }),
    ...(customerGroups && { customerGroups }),
  };
}
