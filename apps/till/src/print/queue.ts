import type { PrintEvent, PrintJob, PrintProblem } from "./job.ts";

/** Where jobs are kept. */
export type PrintJobs = {
  readonly all: () => Promise<PrintJob[]>;
  readonly add: (job: PrintJob) => Promise<void>;
  /** Changes a job by an event, in one transaction. Answers what it is then; undefined where the event said nothing about it. */
  readonly change: (id: string, event: PrintEvent) => Promise<PrintJob | undefined>;
  /** Forgets jobs that were made before an instant (ISO 8601). */
  readonly forget: (before: string) => Promise<void>;
};

export type PrintQueueSettings = {
  readonly jobs: PrintJobs;
  /** Prints; null when the paper is there. */
  readonly send: (job: PrintJob) => Promise<PrintProblem | null>;
  /** Runs alone across all tabs: one prints, and never two at once. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => Date;
};

export type PrintQueue = {
  /** Keeps a job and prints it when its turn comes; resolves when it is kept. */
  readonly print: (job: PrintJob) => Promise<void>;
  readonly again: (id: string) => Promise<void>;
  /** It was printed by other means. */
  readonly elsewhere: (id: string) => Promise<void>;
  /** It is not printed after all. */
  readonly leave: (id: string) => Promise<void>;
  readonly jobs: () => readonly PrintJob[];
  readonly onChange: (listener: () => void) => () => void;
  /** Resolves when nothing waits. */
  readonly settled: () => Promise<void>;
};

/** How long a printed job is remembered: a copy of it bears the next number. */
const KEPT_MS = 90 * 86_400_000;

/** Prints one after the other. A job that fails waits for somebody to decide, and holds up none that follows [DEV-4]. */
export async function startPrintQueue({ jobs, send, alone, now }: PrintQueueSettings): Promise<PrintQueue> {
  const listeners = new Set<() => void>();
  let known: readonly PrintJob[] = [];
  let running: Promise<void> | undefined;
  let isWanted = false;

  async function show(): Promise<void> {
    known = await jobs.all();
    for (const listener of listeners) listener();
  }

  async function run(): Promise<void> {
    try {
      while (isWanted) {
        isWanted = false;
        for (let next = await firstQueued(); next; next = await firstQueued()) await printInTurn(next.id);
      }
    } finally {
      running = undefined;
    }
  }

  async function firstQueued(): Promise<PrintJob | undefined> {
    return (await jobs.all()).find(({ state }) => state === "queued");
  }

  const printInTurn = (id: string): Promise<void> => alone(() => printOne(id));

  async function printOne(id: string): Promise<void> {
    const taken = await jobs.change(id, { kind: "taken" });
    if (!taken) return;
    const problem = await send(taken).catch((): PrintProblem => "refused");
    await jobs.change(id, problem === null ? { kind: "printed" } : { kind: "not_printed", problem });
    await show();
  }

  function nudge(): void {
    isWanted = true;
    running ??= run();
  }

  async function change(id: string, event: PrintEvent): Promise<void> {
    await jobs.change(id, event);
    await show();
    nudge();
  }

  await jobs.forget(new Date(now().getTime() - KEPT_MS).toISOString());
  // Whoever prints right now, in another tab, holds the lock: what is still under way after it belongs to a till that was closed.
  await alone(async () => {
    for (const { id } of await jobs.all()) await jobs.change(id, { kind: "till_started" });
  });
  await show();
  nudge();
  return {
    async print(job) {
      await jobs.add(job);
      await show();
      nudge();
    },
    again: (id) => change(id, { kind: "again" }),
    elsewhere: (id) => change(id, { kind: "elsewhere" }),
    leave: (id) => change(id, { kind: "left" }),
    jobs: () => known,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: async () => running,
  };
}
