import { afterAll, beforeAll, expect, it } from "vitest";
import { walk } from "../../demo/src/shoppers/walk.ts";
import { INVARIANTS } from "../src/invariants.ts";
import { checkInvariants } from "../src/platform/index.ts";
import { askWith } from "./demo-fetch.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

/** As many as it takes with this seed until every journey was walked. */
const WALKS = 8;

let demo: DemoHub;
beforeAll(async () => {
  demo = await openDemoHub();
});
afterAll(() => demo.close());

it("the shoppers of the demo walk across web, app and till, are refused nothing, and leave every invariant whole", async () => {
  const lines: string[] = [];
  const summary = await walk({
    hub: { baseUrl: "", fetch: askWith(demo.app) },
    seed: 10,
    people: 1,
    thinkMs: 0,
    isOver: (walks) => walks >= WALKS,
    print: (line) => lines.push(line),
  });
  expect(summary).toMatchObject({ walks: WALKS, brokeOff: {} });
  expect(lines).toHaveLength(WALKS);
  const ways = ["moved by code", "taken over", "paid in the app", "paid at the collection", "left the cart"];
  expect(ways.filter((way) => !lines.some((line) => line.includes(way)))).toEqual([]);
  const placed = await demo.pool.query<{ n: number }>("select count(*)::int as n from orders.orders where mode <> 'imported'");
  expect(placed.rows[0]?.n).toBe(summary.orders);
  const { results } = await checkInvariants(demo.pool, INVARIANTS);
  expect(results.filter(({ violations }) => violations > 0)).toEqual([]);
});
