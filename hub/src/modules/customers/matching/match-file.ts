import { Worker } from "node:worker_threads";
import type { Judged } from "../domain/matching/index.ts";
import type { FoundRows, FromThread, ToThread } from "./file-messages.ts";

export type Start = Omit<Extract<ToThread, { kind: "start" }>, "kind">;
export type Learnt = Omit<Extract<FromThread, { kind: "learned" }>, "kind">;
export type RowChunk = Omit<Extract<ToThread, { kind: "rows" }>, "kind">;

/** What the hub does with what the thread says; each waits for the one before. */
export type FileHandlers = {
  /** Units of this plan that were done before. */
  readonly known: (planHash: string) => Promise<readonly (readonly [number, Judged])[]>;
  readonly unit: (planHash: string, unit: number, found: Judged) => Promise<void>;
  readonly progress: (done: number, of: number) => Promise<void>;
  readonly learned: (learnt: Learnt) => Promise<void>;
  readonly keys: (from: number, keys: readonly (readonly number[])[]) => Promise<void>;
  readonly found: (findings: readonly FoundRows[]) => Promise<void>;
};

/** The thread's file: beside this one in the sources, beside the bundle under the name that the build gives it. */
const THREAD = new URL(import.meta.url.endsWith(".ts") ? "./match-file.worker.ts" : "./match-file.worker.mjs", import.meta.url);

/**
 * Compares the whole customer file in one thread of its own, so that the hub keeps answering: one core at most. Rejects with the signal's
 * reason when it is stopped; what was told until then is kept.
 */
export async function compareInThread(
  chunks: AsyncIterable<RowChunk>,
  start: () => Start,
  handlers: FileHandlers,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(THREAD);
  const send = (message: ToThread): void => worker.postMessage(message);
  const ended = conversation(worker, handlers, send, signal);
  // Whoever waits below hears of it; until then it is nobody's.
  ended.catch(() => undefined);
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      send({ kind: "rows", ...chunk });
    }
    send({ kind: "start", ...start() });
    await ended;
  } finally {
    await worker.terminate();
  }
}

function conversation(worker: Worker, handlers: FileHandlers, send: (message: ToThread) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let planHash = "";
    let turn = Promise.resolve();
    const answer = async (message: FromThread): Promise<void> => {
      if (message.kind === "planned") {
        ({ planHash } = message);
        send({ kind: "known", units: await handlers.known(planHash) });
      } else if (message.kind === "unit") await handlers.unit(planHash, message.unit, message.found);
      else if (message.kind === "progress") await handlers.progress(message.done, message.of);
      else if (message.kind === "learned") await handlers.learned(message);
      else if (message.kind === "keys") await handlers.keys(message.from, message.keys);
      else if (message.kind === "found") await handlers.found(message.findings);
      else resolve();
    };
    worker.on("message", (message: FromThread) => {
      turn = turn.then(() => (signal.aborted ? undefined : answer(message))).catch(reject);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => code !== 0 && reject(new Error(`the thread that compares ended with code ${code}`)));
    signal.addEventListener("abort", () => reject(new Error("stopped", { cause: signal.reason })), { once: true });
  });
}
