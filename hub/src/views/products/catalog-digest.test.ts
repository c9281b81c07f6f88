import { expect, it } from "vitest";
import { randomFrom } from "../../../../scripts/random.ts";
import { withChange } from "../../modules/catalog/index.ts";
import { changeSince, digestOf } from "./catalog-digest.ts";

type Goods = { readonly id: string; readonly name: string; readonly price: number };

const SEED = 20261123;
const goods = (n: number, price = n): Goods => ({
  id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`,
  name: `Goods ${n}`,
  price,
});

/** Some changed, some gone, some new, and now and then another order. */
function changed(before: readonly Goods[], chance: () => number, next: () => number): Goods[] {
  const kept = before.flatMap((product) => {
    const roll = chance();
    if (roll < 0.02) return [];
    return [roll < 0.06 ? { ...product, price: Math.floor(chance() * 10_000) } : product];
  });
  const added = Array.from({ length: Math.floor(chance() * 4) }, () => goods(next()));
  const all = [...kept, ...added];
  return chance() < 0.2 ? all.toReversed() : all;
}

it("[TIL-52] a copy of the catalog that takes what changed is the whole one, whatever changed, went or came, and after any number of changes", () => {
  const chance = randomFrom(SEED);
  let last = 0;
  const next = (): number => (last += 1);
  for (let history = 0; history < 20; history++) {
    let hub = Array.from({ length: Math.floor(chance() * 300) }, () => goods(next()));
    let copy: { products: readonly Goods[]; digest: string | undefined } = { products: [], digest: undefined };
    for (let step = 0; step < 15; step++) {
      const digest = digestOf(hub);
      const change = JSON.parse(JSON.stringify(changeSince(hub, copy.digest, digest))) as ReturnType<typeof changeSince<Goods>>; // as over the network
      copy = { products: withChange(copy.products, change), digest };
      expect(copy.products).toEqual(hub);
      // A copy that was missed for some changes catches up by the next.
      for (let missed = Math.floor(chance() * 3); missed >= 0; missed--) hub = changed(hub, chance, next);
    }
  }
});

it("[TIL-52] nothing is sent where nothing changed, and everything to whoever names a copy that is none", () => {
  const hub = Array.from({ length: 1000 }, (_, n) => goods(n));
  const digest = digestOf(hub);
  expect(changeSince(hub, digest, digest)).toEqual({ products: [], parts: [], order: null });
  for (const unknown of [undefined, "", "7.12", digest.slice(1)]) expect(changeSince(hub, unknown, digest).products).toHaveLength(1000);
  const one = hub.map((product) => (product.price === 500 ? goods(500, 1) : product));
  const change = changeSince(one, digest, digestOf(one));
  expect(change.parts).toHaveLength(1);
  expect(change.products.length).toBeLessThan(12);
  expect(change.order).toBeNull();
});
