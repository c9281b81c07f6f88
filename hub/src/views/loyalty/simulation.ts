import type { LoyaltySimulationView, ParsedBodyOf } from "@weft/contracts";
import { err, ok, type ChannelId, type CustomerId, type OrderId, type PlaceId, type ProductId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { earningSale, type PaidGoods } from "../../modules/carts/domain/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { customersByIds } from "../../modules/customers/index.ts";
import {
  currentRule,
  NO_STANDING,
  simulate,
  toBonus,
  valueOfPoint,
  type Bonus,
  type EarnRule,
  type LoyaltyError,
  type PastSale,
} from "../../modules/loyalty/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { BUYERS, goodsCategories } from "../../modules/pricing/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

type Draft = ParsedBodyOf<"loyalty.simulate">;
type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;

/** More would take longer than somebody waits: the newest count. */
const MOST_SALES = 20_000;

/**
 * What a draft of the program would have given for the sales of the last days, beside what the version in force gives for the same sales [LOY-17].
 * Nothing is written. Members count in the groups and tiers in which they are now. Error: `loyalty.no_program`.
 */
export async function simulateDraft(ctx: Reader, draft: Draft): Promise<Result<LoyaltySimulationView, LoyaltyError>> {
  const rule = await currentRule(ctx);
  if (!rule) return err({ code: "loyalty.no_program" });
  const { points, perMinorUnits } = draft;
  const drafted: EarnRule = { ...rule, points, perMinorUnits, bonuses: draft.bonuses.map(toBonus) };
  const sales = await pastSales(ctx, draft.days, [...rule.bonuses, ...drafted.bonuses]);
  const past = sales.map(({ sale }) => sale);
  const [now, then] = [simulate(rule, past), simulate(drafted, past)];
  const value = await valueOfPoint(ctx, rule.currency);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const rows = sales.map((one, n) => ({ ...one, now: now[n]?.points ?? 0, draft: then[n]?.points ?? 0 }));
  const summed = <Key extends string | null>(keyOf: (row: (typeof rows)[number]) => Key) => {
    const sums = new Map<Key, { sales: number; now: number; draft: number }>();
    for (const row of rows) {
      const sum = sums.get(keyOf(row)) ?? { sales: 0, now: 0, draft: 0 };
      sums.set(keyOf(row), { sales: sum.sales + 1, now: sum.now + row.now, draft: sum.draft + row.draft });
    }
    return [...sums].sort(([, a], [, b]) => b.draft - a.draft);
  };
  const total = { now: sum(rows, "now"), draft: sum(rows, "draft") };
  const cost = (of: number) => (value === null ? null : { amount: Math.round(of * value), currency: rule.currency });
  return ok({
    days: draft.days,
    sales: rows.length,
    isAll: rows.length < MOST_SALES,
    members: new Set(past.map(({ member }) => member)).size,
    now: { points: total.now, cost: cost(total.now) },
    draft: { points: total.draft, cost: cost(total.draft) },
    byPlace: summed(({ placeId }) => placeId).map(([placeId, counts]) => ({
      placeId,
      name: (placeId && places.get(placeId)?.name) ?? null,
      ...counts,
    })),
    byTier: summed(({ tier }) => tier).map(([tier, counts]) => ({ tier, ...counts })),
    byBonus: draft.bonuses.map(({ id, name }) => {
      const had = then.flatMap(({ bonuses }) => bonuses.filter((bonus) => bonus.id === id));
      return { id, name, sales: had.length, points: had.reduce((all, bonus) => all + bonus.points, 0) };
    }),
  });
}

const sum = (rows: readonly { readonly now: number; readonly draft: number }[], field: "now" | "draft"): number =>
  rows.reduce((all, row) => all + row[field], 0);

type SaleRow = {
  readonly id: OrderId;
  readonly member: CustomerId;
  readonly at: Date;
  readonly day: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly groups: readonly string[];
  readonly tier: string | null;
  readonly isFirst: boolean;
  readonly lines: readonly (Omit<PaidGoods, "productId" | "deposit"> & {
    readonly kind: string;
    readonly productId: ProductId | null;
    readonly deposit: number | null;
  })[];
};

type Sale = { readonly sale: PastSale; readonly placeId: PlaceId | null; readonly tier: string | null };

/** The sales of members in the last days, the earliest first, as they were ordered: whatever came back since would have been taken back by both. */
async function pastSales(ctx: Reader, days: number, bonuses: readonly Bonus[]): Promise<Sale[]> {
  const { rows } = await sql<SaleRow>`
    with sale as (
      select o.id, o.record_id, rc.customer_id, o.placed_at, o.business_date, o.time_zone, o.currency, o.channel_id, o.place_id
        from orders.read_day o
        join customers.read_record_customer rc on rc.record_id = o.record_id
       where o.placed_at > ${ctx.now}::timestamptz - make_interval(days => ${days}) and o.state <> 'canceled'
         and exists (select from loyalty.read_member m where m.record_id = o.record_id)
       order by o.placed_at desc limit ${MOST_SALES})
    select sale.id, sale.customer_id as member, sale.placed_at as at, sale.business_date::text as day, sale.time_zone as "timeZone", sale.currency,
           sale.channel_id as "channelId", sale.place_id as "placeId",
           coalesce((select array_agg(g.customer_group) from pricing.read_customer_group g where g.record_id = sale.record_id), '{}') as groups,
           (select t.tier from loyalty.read_tier t where t.record_id = sale.record_id) as tier,
           not exists (select from orders.read_day b where b.record_id = sale.record_id and b.placed_at < sale.placed_at) as "isFirst",
           (select jsonb_agg(jsonb_build_object('id', l.id, 'productId', l.product_id, 'taxClass', l.tax_class, 'unit', l.unit, 'quantity', l.ordered,
              'total', l.total, 'deposit', l.deposit, 'kind', l.kind)) from orders.read_line l where l.order_id = sale.id) as lines
      from sale order by sale.placed_at, sale.id`.execute(ctx.db);
  const births = await birthDates(
    ctx,
    bonuses,
    rows.map(({ member }) => member),
  );
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const categoriesOf = goodsCategories(await ctx.snapshots.current(catalogSnapshot));
  return rows.map((row) => {
    const groupIds = (row.placeId && places.get(row.placeId)?.groupIds) ?? [];
    const customerGroups = row.groups.filter((group) => group !== BUYERS || !row.isFirst);
    const { at, currency, channelId, placeId, timeZone, member, day, tier } = row;
    const context = { at, currency, channelId, ...(placeId && { placeId }), groupIds, customerGroups, timeZone, isKnown: true };
    const goods = row.lines.filter(({ kind }) => kind === "goods");
    const delivery = row.lines.reduce((all, { kind, total }) => (kind === "delivery" ? all + total : all), 0);
    const paid = goods.map(({ deposit, ...line }) => ({ ...line, deposit: deposit === null ? null : { total: deposit } }));
    const { standing: _none, ...sale } = earningSale({ context, priced: { currency } }, paid, delivery, {
      standing: NO_STANDING,
      categoriesOf,
    });
    return { sale: { ...sale, member, day, birthDate: births.get(member) ?? null }, placeId, tier };
  });
}

/** Asked only where a bonus is about birthdays. */
async function birthDates(
  ctx: Pick<ReadCtx, "db">,
  bonuses: readonly Bonus[],
  members: readonly CustomerId[],
): Promise<Map<string, string>> {
  if (bonuses.every(({ birthdayDays }) => birthdayDays === null)) return new Map();
  const customers = await customersByIds(ctx, [...new Set(members)]);
  return new Map(customers.flatMap(({ id, birthDate }) => (birthDate === null ? [] : [[id, birthDate] as const])));
}
