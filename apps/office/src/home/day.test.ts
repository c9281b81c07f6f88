import type { OrderSummaryView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { summarizeDay } from "./day.ts";

const order = (change: Partial<OrderSummaryView>): OrderSummaryView => ({
  id: "0190b1de-0000-7000-8000-000000000001",
  number: "T-1",
  sourceNumber: null,
  mode: "live",
  state: "placed",
  paymentState: "paid",
  fulfillmentState: "open",
  channelKind: "store",
  placeName: "Lyon Bellecour",
  customerId: null,
  customerName: null,
  placedAt: "2026-03-02T09:15:00Z",
  total: { amount: 450, currency: "EUR" },
  itemCount: 1,
  firstItems: [],
  ...change,
});

const hourOf = (at: string): number => new Date(at).getUTCHours();

it("[OFC-3] sales of a day are summed per channel and per currency, the busiest channel first", () => {
  const day = summarizeDay(
    [
      order({}),
      order({ channelKind: "web", total: { amount: 1000, currency: "EUR" } }),
      order({ channelKind: "web", total: { amount: 900, currency: "GBP" }, placedAt: "2026-03-02T17:00:00Z" }),
    ],
    hourOf,
  );
  expect(day.orders).toBe(3);
  expect(day.sales).toEqual([
    { amount: 1450, currency: "EUR" },
    { amount: 900, currency: "GBP" },
  ]);
  expect(day.channels.map(({ kind, orders }) => [kind, orders])).toEqual([
    ["web", 2],
    ["store", 1],
  ]);
  expect([day.hours[9], day.hours[17], day.hours[10]]).toEqual([2, 1, 0]);
});

it("[OFC-3] a canceled order is no sale", () => {
  expect(summarizeDay([order({ state: "canceled" })], hourOf)).toMatchObject({ orders: 0, sales: [], channels: [] });
});
