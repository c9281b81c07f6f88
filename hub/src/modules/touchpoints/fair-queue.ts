/** What waits, by where it comes from. */
export type FairQueue<T> = {
  add(source: string, item: T, weight: number): void;
  /** Takes what may go together: at least one item if there is any, and not more than `most` of weight unless the first alone is heavier. */
  take(most: number): T[];
};

type Entry<T> = { readonly item: T; readonly weight: number };

/**
 * A queue that one noisy source cannot fill for the others [TCH-17]: sources take turns, an item each, so that who has sent one thing waits
 * for one round and not for everything that another has sent before. Within a source it is first in, first out. A source that got nothing
 * this time, because its item was too heavy for what was left, is the first next time.
 */
export function createFairQueue<T>(): FairQueue<T> {
  const waiting = new Map<string, Entry<T>[]>();

  function take(most: number): T[] {
    const taken: T[] = [];
    const counts = new Map<string, number>();
    let weight = 0;
    for (let isGoing = true; isGoing;) {
      isGoing = false;
      for (const [source, entries] of waiting) {
        const count = counts.get(source) ?? 0;
        const next = entries[count];
        if (!next || (taken.length > 0 && weight + next.weight > most)) continue;
        taken.push(next.item);
        weight += next.weight;
        counts.set(source, count + 1);
        isGoing = true;
      }
    }
    for (const [source, count] of counts) leave(source, count);
    return taken;
  }

  /** Takes the first ones of a source off, and puts it behind the others. */
  function leave(source: string, count: number): void {
    const rest = waiting.get(source)?.slice(count) ?? [];
    waiting.delete(source);
    if (rest.length > 0) waiting.set(source, rest);
  }

  return {
    add(source, item, weight) {
      const entries = waiting.get(source);
      if (entries) entries.push({ item, weight });
      else waiting.set(source, [{ item, weight }]);
    },
    take,
  };
}
