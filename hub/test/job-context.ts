import { ok } from "@weft/kernel";
import { inTransaction, type JobContext, type ReadCtx, type Surroundings } from "../src/platform/index.ts";

/** What a job works with, at a time of the test's choice: its queries read that clock, its transactions the database's. */
export function jobContext({ around, db }: { readonly around: Surroundings; readonly db: ReadCtx["db"] }, now: Date): JobContext {
  return {
    read: { ...around, db, now },
    signal: new AbortController().signal,
    async write(work) {
      const outcome = await inTransaction(around, async (ctx) => ok(await work(ctx)));
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a command without a key is never replayed");
      return outcome.result.value;
    },
  };
}
