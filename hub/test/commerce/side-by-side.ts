import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { PlaceId } from "@weft/kernel";
import { INVARIANTS } from "../../src/invariants.ts";
import { analyzeFilled } from "../../src/platform/index.ts";
import { dropDatabase } from "../database.ts";
import { openCommerceHub } from "./open-hub.ts";
import { play } from "./play.ts";
import { step, type Step } from "./steps.ts";
import { openWorld, type Counts } from "./world.ts";

/** What was done of a seed. The seed and the number of a history make what happens in it, whoever plays it and when. */
export type Run = { readonly seed: number; next: number; readonly counts: Counts; checks: number };

export type Wanted = {
  /** Worlds that act side by side. */
  readonly worlds: number;
  /** How often a history that failed is tried again while it is shortened. */
  readonly tries: number;
  /** After so many operations all invariants are asked, while the others act: they hold at every moment. */
  readonly checkEvery: number;
  /** Nobody begins a further history. */
  isOver(): boolean;
  onHistory?(): void;
};

/** A history that failed, shortened. */
export type Kept = { readonly seed: number; readonly history: readonly Step[] };

const histories = fc.array(step, { minLength: 1, maxLength: 80, size: "max" });

/**
 * Worlds side by side on a database of its own: each plays one history after the other at its two stores, until it is over or one has
 * failed. At the end all invariants are asked once more.
 */
export async function playSideBySide(run: Run, { worlds, tries, checkEvery, isOver, onHistory }: Wanted): Promise<void> {
  const { hub, stores } = await openCommerceHub(worlds + tries);
  /** Where nobody has been yet: what a failure left behind is nothing to try it again on. */
  const untouched = stores.slice(worlds);
  let hasFailed = false;
  let checkAt = run.counts.commands + checkEvery;

  async function live(places: readonly PlaceId[]): Promise<void> {
    while (!hasFailed && !isOver()) {
      await playNext(places, run.seed + run.next++ * 104_729);
      onHistory?.();
      if (run.counts.commands >= checkAt) await check();
    }
  }

  async function playNext(home: readonly PlaceId[], seed: number): Promise<void> {
    let places: readonly PlaceId[] | undefined = home;
    const property = fc.asyncProperty(histories, async (history) => {
      if (!places) return;
      try {
        await play(await openWorld(hub, places, run.counts), history);
      } catch (error) {
        hasFailed = true;
        places = untouched.pop();
        throw error;
      }
    });
    const result = await fc.check(property, { seed, numRuns: 1, unbiased: true });
    hub.provider.asked.splice(0);
    if (result.failed) throw new Error(tell({ seed, history: result.counterexample?.[0] ?? [] }), { cause: result.errorInstance });
  }

  async function check(): Promise<void> {
    checkAt = run.counts.commands + checkEvery;
    // The server of tests looks after no table by itself, and these grow.
    await analyzeFilled(hub.pool, { vacuum: true });
    const broken = await hub.violations(INVARIANTS);
    run.checks += 1;
    if (broken.length === 0) return;
    hasFailed = true;
    throw new Error(`after ${run.counts.commands} operations of seed ${run.seed}:\n${broken.join("\n")}`);
  }

  try {
    const outcomes = await Promise.allSettled(stores.slice(0, worlds).map(live));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    await check();
  } finally {
    await hub.close();
    await dropDatabase(hub.pool);
  }
}

/** Keeps the shortest history that failed, and says how to play it again. */
function tell(kept: Kept): string {
  const file = join(tmpdir(), `weft-commerce-${kept.seed}.json`);
  writeFileSync(file, JSON.stringify(kept, null, 1));
  return `a history of ${kept.history.length} steps came out otherwise than the model says; play it again with\n  npm run prove -- commerce --replay ${file}\n${JSON.stringify(kept.history)}`;
}
