import type { Db } from "./db.ts";

/** So many keys share a statement at most. */
const MOST_KEYS = 50;
/** While one statement is under way in each, the next keys gather. A third lane gained nothing. */
const LANES = 2;

type Asked<Ctx, V> = { readonly ctx: Ctx; readonly tell: (value: V | undefined) => void; readonly fail: (error: unknown) => void };

/**
 * A look-up by key whose callers share statements: those that ask while earlier ones are under way are answered together, and who comes
 * alone waits for nobody. For reads that come by the thousand, where the start of a statement costs more than its rows. A transaction
 * only ever shares with itself. When a statement fails, all who shared it are told.
 */
export function gathered<Ctx extends { readonly db: Db }, K extends string, V>(
  load: (ctx: Ctx, keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (ctx: Ctx, key: K) => Promise<V | undefined> {
  type Lanes = { running: number; readonly waiting: Map<K, Asked<Ctx, V>[]> };
  const lanesOf = new WeakMap<Db, Lanes>();

  async function drain(lanes: Lanes): Promise<void> {
    lanes.running++;
    while (lanes.waiting.size > 0) {
      const batch = [...lanes.waiting].slice(0, MOST_KEYS);
      for (const [key] of batch) lanes.waiting.delete(key);
      const asked = batch.flatMap(([, all]) => all);
      const [first] = asked;
      if (!first) continue;
      try {
        const found = await load(
          first.ctx,
          batch.map(([key]) => key),
        );
        for (const [key, all] of batch) for (const { tell } of all) tell(found.get(key));
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
    }
    lanes.running--;
  }

  return (ctx, key) =>
    new Promise((tell, fail) => {
      const lanes = lanesOf.get(ctx.db) ?? { running: 0, waiting: new Map() };
      lanesOf.set(ctx.db, lanes);
      const asked = { ctx, tell, fail };
      const others = lanes.waiting.get(key);
      if (others) others.push(asked);
      else lanes.waiting.set(key, [asked]);
      if (lanes.running < LANES) void drain(lanes); // it tells whoever asked, and never throws
    });
}
