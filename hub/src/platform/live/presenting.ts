import type { ReadCtx } from "../ctx.ts";
import type { Log } from "../telemetry/log.ts";
import { createSlots } from "./slots.ts";
import { eventOf, type Stream } from "./stream.ts";
import type { LiveMessage, Topic } from "./topics.ts";
import type { Writer } from "./writer.ts";

export type PresentingParts = {
  readonly systemContext: () => ReadCtx;
  readonly position: () => number;
  readonly writer: Writer;
  readonly log: Pick<Log, "error">;
  readonly onMessage: (message: LiveMessage, fieldClass: string) => void;
  readonly leave: (stream: Stream, subject: string) => void;
};

/** So many presenters load at once: no more connections than this are taken from requests. */
const MOST_LOADS = 4;
const RELOAD_MS = 1000;

/**
 * Presents a topic and sends it to all its followers: once for all of them, and once more when it changed meanwhile, however often
 * [LIV-3]. What has not changed its version is not sent again.
 */
export function createPresenting({ systemContext, position, writer, log, onMessage, leave }: PresentingParts): (topic: Topic) => void {
  const slots = createSlots(MOST_LOADS);

  function refresh(topic: Topic): void {
    if (topic.state === "fresh") void presentUntilFresh(topic);
    else topic.state = "loading, and changed since";
  }

  async function presentUntilFresh(topic: Topic): Promise<void> {
    do {
      topic.state = "loading";
      await slots(() => presentOnce(topic));
    } while (isChangedSince(topic) && topic.followers.size > 0);
    topic.state = "fresh";
  }

  async function presentOnce(topic: Topic): Promise<void> {
    try {
      const presented = await topic.presenter.present(systemContext(), topic.id, topic.fieldClass);
      while (topic.isDoubtful) await askAgain(topic, presented?.version ?? 0);
      if (presented && presented.version !== topic.version) send(topic, { subject: topic.subject, ...presented });
    } catch (error) {
      log.error({ err: error, kind: topic.presenter.kind }, "a live subject could not be presented");
      if (topic.followers.size > 0) setTimeout(() => refresh(topic), RELOAD_MS).unref();
    }
  }

  /**
   * Asks the right of every follower again [LIV-8]. Who has lost it is told that there is something newer, without what it is, and
   * follows no longer; asking for the subject itself then tells them what their rights are now.
   */
  async function askAgain(topic: Topic, version: number): Promise<void> {
    topic.isDoubtful = false;
    try {
      for (const [stream, { actor, token }] of topic.followers) {
        const fieldClass = await topic.presenter.authorize({ ...systemContext(), actor }, topic.id, token);
        if (fieldClass === topic.fieldClass) continue;
        leave(stream, topic.subject);
        writer.write(stream, eventOf({ subject: topic.subject, version, patch: null }, position()));
      }
    } catch (error) {
      topic.isDoubtful = true;
      throw error;
    }
  }

  function send(topic: Topic, { subject, version, patch }: LiveMessage): void {
    const message = { subject, version, patch };
    topic.version = version;
    topic.message = eventOf(message, position());
    for (const stream of topic.followers.keys()) writer.write(stream, topic.message);
    onMessage(message, topic.fieldClass);
  }

  return refresh;
}

/** Asked by a function, because the checker believes that a field keeps the value last assigned across an `await`. */
function isChangedSince(topic: Topic): boolean {
  return topic.state === "loading, and changed since";
}
