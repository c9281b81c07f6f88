import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { PlaceId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { progressBar } from "../src/cli/progress-bar.ts";
import { INVARIANTS } from "../src/invariants.ts";
import { openCommerceHub } from "./commerce/open-hub.ts";
import { play } from "./commerce/play.ts";
import { step, type Step } from "./commerce/steps.ts";
import { openWorld, type Counts } from "./commerce/world.ts";
import { recordProof } from "./record-proof.ts";
import type { SaleHub } from "./sale-hub.ts";

/**
 * `npm run prove -- commerce [--operations 1000000] [--replay FILE]`; `npm test` takes the small part. What failed is shortened and kept in a
 * file that is played again with `--replay`.
 */
const isProof = process.env["WEFT_PROVE"] === "commerce";
const OPERATIONS = { part: 400, short: 50_000, full: 1_000_000 } as const;
const wanted = Number(process.env["WEFT_PROVE_OPERATIONS"]);
const operations = !isProof ? OPERATIONS.part : wanted || OPERATIONS[process.env["WEFT_PROVE_FULL"] === "1" ? "full" : "short"];
const seed = Number(process.env["WEFT_PROVE_SEED"] ?? (isProof ? randomInt(1, 1_000_000) : 1));
const replay = isProof ? process.env["WEFT_PROVE_REPLAY"] : undefined;

/** Worlds that act side by side, and pairs of stores for them and for what is tried again while a failure is shortened. */
const WORLDS = 6;
const MOST_TRIES = isProof ? 40 : 8;
/** How often all invariants are asked while the worlds go on: they hold at every moment. */
const CHECKS = isProof ? 20 : 1;
const histories = fc.array(step, { minLength: 1, maxLength: 80, size: "max" });

let hub: SaleHub;
let stores: readonly (readonly PlaceId[])[];
/** Where nobody has been yet: what a failure left behind is nothing to try it again on. */
let untouched: (readonly PlaceId[])[];
const counts: Counts = { commands: 0, refused: 0, of: new Map() };
beforeAll(async () => {
  const opened = await openCommerceHub(WORLDS + MOST_TRIES);
  hub = opened.hub;
  stores = opened.stores;
  untouched = opened.stores.slice(WORLDS);
}, 60_000);
afterAll(() => hub.close());

it(
  `[CHK-1] [STK-1] [STK-6] [PAY-11] [RET-5] ${operations} random operations over carts, orders, returns, stock and stored value end as plain sums say, after each`,
  async () => {
    const begun = performance.now();
    if (replay) return play(await openWorld(hub, stores[0] ?? [], counts), (JSON.parse(readFileSync(replay, "utf8")) as Kept).history); // written below
    const bar = isProof ? progressBar(process.stderr, "operations") : null;
    let ended = false;
    const worlds = Promise.allSettled(Array.from({ length: WORLDS }, (_, world) => live(world, bar))).finally(() => (ended = true));
    const [broken, outcomes] = await Promise.all([checkOnTheWay(() => ended), worlds]);
    bar?.end();
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    expect(broken).toEqual([]);
    expect(await hub.violations(INVARIANTS)).toEqual([]);
    expect(counts.refused / counts.commands).toBeLessThan(0.5);
    if (isProof) await recordProof("commerce", seed, facts((performance.now() - begun) / 1000, checked + 1));
  },
  isProof ? 12 * 3_600_000 : 120_000,
);

type Kept = { readonly seed: number; readonly history: readonly Step[] };

/** One history after the other at two stores, until all have done what was wanted, or one has failed. */
async function live(world: number, bar: ReturnType<typeof progressBar> | null): Promise<void> {
  let places = stores[world];
  for (let n = 0; counts.commands < operations && !failure.seen; n++) {
    let tries = 0;
    const property = fc.asyncProperty(histories, async (history) => {
      if (!places || tries > MOST_TRIES) return;
      try {
        await play(await openWorld(hub, places, counts), history);
      } catch (error) {
        failure.seen = true;
        tries += 1;
        places = untouched.pop();
        throw error;
      }
    });
    const of = seed + world * 7919 + n * 104_729;
    const result = await fc.check(property, { seed: of, numRuns: 1, unbiased: true });
    hub.provider.asked.splice(0);
    bar?.at(counts.commands, operations);
    if (result.failed) throw new Error(tell({ seed: of, history: result.counterexample?.[0] ?? [] }), { cause: result.errorInstance });
  }
}
const failure = { seen: false };

/** Keeps the shortest history that failed, and says how to play it again. */
function tell(kept: Kept): string {
  const file = join(tmpdir(), `weft-commerce-${kept.seed}.json`);
  writeFileSync(file, JSON.stringify(kept, null, 1));
  return `a history of ${kept.history.length} steps came out otherwise than the model says; play it again with\n  npm run prove -- commerce --replay ${file}\n${JSON.stringify(kept.history)}`;
}

/** Asks all invariants, as often as was asked for, while the worlds act; the worlds stop at the first that is broken. Answers what breaks them. */
async function checkOnTheWay(isOver: () => boolean): Promise<string[]> {
  while (!isOver()) {
    if (counts.commands >= ((checked + 1) * operations) / (CHECKS + 1)) {
      // The server of tests looks after no table by itself, and these grow.
      if (isProof) await hub.rows("vacuum analyze");
      const broken = await hub.violations(INVARIANTS);
      checked += 1;
      failure.seen ||= broken.length > 0;
      if (failure.seen) return broken;
    } else await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  return [];
}
let checked = 0;

function facts(seconds: number, checks: number): string[] {
  const kinds = [...counts.of].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`);
  return [
    `${counts.commands} operations by ${WORLDS} worlds side by side in ${seconds.toFixed(0)} s, of which ${counts.refused} were refused, each as the model says`,
    kinds.join(", "),
    `after every step levels, carts, orders, their money, points, store credit and gift cards equal plain sums; at the end of each history nothing is held or allocated`,
    `${INVARIANTS.length} of ${INVARIANTS.length} invariants hold, asked ${checks} times on the way and at the end`,
  ];
}
