/** Never held longer: a screen asks again a little later than this after something moved. */
const LONGEST_MS = 4000;
/** Held so many times as long as it took to read: a small chain's answer is a blink old, a large one's is read a tenth of the time. */
const TIMES_ITS_OWN = 10;

/**
 * Reads what is dear once for all who ask at about the same time [TDY-6]: `held("all", () => readSales(…))`. A reading that failed is not held.
 * `clock` answers milliseconds that only rise.
 */
export function heldBriefly<Answer>(clock: () => number): (key: string, read: () => Promise<Answer>) => Promise<Answer> {
  const held = new Map<string, { readonly answer: Promise<Answer>; until: number }>();
  return (key, read) => {
    const now = clock();
    for (const [known, { until }] of held) if (until <= now) held.delete(known);
    const there = held.get(key);
    if (there) return there.answer;
    const entry = { answer: read(), until: Infinity };
    held.set(key, entry);
    entry.answer.then(
      () => (entry.until = clock() + Math.min(LONGEST_MS, TIMES_ITS_OWN * (clock() - now))),
      () => held.delete(key),
    );
    return entry.answer;
  };
}
