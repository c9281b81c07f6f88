import { startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, zipf } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench } from "../lib/report.ts";
import { addLines, openCart, openShop, type OpenCart } from "../lib/shopper.ts";

export const cart: Bench = {
  name: "cart",
  about: "carts opened with three lines in one call, and one line added to a cart, 8 shoppers in a closed loop",
  async run({ seconds, warmUp }) {
    const hub = await startBenchHub({ products: 1000, customers: 1000 });
    const { call, close } = clientOf(hub.url);
    try {
      const draw = zipf(1000);
      const shop = await openShop(call, () => `SKU-${draw()}`);
      const carts = await closedLoop({
        clients: 8,
        seconds,
        warmUp,
        work: async () => {
          const opened = await openCart(call, shop);
          if (typeof opened === "string") return opened;
          const added = await addLines(call, opened, [shop.sku(), shop.sku(), shop.sku()]);
          return typeof added === "string" ? added : null;
        },
      });
      // A cart takes ten lines and is then left for a new one, as carts are.
      const held = new Map<number, { cart: OpenCart; lines: number }>();
      const { result: lines, cost } = await costOf(hub, () =>
        closedLoop({
          clients: 8,
          seconds,
          warmUp,
          work: async (client) => {
            const mine = held.get(client);
            if (!mine || mine.lines >= 10) {
              const opened = await openCart(call, shop);
              if (typeof opened === "string") return opened;
              held.set(client, { cart: opened, lines: 0 });
              return "opening";
            }
            mine.lines += 1;
            const added = await addLines(call, mine.cart, [shop.sku()]);
            return typeof added === "string" ? added : null;
          },
        }),
      );
      return [
        figure("carts_per_s", carts.perSecond, "1/s", carts.count),
        figure("carts_p99_ms", carts.p99, "ms"),
        figure("add_line_per_s", lines.perSecond, "1/s", lines.count),
        figure("add_line_p50_ms", lines.p50, "ms"),
        figure("add_line_p95_ms", lines.p95, "ms"),
        figure("add_line_p99_ms", lines.p99, "ms"),
        ...(await surroundings(hub, cost)),
      ];
    } finally {
      await close();
      await hub.stop();
    }
  },
};
