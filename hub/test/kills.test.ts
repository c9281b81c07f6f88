import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startKillableHub, type KillableHub } from "./killable-hub.ts";
import { randomFrom } from "../../scripts/random.ts";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";
import { openBuyers, type Acknowledged } from "./stubborn-buyer.ts";

const BUYERS = 8;
const MOST_LATE_MS = 40;
const { isProof, size, seed } = proofRun("kills", {
  part: { checkouts: 30, kills: 2 },
  short: { checkouts: 500, kills: 8 },
  full: { checkouts: 500, kills: 100 },
});
const { checkouts, kills } = size;

let hub: KillableHub;
beforeAll(async () => {
  hub = await startKillableHub();
}, 120_000);
afterAll(() => hub.stop(), 60_000);

it(
  `no checkout is lost or doubled when the hub is killed ${kills} times during ${checkouts} of them, every second time with its database`,
  async () => {
    const begun = performance.now();
    const random = randomFrom(seed);
    const bought: Acknowledged[] = [];
    const changed = new Map<string, Changed>();
    const [, restarts] = await Promise.all([buyAll(bought, changed, random), killOften(bought, randomFrom(seed + 1))]);

    expect(restarts).toHaveLength(kills);
    expect(new Set(bought.map(({ orderId }) => orderId)).size).toBe(checkouts);
    expect(await ordersPlaced()).toEqual(new Map(bought.map(({ cartId, orderId }) => [cartId, [orderId]])));
    for (const { repeat, orderId } of bought) expect(await repeat()).toBe(orderId);
    expect(await ordersPlaced()).toHaveProperty("size", checkouts);
    for (const { repeat, owed } of changed.values()) expect(await repeat()).toBe(owed);
    expect(await orderVersions()).toEqual(new Map([...changed].map(([orderId, { owed }]) => [orderId, { versions: 1, owed }])));
    const invariants = (await hub.command("hub/src/cli/check-invariants.ts")).trim().split("\n").at(-1) ?? "";

    if (!isProof) return;
    const again = bought.filter(({ attempts }) => attempts > 1).length;
    const slowest = Math.max(...restarts) / 1000;
    await recordProof("kills", seed, [
      `${checkouts} checkouts by ${BUYERS} buyers, ${kills} kills of the hub's process (SIGKILL), ${Math.floor(kills / 2)} of them together with its database, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      `${bought.length} orders, one for each key; ${again} checkouts needed more than one attempt; every key sent once more gave the same order`,
      `${changed.size} of the orders were changed meanwhile, each exactly once, and every change sent once more answered the same`,
      `slowest restart until ready: ${slowest.toFixed(1)} s`,
      invariants,
    ]);
  },
  isProof ? 3_600_000 : 120_000,
);

type Changed = Awaited<ReturnType<Acknowledged["change"]>>;

/** Every third order is changed as soon as it is acknowledged. */
async function buyAll(bought: Acknowledged[], changed: Map<string, Changed>, random: () => number): Promise<void> {
  const buyers = await openBuyers(hub.url);
  let begun = 0;
  const loop = async (): Promise<void> => {
    while (begun < checkouts) {
      const nth = begun++;
      const sku = buyers.skus[(nth * 7) % buyers.skus.length] ?? "";
      const order = await buyers.buy(sku, random() < 0.5 ? "card" : "there");
      bought.push(order);
      if (nth % 3 === 0) changed.set(order.orderId, await order.change());
    }
  };
  await Promise.all(Array.from({ length: BUYERS }, loop));
}

/** Spread over the checkouts, each a few random milliseconds after one was acknowledged: somewhere inside others. */
async function killOften(bought: readonly Acknowledged[], random: () => number): Promise<number[]> {
  const restarts: number[] = [];
  for (let n = 0; n < kills; n++) {
    const after = Math.floor(((n + random()) * (checkouts - BUYERS)) / kills);
    while (bought.length < after) await pause(1);
    await pause(random() * MOST_LATE_MS);
    restarts.push(await hub.killAndRestart(n % 2 === 1));
  }
  return restarts;
}

/** The orders of each cart, as the database has them. */
async function ordersPlaced(): Promise<Map<string, string[]>> {
  const rows = await hub.rows<{ cart: string; orders: string[] }>(
    "select cart_id as cart, array_agg(id) as orders from orders.orders where mode <> 'imported' group by cart_id",
  );
  return new Map(rows.map(({ cart, orders }) => [cart, orders]));
}

/** How often each order was changed, and what is to be paid for it. */
async function orderVersions(): Promise<Map<string, { versions: number; owed: number }>> {
  const rows = await hub.rows<{ id: string; versions: number; owed: number }>(
    `select o.id, count(*)::integer as versions, o.total::integer as owed
       from orders.order_change c join orders.orders o on o.id = c.order_id group by o.id`,
  );
  return new Map(rows.map(({ id, ...order }) => [id, order]));
}
