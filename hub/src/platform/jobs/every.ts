import type { Running } from "../lifetime.ts";

/**
 * Does something small on this node every so many milliseconds, one at a time: a turn that falls into the one before is left out.
 * For what is too frequent for the clock of jobs, and may run on several nodes at once. Every turn is alone: a failure is told, and the next comes.
 */
export function startEvery(milliseconds: number, work: () => Promise<unknown>, failed: (error: unknown) => void): Running {
  let turn: Promise<void> | undefined;
  const timer = setInterval(() => {
    turn ??= work()
      .then(() => undefined, failed)
      .finally(() => {
        turn = undefined;
      });
  }, milliseconds);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await turn;
    },
  };
}
