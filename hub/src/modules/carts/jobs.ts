import { job, type Job } from "../../platform/index.ts";
import { forgetCarts } from "./retention.ts";

const MOST_AT_ONCE = 500;

export const cartJobs: readonly Job[] = [
  job(
    "carts.forget",
    async (ctx) => {
      while (!ctx.signal.aborted && (await ctx.write((own) => forgetCarts(own, MOST_AT_ONCE))) === MOST_AT_ONCE);
    },
    { cron: "43 3 * * *" },
  ),
];
