import { job, type Job } from "../../platform/index.ts";
import { forgetExpired, type TourDeps } from "./commands.ts";

/** Forgets visits whose day is over [TOU-3]. */
export const tourJobs = (deps: TourDeps): readonly Job[] => [
  job(
    "tour.forget",
    async (ctx) => {
      while (!ctx.signal.aborted && (await ctx.write((own) => forgetExpired(own, deps))) > 0);
    },
    { cron: "*/10 * * * *" },
  ),
];
