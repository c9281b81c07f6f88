import { sql } from "kysely";
import { job, type Job } from "../../platform/index.ts";
import { forgetCodes, noteAttempt, readQueued, type QueuedMessage } from "./commands.ts";
import { MOST_ATTEMPTS, type MailPort, type MessageKey } from "./domain.ts";

const MONTHS_AHEAD = 2;

/** Sends one message. Without a port for mail, and for text messages, the outbox itself is where it arrives. */
export function sendJob(mail: MailPort | null): Job<MessageKey> {
  return job(
    "messages.send",
    async (ctx, key) => {
      const message = await readQueued(ctx.read, key);
      if (!message) return;
      const failure = mail && message.kind === "email" ? await failureOf(mail, message) : null;
      const isOver = await ctx.write((own) => noteAttempt(own, message, failure));
      if (!isOver) throw new Error("the mail server did not take the message"); // the queue waits and tries again
    },
    { maxAttempts: MOST_ATTEMPTS },
  );
}

/** Why a message was not taken, without what the server said: it repeats the address. */
async function failureOf(mail: MailPort, message: QueuedMessage): Promise<string | null> {
  try {
    await mail.send(message);
    return null;
  } catch (error) {
    const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }; // what mail servers and sockets say
    return [code, responseCode].filter((part) => typeof part === "string" || typeof part === "number").join(" ") || "not sent";
  }
}

export const messagesJobs: readonly Job[] = [
  job(
    "messages.partitions",
    (ctx) => ctx.write(async ({ db }) => void (await sql`select messages.make_partitions(${MONTHS_AHEAD}::integer)`.execute(db))),
    {
      cron: "11 3 * * *",
    },
  ),
  job("messages.forget_codes", (ctx) => ctx.write(async (own) => void (await forgetCodes(own))), { cron: "23 * * * *" }),
];
