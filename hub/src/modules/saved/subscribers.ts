import type { VariantId } from "@weft/kernel";
import { addJob, on, setSubscriber, subscriber, type Job, type Subscriber } from "../../platform/index.ts";
import { CatalogChanged, SoldOutChanged } from "../catalog/events.ts";
import { PricingChanged } from "../pricing/events.ts";
import { StockChanged } from "../stock/events.ts";
import { tellOfGoods } from "./commands/tell.ts";
import { AFTER_MS, compareKey, type Seen } from "./jobs.ts";

/** What may make a wish come true. Stock is asked at once; menus and prices as soon as the memory of this node has followed the fact. */
export const savedSubscribers = (compare: Job<Seen>): readonly Subscriber[] => [
  // One statement for a whole turn of sales, which lower stock and tell nobody: only what rose above nothing is looked at.
  setSubscriber("saved.stock", [StockChanged, SoldOutChanged], async (ctx, events) => {
    const back = events.flatMap(({ data }) => {
      const { variantId, available, soldOut } = data as { variantId: VariantId; available?: number; soldOut?: boolean }; // of the two facts above
      return (available ?? 0) > 0 || soldOut === false ? [variantId] : [];
    });
    if (back.length > 0) await tellOfGoods(ctx, back);
  }),
  subscriber("saved.snapshots", [
    on(CatalogChanged, (ctx, { data }) =>
      addJob(ctx, compare, { catalog: data.revision }, { key: compareKey("catalog"), at: soon(ctx.now) }),
    ),
    on(PricingChanged, (ctx, { data }) =>
      addJob(ctx, compare, { pricing: data.revision }, { key: compareKey("pricing"), at: soon(ctx.now) }),
    ),
  ]),
];

const soon = (now: Date): Date => new Date(now.getTime() + AFTER_MS);
