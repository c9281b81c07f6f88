import { sql } from "kysely";
import { placesSnapshot } from "../../places/index.ts";
import { job, type Ctx, type Job } from "../../../platform/index.ts";

const CARDS_AT_ONCE = 500;

/**
 * Books what is left on gift cards that have ended by `at`, some hundred in a transaction; true: there may be more. What nobody booked yet is
 * neither shown nor spent, so this may be late [PAY-18].
 */
export async function expireGiftCards(ctx: Ctx, at: Date): Promise<boolean> {
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  let more = false;
  for (const currency of new Set([...entities.values()].map((entity) => entity.currency))) {
    const { rows } = await sql`select 1 from ledger.expire_due(${currency}, ${at}, ${CARDS_AT_ONCE})`.execute(ctx.db);
    more ||= rows.length > 0;
  }
  return more;
}

/** What the clock does: books gift cards that have ended. */
export const storedValueJobs: readonly Job[] = [
  job(
    "payments.expire",
    async (desk) => {
      while (await desk.write((ctx) => expireGiftCards(ctx, ctx.now)));
    },
    { cron: "35 * * * *" },
  ),
];
