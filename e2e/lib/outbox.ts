import type { Stage } from "../story.ts";

/** A message leaves after the commit, by a job. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/** What the hub sent, as its demo's outbox page shows it, newest first: subject, receiver, time, state and text of each. */
export async function outbox({ hubs: [hub] }: Stage): Promise<readonly string[]> {
  const page = await (await fetch(`${hub}/outbox`)).text();
  return page
    .split("<article>")
    .slice(1)
    .map((article) => plainText(article));
}

/** What `find` makes of the newest message from which it makes anything, once there is one. `what` says what is looked for. */
export async function inOutbox<Found>(stage: Stage, what: string, find: (message: string) => Found | undefined): Promise<Found> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, PAUSE_MS)))
    for (const message of await outbox(stage)) {
      const found = find(message);
      if (found !== undefined) return found;
    }
  throw new Error(`nothing in the outbox is ${what}`);
}

/** The newest message that has all these words, once it is there. */
export function messageWith(stage: Stage, ...words: readonly string[]): Promise<string> {
  return inOutbox(stage, `a message with ${words.join(" and ")}`, (message) =>
    words.every((word) => message.includes(word)) ? message : undefined,
  );
}

const plainText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
