import { parentPort } from "node:worker_threads";
import {
  chanceOf,
  createScorer,
  CUSTOMER_COLUMNS,
  explain,
  joinsOf,
  keysOfRows,
  learnedFrom,
  pairsWithin,
  questionsOf,
} from "../domain/matching/index.ts";
import type { FoundRows, FromThread, ToThread } from "./file-messages.ts";
import { runMatch, type Matched } from "./run-match.ts";

// A thread that learns from the whole customer file, compares it and says what it found, beside the hub that goes on answering. It is ended
// by its hub, between two units at any time: what was compared has been told.

const port = parentPort;
if (!port) throw new Error("this runs as a thread");
const tell = (message: FromThread): void => port.postMessage(message);
const CHUNK = 1_000;

const rows: (readonly string[])[] = [];
const circles: number[] = [];
const groups: number[] = [];

const heard: ToThread[] = [];
let wake = (): void => {};
port.on("message", (message: ToThread) => {
  heard.push(message);
  wake();
});

/** The next message of the hub. */
async function hear(): Promise<ToThread> {
  for (;;) {
    const next = heard.shift();
    if (next) return next;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

async function readRows(): Promise<Extract<ToThread, { kind: "start" }>> {
  for (;;) {
    const message = await hear();
    if (message.kind === "start") return message;
    if (message.kind !== "rows") continue;
    rows.push(...message.rows);
    circles.push(...message.circles);
    groups.push(...message.groups);
  }
}

async function main(): Promise<void> {
  const { thresholds, apart, joined } = await readRows();
  const matched = await runMatch(
    { columns: CUSTOMER_COLUMNS, rows, files: Uint8Array.from(circles) },
    {
      thresholds,
      apart,
      together: pairsWithin(groups),
      isWithinFiles: true,
      threads: 1,
      keep: async (planHash) => {
        tell({ kind: "planned", planHash });
        const message = await hear();
        const known = new Map(message.kind === "known" ? message.units : []);
        return {
          get: async (unit) => known.get(unit),
          put: async (unit, found) => tell({ kind: "unit", unit, found }),
        };
      },
      onProgress: (done, of) => tell({ kind: "progress", done, of }),
    },
  );
  const { plan, expectedPrecision, linkFrom, compared } = matched;
  const learned = learnedFrom(plan);
  tell({ kind: "learned", learned, compared, linkFrom, expectedPrecision });
  const keys = keysOfRows(plan.prepared, learned);
  for (let from = 0; from < keys.length; from += CHUNK) tell({ kind: "keys", from, keys: keys.slice(from, from + CHUNK) });
  const findings = [...findingsOf(matched), ...withdrawalsOf(matched, joined, thresholds.review)];
  for (let from = 0; from < findings.length; from += CHUNK) tell({ kind: "found", findings: findings.slice(from, from + CHUNK) });
  tell({ kind: "done" });
  port?.close();
}

function findingsOf({ plan, judged, ...decision }: Matched): FoundRows[] {
  const scorer = createScorer(plan.prepared, plan.model);
  return [
    ...joinsOf(plan, decision, judged, groups, scorer).map((join): FoundRows => ({ ...join, kind: "link" })),
    ...questionsOf(plan, decision, groups, scorer).map((question): FoundRows => ({ ...question, kind: "review" })),
  ];
}

/** Of what likeness joined before, what it would not even ask about now. */
function withdrawalsOf({ plan, clusterOf }: Matched, joined: readonly (readonly [number, number])[], review: number): FoundRows[] {
  const scorer = createScorer(plan.prepared, plan.model);
  const at = new Map(Array.from(plan.prepared.rows, (row, i) => [row, i]));
  return joined.flatMap((pair): FoundRows[] => {
    const [x, y] = [at.get(pair[0]) ?? 0, at.get(pair[1]) ?? 0];
    const [a, b] = [Math.min(x, y), Math.max(x, y)];
    const chance = chanceOf(scorer.odds(a, b));
    if (clusterOf[pair[0]] === clusterOf[pair[1]] || chance >= review) return [];
    return [{ kind: "withdraw", rows: pair, chance, reasons: explain(plan, a, b, scorer) }];
  });
}

await main();
