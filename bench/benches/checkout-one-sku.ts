import { startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench } from "../lib/report.ts";
import { addLines, complete, openCart, openShop } from "../lib/shopper.ts";

export const checkoutOneSku: Bench = {
  name: "checkout-one-sku",
  about: "everybody wants the same SKU at the same place: whole flows of one line, 32 shoppers",
  async run({ seconds, warmUp }) {
    const hub = await startBenchHub({ products: 1000, customers: 1000 });
    const { call, close } = clientOf(hub.url);
    try {
      const all = await openShop(call, () => "SKU-0");
      const shop = { ...all, places: all.places.slice(0, 1) };
      const work = async (): Promise<string | null> => {
        const cart = await openCart(call, shop);
        if (typeof cart === "string") return cart;
        const added = await addLines(call, cart, [shop.sku()]);
        return typeof added === "string" ? added : complete(call, cart, added.total);
      };
      const { result, cost } = await costOf(hub, () => closedLoop({ clients: 32, seconds, warmUp, work }));
      return [
        figure("orders_per_s", result.perSecond, "1/s", result.count),
        figure("p50_ms", result.p50, "ms"),
        figure("p99_ms", result.p99, "ms"),
        figure(
          "failures",
          Object.values(result.failures).reduce((sum, n) => sum + n, 0),
          "flows",
        ),
        ...(await surroundings(hub, cost)),
      ];
    } finally {
      await close();
      await hub.stop();
    }
  },
};
