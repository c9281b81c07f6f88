import { err, ok, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { afterFailure, isBlocked, type Attempts } from "../domain/index.ts";
import type { TooManyTries } from "../errors.ts";

/** One try at something that only its secret opens. */
export type Try = { readonly countWrong: () => Promise<void> };

/**
 * Lets a subject try once more, unless wrong tries before close the door [ACC-5]. For codes of which whoever guesses may hold a right one: a
 * right try forgets no wrong ones. Errors: `access.too_many_tries`.
 */
export async function openTry(ctx: Ctx, subject: string): Promise<Result<Try, TooManyTries>> {
  const attempts = await lockAttempts(ctx, subject);
  if (isBlocked(attempts, ctx.now)) return err(tooMany(attempts, ctx.now));
  return ok({ countWrong: () => countFailure(ctx, subject, attempts) });
}

/** How long whoever tried wrong too often has to wait. */
export function tooMany({ blockedUntil }: Attempts, now: Date): TooManyTries {
  const retryAfterSeconds = Math.ceil(((blockedUntil?.getTime() ?? now.getTime()) - now.getTime()) / 1000);
  return { code: "access.too_many_tries", retryAfterSeconds };
}

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
