import { addJob, job, type Job } from "../../../platform/index.ts";
import type { Brand } from "../templates/index.ts";
import { advanceMailings } from "./mailing.ts";

/**
 * Sends notices at their pace: it makes itself again for the moment when the next step is due. The clock makes it too, so a mailing whose
 * hub was killed goes on within a minute.
 */
export function noticeMailingsJob({ brand }: { readonly brand: Brand }): Job<object> {
  const own: Job<object> = job(
    "messages.notice_mailings",
    async (ctx) => {
      for (let due: Date | null = ctx.read.now; due !== null && !ctx.signal.aborted;) {
        const next = await ctx.write(async (writing) => {
          const at = await advanceMailings(writing, brand);
          const isLater = at !== null && at > writing.now;
          if (isLater) await addJob(writing, own, {}, { key: own.name, at });
          return isLater ? null : at;
        });
        due = next;
      }
    },
    { cron: "* * * * *" },
  );
  return own;
}
