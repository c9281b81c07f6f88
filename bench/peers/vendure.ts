import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { calibrate } from "../lib/calibrate.ts";
import { PUBLISHABLE, startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, zipf, type LoadResult } from "../lib/load.ts";
import { cpuSeconds, machineBusySeconds } from "../lib/machine.ts";
import { addLines, buy, openCart, openShop } from "../lib/shopper.ts";
import { makeProject, startPeer } from "./vendure-project.ts";
import { openPeerShop } from "./vendure-shopper.ts";

const PRODUCTS = 1000;
const SHOPPERS = 8;

/**
 * `node bench/peers/vendure.ts [--seconds=10] [--folder=FOLDER]`: this hub and Vendure on one PostgreSQL server, in one run and in turn: a list of
 * 20 products with price and stock, a new cart with three lines, and the same to a placed and paid order. Needs the npm registry.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: "string", default: "10" }, folder: { type: "string" } } });
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), "weft-peer-"));
  const seconds = Number(values.seconds);
  const goods = Array.from({ length: PRODUCTS }, (_, n) => ({ sku: `SKU-${n}`, name: `Product ${n}`, price: 100 + ((n * 37) % 4900) }));
  makeProject(folder, goods);
  const hub = await startBenchHub({ products: PRODUCTS, customers: 1000 });
  try {
    const peer = await startPeer(folder, join(hub.home, "postgres/data"));
    try {
      await measure(hub, peer, seconds);
    } finally {
      await peer.stop();
    }
  } finally {
    await hub.stop();
    if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

type Hub = Awaited<ReturnType<typeof startBenchHub>>;
type Peer = Awaited<ReturnType<typeof startPeer>>;

async function measure(hub: Hub, peer: Peer, seconds: number): Promise<void> {
  const { call, close } = clientOf(hub.url);
  const draw = zipf(PRODUCTS);
  const shop = await openShop(call, () => `SKU-${draw()}`);
  const theirs = await openPeerShop(peer, draw);
  const list = async () => {
    const { status } = await call("GET", `/v1/products?limit=20&storeId=${shop.places[0] ?? ""}`, { headers: PUBLISHABLE });
    return status === 200 ? null : String(status);
  };
  const fill = async () => {
    const cart = await openCart(call, shop);
    const added = typeof cart === "string" ? cart : await addLines(call, cart, [shop.sku(), shop.sku(), shop.sku()]);
    return typeof added === "string" ? added : null;
  };
  // What cannot be bought at all would be a rate of nothing.
  const refusal = (await theirs.buy()) ?? (await buy(call, shop));
  if (refusal !== null) throw new Error(`a purchase was refused: ${refusal}`);
  const works = [
    { name: "product list of 20", ours: list, theirs: () => theirs.list() },
    { name: "cart with three lines", ours: fill, theirs: () => theirs.fill() },
    { name: "cart to paid order", ours: () => buy(call, shop), theirs: () => theirs.buy() },
  ];
  const used = () => hub.cpu().hub + hub.cpu().database + peer.cpuSeconds() + cpuSeconds(process.pid);
  const [busy, own, at] = [machineBusySeconds(), used(), performance.now()];
  console.log(
    `Weft and Vendure ${peer.version}, ${PRODUCTS} products, ${SHOPPERS} shoppers, ${seconds} s each after ${seconds / 2} s of warm-up\n`,
  );
  console.log(row("", "Weft /s", "p95 ms", "Vendure /s", "p95 ms", "ratio"));
  for (const { name, ...work } of works) {
    const load = (of: () => Promise<string | null>) => closedLoop({ clients: SHOPPERS, seconds, warmUp: seconds / 2, work: of });
    const [weft, vendure] = [await load(work.ours), await load(work.theirs)];
    for (const { failures } of [weft, vendure]) if (Object.keys(failures).length > 0) console.error(name, failures);
    console.log(
      row(
        name,
        ...rates(weft),
        ...rates(vendure),
        vendure.count === 0 ? "none done" : `${(weft.perSecond / vendure.perSecond).toFixed(1)} x`,
      ),
    );
  }
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
  console.log(row("memory afterwards", megabytes(hub.memoryBytes()), "", megabytes(peer.memoryBytes()), "", ""));
  const foreign = (machineBusySeconds() - busy - (used() - own)) / ((performance.now() - at) / 1000);
  console.log(`\nforeign_cores ${Math.max(0, foreign).toFixed(2)} cores`);
  for (const { metric, value, unit } of await calibrate(hub.home)) console.log(`${metric} ${value} ${unit}`);
  await Promise.all([close(), theirs.close()]);
}

const rates = ({ perSecond, p95 }: LoadResult): [string, string] => [perSecond.toFixed(1), p95.toFixed(1)];
const row = (name: string, ...cells: readonly string[]): string => name.padEnd(24) + cells.map((cell) => cell.padStart(12)).join("");

await main();
