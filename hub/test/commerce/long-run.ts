import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { progressBar } from "../../src/cli/progress-bar.ts";
import { playSideBySide, type Run } from "./side-by-side.ts";

/** What was done of a seed, in all sittings together. */
export type LongRun = Run & { seconds: number };

/** Histories on one database: some 20,000 operations, so that asking all invariants stays quick and what a run leaves on the disk small. */
const CHAPTER = 400;
const KEPT = resolve(import.meta.dirname, "../../../node_modules/.cache/weft-prove/commerce.json");

export const newRun = (seed: number): LongRun => ({ seed, next: 0, counts: { commands: 0, refused: 0, of: {} }, checks: 0, seconds: 0 });

/** What the last run had done when it ended, or was ended. */
export const keptRun = (): LongRun => JSON.parse(readFileSync(KEPT, "utf8")) as LongRun; // written below

/**
 * Chapter after chapter until so many operations are done or the time is up, each on a database of its own. What was done is kept after each,
 * so that a run that was ended goes on from there.
 */
export async function playChapters(run: LongRun, { operations, minutes }: { operations: number; minutes: number }): Promise<void> {
  const begun = performance.now();
  const before = run.seconds;
  const bar = progressBar(process.stderr, "operations", run.counts.commands);
  const isDone = (): boolean => run.counts.commands >= operations || performance.now() - begun > minutes * 60_000;
  while (!isDone()) {
    const end = run.next + CHAPTER;
    await playSideBySide(run, {
      worlds: 8,
      tries: 40,
      checkEvery: 7_000,
      isOver: () => run.next >= end || isDone(),
      onHistory: () => bar.at(run.counts.commands, operations),
    });
    run.seconds = before + (performance.now() - begun) / 1000;
    mkdirSync(dirname(KEPT), { recursive: true });
    writeFileSync(KEPT, JSON.stringify(run));
  }
  bar.end();
}
