import { inspect } from "node:util";
import { ConfigError } from "./config.ts";
import { FolderOwnedError } from "./postgres/index.ts";

/** What runs until the process is told to end. */
export type Running = { stop(): Promise<void> };

export type LifetimeOptions = {
  /** Started by npm: end when npm is gone, also when it was killed and could pass no signal on. */
  readonly endWithParent: boolean;
  /** How long an orderly stop may take before the process ends without it. */
  readonly stopWithinMs?: number;
};

/** Exit codes: 1 for a failure, 2 for settings that a person must change. */
const FAILED = 1;
const WRONG_SETTINGS = 2;
const PARENT_CHECK_MS = 500;

/** Ctrl-C reaches the process twice, from the terminal and through npm: only a later signal is a second one. */
const SAME_SIGNAL_MS = 1000;

/**
 * Starts something and ends this process in order at SIGTERM, SIGINT or SIGHUP; a second signal, a second later, ends it at once.
 * A signal that comes during the start is obeyed after it.
 */
export async function runUntilSignal(
  start: () => Promise<Running>,
  { endWithParent, stopWithinMs = 30_000 }: LifetimeOptions,
): Promise<void> {
  const signal = firstSignal();
  if (endWithParent) watchParent();
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    return explainAndExit(error);
  }
  await signal;
  setTimeout(() => process.exit(FAILED), stopWithinMs);
  try {
    await running.stop();
  } catch (error) {
    return explainAndExit(error);
  }
  process.exit(0);
}

function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let stoppingSince: number | undefined;
    for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      process.on(name, () => {
        if (stoppingSince !== undefined && performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(FAILED);
        stoppingSince ??= performance.now();
        resolve();
      });
    }
  });
}

/** `ppid` reads the present parent: it changes when npm dies, whatever ended it. */
function watchParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, PARENT_CHECK_MS);
  timer.unref();
}

function explainAndExit(error: unknown): never {
  const isForPeople = error instanceof ConfigError || error instanceof FolderOwnedError;
  process.stderr.write(`${isForPeople ? error.message : inspect(error)}\n`);
  process.exit(error instanceof ConfigError ? WRONG_SETTINGS : FAILED);
}
