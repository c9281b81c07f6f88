import { SECRET, startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench } from "../lib/report.ts";

export const findCustomer: Bench = {
  name: "find-customer",
  about: "a customer by id at 32 clients, and by e-mail, phone, name or part of it at 4 clients, among 100,000 (with --full 1,000,000)",
  async run({ isFull, seconds, warmUp }) {
    const customers = isFull ? 1_000_000 : 100_000;
    const hub = await startBenchHub({ products: 1000, customers });
    const { call, close } = clientOf(hub.url);
    try {
      const random = () => Math.floor(Math.random() * customers);
      const found = (await call("GET", "/v1/customers?query=anna&limit=50", { headers: SECRET })).json;
      const ids: string[] = found.items.map(({ id }: { readonly id: string }) => id);
      const byId = await closedLoop({
        clients: 32,
        seconds,
        warmUp,
        work: async () =>
          (await call("GET", `/v1/customers/${ids[random() % ids.length]}`, { headers: SECRET })).status === 200 ? null : "not found",
      });
      const queries = [
        () => `person${random()}@example.com`,
        () => `+3361${String(random()).padStart(7, "0")}`,
        () => "marber",
        () => "anna mar",
        () => "jul",
        () => "puigros",
      ];
      let n = 0;
      const { result: find, cost } = await costOf(hub, () =>
        closedLoop({
          clients: 4,
          seconds,
          warmUp,
          work: async () => {
            const query = queries[n++ % queries.length]?.() ?? "";
            return (await call("GET", `/v1/customers?query=${encodeURIComponent(query)}`, { headers: SECRET })).status === 200
              ? null
              : "failed";
          },
        }),
      );
      return [
        figure("customers", customers, "records"),
        figure("by_id_per_s", byId.perSecond, "1/s", byId.count),
        figure("by_id_p99_ms", byId.p99, "ms"),
        figure("find_per_s", find.perSecond, "1/s", find.count),
        figure("find_p50_ms", find.p50, "ms"),
        figure("p99_ms", find.p99, "ms"),
        ...(await surroundings(hub, cost)),
      ];
    } finally {
      await close();
      await hub.stop();
    }
  },
};
