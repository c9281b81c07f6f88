import type { DaySalesView } from "@weft/contracts/client";

/** How a day does beside the same weekday before, up to the same time: 0.12 is twelve in a hundred more; null where there was nothing. */
export function changeOf({ total, weekBefore }: Pick<DaySalesView, "total" | "weekBefore">): number | null {
  const { amount } = weekBefore.total;
  return amount > 0 ? (total.amount - amount) / amount : null;
}

/** The average order of a day, in minor units; null without an order. */
export function averageOf({ total, orders }: Pick<DaySalesView, "total" | "orders">): DaySalesView["total"] | null {
  return orders > 0 ? { ...total, amount: Math.round(total.amount / orders) } : null;
}

/** The hour from 0 to 23 with the most orders; null on a day without any. */
export function busiestOf(hours: readonly { readonly orders: number }[]): number | null {
  const most = Math.max(0, ...hours.map(({ orders }) => orders));
  return most === 0 ? null : hours.findIndex(({ orders }) => orders === most);
}
