import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { INVARIANTS } from "../src/invariants.ts";
import { keptRun, newRun, playChapters, type LongRun } from "./commerce/long-run.ts";
import { openCommerceHub } from "./commerce/open-hub.ts";
import { play } from "./commerce/play.ts";
import { playSideBySide, type Kept } from "./commerce/side-by-side.ts";
import { openWorld } from "./commerce/world.ts";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";

/**
 * `npm run prove -- commerce [--operations 1000000] [--minutes 30] [--go-on] [--replay FILE]`; `npm test` takes the small part. What failed
 * is shortened and kept in a file that is played again with `--replay`; a run that was ended goes on with `--go-on`.
 */
const { isProof, size, seed } = proofRun("commerce", { part: 250, short: 50_000, full: 1_000_000 });
const operations = (isProof && Number(process.env["WEFT_PROVE_OPERATIONS"])) || size;
const minutes = Number(process.env["WEFT_PROVE_MINUTES"]) || Infinity;
const replay = isProof ? process.env["WEFT_PROVE_REPLAY"] : undefined;

it(
  `[CHK-1] [STK-1] [STK-6] [PAY-11] [RET-5] ${operations} random operations over carts, orders, returns, stock and stored value end as plain sums say, after each`,
  async () => {
    if (replay) return playAgain(JSON.parse(readFileSync(replay, "utf8")) as Kept); // written by the run that failed
    const run = isProof && process.env["WEFT_PROVE_GO_ON"] === "1" ? keptRun() : newRun(seed);
    if (isProof) await playChapters(run, { operations, minutes });
    else await playSideBySide(run, { worlds: 6, tries: 8, checkEvery: operations / 2, isOver: () => run.counts.commands >= operations });
    expect(run.counts.refused / run.counts.commands).toBeLessThan(0.5);
    if (isProof) await recordProof("commerce", run.seed, facts(run));
  },
  isProof ? 24 * 3_600_000 : 120_000,
);

async function playAgain({ history }: Kept): Promise<void> {
  const { hub, stores } = await openCommerceHub(1);
  try {
    await play(await openWorld(hub, stores[0] ?? [], newRun(0).counts), history);
  } finally {
    await hub.close();
  }
}

function facts({ counts, next, seconds, checks }: LongRun): string[] {
  const kinds = Object.entries(counts.of).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    `${counts.commands} operations in ${next} histories, eight side by side, in ${seconds.toFixed(0)} s, of which ${counts.refused} were refused, each as the model says`,
    kinds.map(([kind, count]) => `${count} ${kind}`).join(", "),
    `after every step levels, carts, orders, their money, points, store credit and gift cards equal plain sums; at the end of each history nothing is held or allocated`,
    `${INVARIANTS.length} of ${INVARIANTS.length} invariants hold, asked ${checks} times on the way and at the end of each database`,
  ];
}
