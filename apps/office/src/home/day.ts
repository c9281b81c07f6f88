import type { ChannelKind, OrderSummaryView } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";

/** What one kind of channel sold on a day. */
export type ChannelDay = { readonly kind: ChannelKind; readonly orders: number; readonly sales: readonly Money[] };

export type DaySummary = {
  readonly orders: number;
  /** One amount per currency, the largest first: amounts of different currencies are never added. */
  readonly sales: readonly Money[];
  /** Most orders first. */
  readonly channels: readonly ChannelDay[];
  /** Orders placed in each hour of the day, 24 figures. */
  readonly hours: readonly number[];
};

/** Adds up a day's orders; canceled ones are left out. `hourOf` tells the hour (0 to 23) that an order was placed in. */
export function summarizeDay(orders: readonly OrderSummaryView[], hourOf: (placedAt: string) => number): DaySummary {
  const counted = orders.filter(({ state }) => state !== "canceled");
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { placedAt } of counted) {
    const hour = hourOf(placedAt);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  const channels = [...Map.groupBy(counted, ({ channelKind }) => channelKind)].map(([kind, own]) => ({
    kind,
    orders: own.length,
    sales: salesOf(own),
  }));
  return { orders: counted.length, sales: salesOf(counted), channels: channels.sort((a, b) => b.orders - a.orders), hours };
}

function salesOf(orders: readonly OrderSummaryView[]): Money[] {
  const sums = new Map<string, number>();
  for (const { total } of orders) sums.set(total.currency, (sums.get(total.currency) ?? 0) + total.amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency })).sort((a, b) => b.amount - a.amount);
}
