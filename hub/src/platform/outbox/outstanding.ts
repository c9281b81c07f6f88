/**
 * What the sequencer has not seen yet [LOG-3]. Numbers are given before commit, so a number below the highest seen may still come:
 * from a transaction that is open, or never, when it was rolled back. Reading everything from the start each time would be right as
 * well, but beside one long transaction the rows already moved cannot be cleaned up, and every read would walk over all of them.
 */
export type Outstanding = {
  /** Where to look next: at all numbers above `above`, and at these. */
  look(): { readonly above: number; readonly late: readonly number[] };
  /** Tells what a look has found, in ascending order, and whether it was cut off by its limit. */
  found(seqs: readonly number[], isCutOff: boolean): void;
  /** Whether `settle` has something to decide. */
  isUnsettled(): boolean;
  /**
   * Tells which transactions hold the outbox open for writing at this moment, once a second or so. A number is given up when all that
   * held it open after the number was missed have ended, and a look after that has not found it either.
   */
  settle(holders: ReadonlySet<string>): void;
};

/** Numbers that were missed in the same second, and the transactions that may still bring them. */
type Missed = { readonly seqs: Set<number> | "all earlier"; holders: ReadonlySet<string>; isLastLook: boolean };

/** So many missed numbers (a large import rolled back) are cheaper to look for by reading everything. */
const MOST_MISSED = 10_000;

/** `given` is the highest number given so far: what is at or below it may come from transactions that are open now, whatever was moved before. */
export function createOutstanding(given: number): Outstanding {
  let highest = given;
  let fresh: Missed["seqs"] = "all earlier";
  let missed: Missed[] = [];

  const sets = () => [fresh, ...missed.map(({ seqs }) => seqs)];

  function miss(from: number, to: number): void {
    if (fresh === "all earlier") return;
    const already = sets().reduce((sum, seqs) => sum + (seqs === "all earlier" ? 0 : seqs.size), 0);
    if (already + to - from > MOST_MISSED) {
      fresh = "all earlier";
      missed = [];
      return;
    }
    for (let seq = from; seq < to; seq++) fresh.add(seq);
  }

  return {
    look() {
      const all = sets();
      if (all.includes("all earlier")) return { above: 0, late: [] };
      return { above: highest, late: all.flatMap((seqs) => (seqs === "all earlier" ? [] : [...seqs])) };
    },
    found(seqs, isCutOff) {
      for (const seq of seqs) {
        if (seq > highest + 1) miss(highest + 1, seq);
        highest = Math.max(highest, seq);
        for (const set of sets()) if (set !== "all earlier") set.delete(seq);
      }
      missed = missed.filter(({ seqs: rest, isLastLook }) => (isCutOff || !isLastLook) && (rest === "all earlier" || rest.size > 0));
    },
    isUnsettled: () => missed.length > 0 || fresh === "all earlier" || fresh.size > 0,
    settle(holders) {
      for (const group of missed) group.holders = new Set([...group.holders].filter((holder) => holders.has(holder)));
      if (fresh === "all earlier" || fresh.size > 0) missed.push({ seqs: fresh, holders, isLastLook: false });
      fresh = new Set();
      for (const group of missed) group.isLastLook = group.holders.size === 0;
    },
  };
}
