import type { Ctx } from "../../../platform/index.ts";
import { afterFailure, type Attempts } from "../domain/index.ts";

/**
 * Reads the wrong tries of a subject and locks them until the end of the transaction, so that a thousand tries at once are still
 * counted one by one [ACC-5].
 */
export async function lockAttempts(ctx: Ctx, subject: string): Promise<Attempts> {
  const row = await ctx.db
    .insertInto("access.attempt")
    .values({ subject, failures: 0, last_at: ctx.now })
    .onConflict((conflict) => conflict.column("subject").doUpdateSet((eb) => ({ failures: eb.ref("access.attempt.failures") })))
    .returning(["failures", "last_at as lastAt", "blocked_until as blockedUntil"])
    .executeTakeFirstOrThrow();
  return row;
}

/** Counts one wrong try more. The row is locked by `lockAttempts`. */
export async function countFailure(ctx: Ctx, subject: string, before: Attempts): Promise<void> {
  const { failures, lastAt, blockedUntil } = afterFailure(before, ctx.now);
  await ctx.db
    .updateTable("access.attempt")
    .set({ failures, last_at: lastAt, blocked_until: blockedUntil })
    .where("subject", "=", subject)
    .execute();
}

/** A right try forgets the wrong ones before it. */
export async function forgetFailures(ctx: Ctx, subject: string): Promise<void> {
  await ctx.db.deleteFrom("access.attempt").where("subject", "=", subject).execute();
}
