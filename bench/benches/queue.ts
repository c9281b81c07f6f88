import { cafeDay, type Day } from "../lib/cafe-day.ts";
import { figure, type Bench } from "../lib/report.ts";

/** Three people behind a counter are busy with so many in an average hour, and at their limit in the hours before noon with more. */
const LOADS = { busy: 50, at_the_limit: 70 } as const;
const COUNTER_PERCENT = 60;
const KEPT_WITHIN_MS = 2 * 60_000;

/** Whether what was promised last was there within two minutes of it; nothing is too early. */
const isKept = ({ doneAt = Infinity, promise }: Day["orders"][number]): boolean => doneAt <= (promise ?? 0) + KEPT_WITHIN_MS;
const isKeptAsFirst = ({ doneAt = Infinity, firstPromise }: Day["orders"][number]): boolean =>
  doneAt <= (firstPromise ?? 0) + KEPT_WITHIN_MS;

export const queue: Bench = {
  name: "queue",
  about:
    "promises of a cafe whose counter and orders ahead share the work of two stations: days of a real curve of sales, played through by the hub's rules",
  run({ isFull }) {
    const days = isFull ? 200 : 30;
    const figures = Object.entries(LOADS).flatMap(([load, perHour]) => [
      figure(`${load}_per_hour`, perHour, "sales and orders", days),
      ...figuresOf(`${load}_shared`, daysOf(days, perHour, true)),
      ...figuresOf(`${load}_counter_apart`, daysOf(days, perHour, false)),
    ]);
    return Promise.resolve(figures);
  },
};

/** All orders that were promised something on these days. */
function daysOf(days: number, perHour: number, isShared: boolean): Day["orders"] {
  const all = Array.from({ length: days }, (_, seed) => cafeDay({ perHour, counterPercent: COUNTER_PERCENT, seed: seed + 1, isShared }));
  return all.flatMap((day) => day.orders.filter(({ kind }) => kind !== "counter"));
}

function figuresOf(name: string, orders: Day["orders"]) {
  const share = (some: readonly unknown[]): number => (some.length / orders.length) * 100;
  return [
    figure(`${name}_kept_within_2_min`, share(orders.filter(isKept)), "%", orders.length),
    figure(`${name}_kept_as_first_promised`, share(orders.filter(isKeptAsFirst)), "%"),
    figure(`${name}_moved`, share(orders.filter(({ moves }) => moves > 0)), "%"),
  ];
}
