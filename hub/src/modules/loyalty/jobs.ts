import { addDays } from "@weft/kernel";
import { job, type Job } from "../../platform/index.ts";
import { closeDays, expirePoints } from "./commands/index.ts";

/** What the clock does: books points that have expired, and writes the balances of the evening before. */
export const loyaltyJobs: readonly Job[] = [
  job(
    "loyalty.expire",
    async (desk) => {
      while (await desk.write((ctx) => expirePoints(ctx, ctx.now)));
    },
    { cron: "5 * * * *" },
  ),
  // Twice a day, for the stores east and west of Greenwich: what was still open at one run is written again by the next.
  job("loyalty.close_days", (desk) => desk.write(async (ctx) => void (await closeDays(ctx, yesterday(ctx.now)))), {
    cron: "40 1,13 * * *",
  }),
];

function yesterday(now: Date): string {
  return addDays(now.toISOString().slice(0, 10), -1);
}
