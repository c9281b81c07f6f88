import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  createJudge,
  decide,
  makePlan,
  together,
  unitsOf,
  type DecideOptions,
  type Decision,
  type Judged,
  type Links,
  type Plan,
  type Table,
  type Unit,
} from "../domain/matching/index.ts";
import { hashOf, keepUnits, type KeptUnits } from "./kept-units.ts";

export type RunOptions = DecideOptions & {
  readonly isAcrossFiles?: boolean;
  readonly threads?: number;
  /** A folder where finished units are kept, so that a stopped match goes on. */
  readonly folder?: string;
  /** Another place to keep finished units, by the hash of what they are of. */
  readonly keep?: (planHash: string) => Promise<KeptUnits>;
  /** Pairs of different files are not compared. */
  readonly isWithinFiles?: boolean;
  readonly onProgress?: (done: number, of: number) => void;
  /** Stops between two units; what was finished is kept. */
  readonly signal?: AbortSignal;
};

export type Matched = Decision & {
  readonly plan: Plan;
  readonly judged: Links;
  readonly compared: number;
  readonly bigBlocks: number;
  readonly recordsInBigBlocks: number;
  readonly seconds: { readonly learn: number; readonly judge: number; readonly decide: number };
};

/** Below so many records threads cost more than they bring. */
const THREADS_FROM = 20_000;

/** Matches a table like `matchTable`, with the pairs judged in threads; gives the same. Rejects with the signal's reason when stopped. */
export async function runMatch(table: Table, options: RunOptions = {}): Promise<Matched> {
  const started = performance.now();
  const made = makePlan(table, options.isAcrossFiles ?? options.isOneToOne ?? false);
  const plan = share({ ...made, isWithinFiles: options.isWithinFiles ?? false });
  const learned = performance.now();
  const units = unitsOf(plan);
  const kept = await keptUnits(plan, options);
  const threads = options.threads ?? (plan.prepared.size < THREADS_FROM ? 1 : availableParallelism());
  const parts = await judgeUnits(plan, units, threads, kept, options);
  const compared = performance.now();
  const judged = together(parts);
  const decision = decide(plan, judged, options);
  const sum = (of: (part: Judged) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    ...decision,
    plan,
    judged,
    compared: sum(({ compared }) => compared),
    bigBlocks: sum(({ bigBlocks }) => bigBlocks),
    recordsInBigBlocks: sum(({ recordsInBigBlocks }) => recordsInBigBlocks),
    seconds: { learn: (learned - started) / 1000, judge: (compared - learned) / 1000, decide: (performance.now() - compared) / 1000 },
  };
}

async function keptUnits(plan: Plan, { folder, keep }: RunOptions): Promise<KeptUnits | undefined> {
  if (keep) return keep(hashOf(plan));
  return folder === undefined ? undefined : keepUnits(folder, hashOf(plan));
}

/** The big arrays of a plan where all threads see them, instead of a copy for each. */
function share(plan: Plan): Plan {
  const shared = (ids: Int32Array): Int32Array => {
    const copy = new Int32Array(new SharedArrayBuffer(ids.byteLength));
    copy.set(ids);
    return copy;
  };
  const fields = plan.prepared.fields.map((field) => ({ ...field, ids: shared(field.ids) }));
  return { ...plan, prepared: { ...plan.prepared, fields }, atoms: plan.atoms.map((atom) => ({ ...atom, ids: shared(atom.ids) })) };
}

type Progress = Pick<RunOptions, "onProgress" | "signal">;

async function judgeUnits(
  plan: Plan,
  units: readonly Unit[],
  threads: number,
  kept: KeptUnits | undefined,
  { onProgress, signal }: Progress,
): Promise<Judged[]> {
  const results: Judged[] = [];
  let next = 0;
  let done = 0;
  const work = async (judge: (unit: Unit) => Promise<Judged>): Promise<void> => {
    for (let at = next++; at < units.length; at = next++) {
      signal?.throwIfAborted();
      const unit = units[at];
      if (!unit) return;
      const known = await kept?.get(at);
      const result = known ?? (await judge(unit));
      if (!known) await kept?.put(at, result);
      results[at] = result;
      onProgress?.(++done, units.length);
    }
  };
  if (threads < 2) {
    const { judge } = createJudge(plan);
    await work((unit) => Promise.resolve(judge(unit)));
    return results;
  }
  const workers = Array.from({ length: threads }, () => new Worker(new URL("./judge.worker.ts", import.meta.url), { workerData: plan }));
  try {
    await Promise.all(workers.map((worker) => work((unit) => ask(worker, unit))));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function ask(worker: Worker, unit: Unit): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off("message", answer);
      worker.off("error", fail);
    };
    const answer = (judged: Judged): void => {
      settle();
      resolve(judged);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    worker.on("message", answer);
    worker.on("error", fail);
    worker.postMessage(unit);
  });
}
