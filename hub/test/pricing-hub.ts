import { openTestHub, type TestHub } from "./hub.ts";

export type PricingHub = TestHub & {
  /** All facts in order. */
  published(): Promise<{ type: string; subject: string; data: unknown }[]>;
  /** As after the migrations. */
  empty(): Promise<void>;
};

export async function openPricingHub(): Promise<PricingHub> {
  const hub = await openTestHub();
  return {
    ...hub,
    published: () => hub.rows("select type, subject, data from platform.outbox order by id"),
    async empty() {
      await hub.pool
        .query(`truncate pricing.price_list, pricing.price, pricing.price_scope, pricing.tax_class, pricing.tax_rate, pricing.rounding_policy,
        pricing.deposit, pricing.deposit_amount, pricing.deposit_goods,
        pricing.customer_group, pricing.code, pricing.code_scope, pricing.code_budget, pricing.code_use,
        pricing.promotion, pricing.promotion_version, pricing.promotion_budget, pricing.promotion_use, platform.outbox`);
      await hub.pool.query("update pricing.revision set revision = 0");
    },
  };
}
