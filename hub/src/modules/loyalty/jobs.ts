import { addDays } from "@weft/kernel";
import { job, type Job } from "../../platform/index.ts";
import type { RecordId } from "@weft/kernel";
import { forgetShownCards } from "./card.ts";
import { closeDays, expirePoints, reviewDueTiers, reviewNewTiers, warnOfExpiry } from "./commands/index.ts";

/** What the clock does: books points that have expired, tells of those that will, looks at tiers, and writes the balances of the evening before. */
export const loyaltyJobs: readonly Job[] = [
  job(
    "loyalty.expire",
    async (desk) => {
      while (await desk.write((ctx) => expirePoints(ctx, ctx.now)));
      while (await desk.write(warnOfExpiry));
      await desk.write(forgetShownCards);
    },
    { cron: "5 * * * *" },
  ),
  // Down, when the days of grace are over; and up, for members whom no sale touched since the program has tiers.
  job(
    "loyalty.tiers",
    async (desk) => {
      while (await desk.write(reviewDueTiers));
      let after: RecordId | null = null;
      do after = await desk.write((ctx) => reviewNewTiers(ctx, after));
      while (after);
    },
    { cron: "20 2 * * *" },
  ),
  // Twice a day, for the stores east and west of Greenwich: what was still open at one run is written again by the next.
  job("loyalty.close_days", (desk) => desk.write(async (ctx) => void (await closeDays(ctx, yesterday(ctx.now)))), {
    cron: "40 1,13 * * *",
  }),
];

function yesterday(now: Date): string {
  return addDays(now.toISOString().slice(0, 10), -1);
}
