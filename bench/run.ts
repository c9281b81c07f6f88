import { cart } from "./benches/cart.ts";
import { catalog } from "./benches/catalog.ts";
import { checkout } from "./benches/checkout.ts";
import { checkoutOneSku } from "./benches/checkout-one-sku.ts";
import { everyScreen } from "./benches/every-screen.ts";
import { findCustomer } from "./benches/find-customer.ts";
import { fiscal } from "./benches/fiscal.ts";
import { growth, GROWTH_SETS } from "./benches/growth.ts";
import { identity } from "./benches/identity.ts";
import { intake } from "./benches/intake.ts";
import { linkLevel } from "./benches/link-level.ts";
import { live } from "./benches/live.ts";
import { liveNats } from "./benches/live-nats.ts";
import { match } from "./benches/match.ts";
import { matching } from "./benches/matching.ts";
import { near } from "./benches/near.ts";
import { orderVolume, VOLUMES } from "./benches/order-volume.ts";
import { pricing } from "./benches/pricing.ts";
import { queue } from "./benches/queue.ts";
import { sameEverywhere } from "./benches/same-everywhere.ts";
import { start } from "./benches/start.ts";
import { till } from "./benches/till.ts";
import { buildDataSet } from "./lib/data-set.ts";
import { print, type Bench } from "./lib/report.ts";

const BENCHES: readonly Bench[] = [
  start,
  catalog,
  cart,
  checkout,
  checkoutOneSku,
  intake,
  live,
  liveNats,
  findCustomer,
  growth,
  identity,
  match,
  matching,
  linkLevel,
  pricing,
  sameEverywhere,
  fiscal,
  near,
  queue,
  till,
  everyScreen,
  orderVolume,
];

/** `npm run bench -- NAME… [--json] [--full] [--seconds=N]`; `npm run bench:data [-- --full]` builds what they run on. */
async function main(args: readonly string[]): Promise<void> {
  const isFull = args.includes("--full");
  const length = args.find((argument) => argument.startsWith("--seconds="));
  const given = length === undefined ? undefined : Number(length.split("=")[1]);
  const names = args.filter((argument) => !argument.startsWith("--"));
  if (names[0] === "data") return buildAll(isFull);
  const wanted = names.length === 0 ? BENCHES : BENCHES.filter(({ name }) => names.includes(name));
  if (wanted.length < names.length || names.length === 0)
    console.error(BENCHES.map(({ name, about }) => `${name.padEnd(18)} ${about}`).join("\n"));
  if (wanted.length < names.length) process.exitCode = 2;
  for (const bench of wanted) {
    const figures = await bench.run({ isFull, seconds: given ?? (isFull ? 60 : 10), warmUp: 10 });
    print(bench.name, figures, args.includes("--json"));
  }
}

function buildAll(isFull: boolean): void {
  buildDataSet({ products: 1000, customers: 1000 });
  buildDataSet({ products: 1000, customers: 100_000 });
  buildDataSet(GROWTH_SETS.small);
  buildDataSet(GROWTH_SETS.large);
  buildDataSet(VOLUMES.large);
  if (!isFull) return;
  buildDataSet({ products: 100_000, customers: 1000 });
  buildDataSet({ products: 1000, customers: 1_000_000 });
  buildDataSet(GROWTH_SETS.full);
  buildDataSet(VOLUMES.full);
}

await main(process.argv.slice(2));
