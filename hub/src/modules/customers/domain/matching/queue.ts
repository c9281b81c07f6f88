type Item = { readonly value: number; readonly a: number; readonly b: number };

/** A queue that gives the greatest value first; of equal ones that with the smallest numbers, so that the order of pushing says nothing. */
export type Queue = { push(value: number, a: number, b: number): void; pop(): Item | undefined };

/** A binary heap. */
export function createQueue(): Queue {
  const items: Item[] = [];
  const isBefore = (i: number, j: number): boolean => {
    const [x, y] = [items[i], items[j]];
    if (!x || !y) return false;
    if (x.value !== y.value) return x.value > y.value;
    return x.a !== y.a ? x.a < y.a : x.b < y.b;
  };
  const swap = (i: number, j: number): void => {
    const [x, y] = [items[i], items[j]];
    if (!x || !y) return;
    items[i] = y;
    items[j] = x;
  };
  const sink = (): void => {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      let best = at;
      if (left < items.length && isBefore(left, best)) best = left;
      if (left + 1 < items.length && isBefore(left + 1, best)) best = left + 1;
      if (best === at) return;
      swap(at, best);
      at = best;
    }
  };
  return {
    push(value, a, b) {
      let at = items.push({ value, a: Math.min(a, b), b: Math.max(a, b) }) - 1;
      for (let up = (at - 1) >> 1; at > 0 && isBefore(at, up); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    pop() {
      const top = items[0];
      const last = items.pop();
      if (items.length === 0 || !last) return top;
      items[0] = last;
      sink();
      return top;
    },
  };
}
