import { closedLoop, percentiles, zipf, type Call, type LoadResult } from "./load.ts";
import { latenciesOf } from "./measure.ts";
import type { Figure } from "./report.ts";
import { buy, openShop } from "./shopper.ts";

/** Few, so that the machine is not full of them alone. */
const SHOPPERS = 2;
/** Between two purchases of a shopper: what runs beside them is to be seen in their latency, not in how few they are. */
const PAUSE_MS = 100;

export type Beside<T> = { readonly result: T; readonly shoppers: LoadResult };

/** Lets shoppers buy, from opening the cart to the order, while `work` runs, and tells how long each purchase took. */
export async function whileShopping<T>(call: Call, work: () => Promise<T>): Promise<Beside<T>> {
  const draw = zipf(1000);
  const shop = await openShop(call, () => `SKU-${draw()}`);
  const over = new AbortController();
  const times: number[] = [];
  const failures: Record<string, number> = {};
  const began = performance.now();
  const shopper = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const at = performance.now();
      const failure = await buy(call, shop);
      if (failure === null) times.push(performance.now() - at);
      else failures[failure] = (failures[failure] ?? 0) + 1;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  };
  const shoppers = Array.from({ length: SHOPPERS }, shopper);
  let result: T;
  try {
    result = await work();
  } finally {
    over.abort();
    await Promise.all(shoppers);
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    result,
    shoppers: { count: times.length, all: times.length, seconds, perSecond: times.length / seconds, ...percentiles(times), failures },
  };
}

/** Warms the hub up, then lets shoppers buy with nothing beside them: what the latency beside something is compared with. */
export async function shopAlone(call: Call, seconds: number, warmUp: number): Promise<LoadResult> {
  const draw = zipf(1000);
  const shop = await openShop(call, () => `SKU-${draw()}`);
  await closedLoop({ clients: SHOPPERS, seconds: 0, warmUp, work: () => buy(call, shop) });
  return (await whileShopping(call, () => new Promise((done) => setTimeout(done, seconds * 1000)))).shoppers;
}

export const shoppersAs = (name: string, shoppers: LoadResult): Figure[] => latenciesOf(name, shoppers, "purchases");
