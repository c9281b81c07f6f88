import { sql } from "kysely";
import { addJob, job, type Job, type JobContext, type Vault } from "../../platform/index.ts";
import { makeLink, mayContact, suppress, type MessagePurpose } from "../consent/index.ts";
import { hasMask, withCodes } from "./gift-cards.ts";
import { forgetCodes, keepAsArrived, noteAttempt, noteSuppressed, readQueued, type QueuedMessage } from "./commands.ts";
import { MOST_ATTEMPTS, NOBODY, type Mail, type MailPort, type MessageKey } from "./domain.ts";
import { languageOf } from "./reader.ts";
import { forgetOldCauses, forgetOldMailings, forgetOldMessages, forgetOldMonths, forgetOldRecalls } from "./retention.ts";
import { localeIn, withObjection, withTerms } from "./templates/index.ts";

const MONTHS_AHEAD = 2;
const MOST_AT_ONCE = 2000;

export type SendDeps = {
  /** Null: mail ends in the outbox. */
  readonly mail: MailPort | null;
  readonly vault: Vault;
  readonly publicUrl: string;
};

/**
 * Sends one message, if its receiver's terms allow it at this moment [MSG-8]. Without a port for mail, and for text messages, the outbox
 * itself is where it arrives.
 */
export function sendJob(deps: SendDeps): Job<MessageKey> {
  const own: Job<MessageKey> = job(
    "messages.send",
    async (ctx, key) => {
      const message = await readQueued(ctx.read, key);
      if (!message || !(await mayLeave(ctx, deps, message, own, key))) return;
      const { isDead, failure } = await attempt(ctx, deps, message);
      const isOver = await ctx.write(async (writing) => {
        if (isDead) await suppress(writing, deps.vault, { channelKind: "email", address: message.to, reason: "hard_bounce" });
        return noteAttempt(writing, message, failure, isDead);
      });
      if (!isOver) throw new Error("the mail server did not take the message"); // the queue waits and tries again
    },
    { maxAttempts: MOST_ATTEMPTS },
  );
  return own;
}

/** Asks the terms right before it leaves. In quiet hours it waits for their end, and is asked again then. */
async function mayLeave(
  ctx: JobContext,
  { vault }: SendDeps,
  message: QueuedMessage,
  own: Job<MessageKey>,
  key: MessageKey,
): Promise<boolean> {
  const { kind, to, channelId, recordId } = message;
  const asked = { recordId: recordId === NOBODY ? null : recordId, channelKind: kind, address: to, channelId, at: ctx.read.now };
  const decision = await mayContact(ctx.read, vault, { ...purposeOf(message), ...asked });
  if (decision.allowed) return true;
  const { because } = decision;
  await ctx.write((writing) =>
    "until" in because
      ? addJob(writing, own, key, { key: `message ${message.id}`, at: because.until })
      : noteSuppressed(writing, message, because.kind),
  );
  return false;
}

function purposeOf({ purpose, topic }: QueuedMessage): MessagePurpose {
  if (purpose === "requested" || purpose === "transactional" || purpose === "notice") return { purpose };
  if (topic === null) throw new Error("what needs a yes has a topic");
  return { purpose, topic };
}

/** What a mail server says of a box that is not there: another try is of no use, and of harm. */
const NO_SUCH_BOX: ReadonlySet<unknown> = new Set([550, 551, 553]);

type Outcome = { readonly failure: string | null; readonly isDead: boolean };

/** Why a message was not taken, without what the server said: it repeats the address. */
async function attempt(ctx: JobContext, deps: SendDeps, message: QueuedMessage): Promise<Outcome> {
  if (message.kind !== "email") return { failure: null, isDead: false };
  try {
    const mail = await withCodes(ctx.read, deps.vault, message, await asMail(ctx, deps, message));
    if (deps.mail) await deps.mail.send(mail);
    else if (hasLink(message) || hasMask(message)) await ctx.write((writing) => keepAsArrived(writing, message, mail));
    return { failure: null, isDead: false };
  } catch (error) {
    const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }; // what mail servers and sockets say
    const failure = [code, responseCode].filter((part) => typeof part === "string" || typeof part === "number").join(" ") || "not sent";
    return { failure, isDead: code === "EENVELOPE" && NO_SUCH_BOX.has(responseCode) };
  }
}

/** What needs a yes, and what somebody may object to, carries a link by which they do without signing in. */
const hasLink = ({ purpose }: QueuedMessage): boolean => purpose !== "requested" && purpose !== "transactional";

/** A mail as it leaves: what needs a yes carries the link to its terms, and the one click of RFC 8058; a notice the way to object. */
async function asMail(ctx: JobContext, { vault, publicUrl }: SendDeps, message: QueuedMessage): Promise<Mail> {
  const { id, to, subject, text, html, recordId, kind, channelId } = message;
  if (!hasLink(message)) return { id, to, subject, text, html, unsubscribeUrl: null };
  const purpose = purposeOf(message);
  const about = "topic" in purpose ? purpose : ({ purpose: "joining", topic: null } as const);
  const token = await ctx.write((writing) => makeLink(writing, vault, { ...about, messageId: id, recordId, channelKind: kind, channelId }));
  const locale = localeIn(await languageOf(ctx.read, recordId, channelId));
  const url = `${publicUrl}/shop/preferences/${token}`;
  if (about.topic === null) return { id, to, ...withObjection(locale, { subject, text, html }, url), unsubscribeUrl: null };
  return { id, to, ...withTerms(locale, { subject, text, html }, url), unsubscribeUrl: `${publicUrl}/v1/unsubscribes/${token}` };
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
  job(
    "messages.forget",
    async (ctx) => {
      await ctx.write(forgetOldMonths);
      for (const forget of [forgetOldMessages, forgetOldCauses, forgetOldMailings, forgetOldRecalls]) {
        while (!ctx.signal.aborted && (await ctx.write((own) => forget(own, MOST_AT_ONCE))) === MOST_AT_ONCE);
      }
    },
    { cron: "49 3 * * *" },
  ),
];
