import { job, type Job, type Signer } from "../../../platform/index.ts";
import { dayBefore, makeRoot } from "./roots.ts";

/** What the clock does: signs what all registers wrote, once a day has ended everywhere [JRN-12]. */
export const fiscalJobs = (signer: Signer): readonly Job[] => [
  job("till.journal_root", (desk) => desk.write((ctx) => makeRoot(ctx, signer, dayBefore(ctx.now))), { cron: "20 13 * * *" }),
];
