import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Actor, ReadCtx } from "../ctx.ts";
import type { LoggedEvent } from "../outbox/follower.ts";
import type { Log } from "../telemetry/log.ts";
import type { LivePresenter } from "./presenter.ts";
import { createStream, eventOf, HEARTBEAT, type Stream } from "./stream.ts";
import { createTopics, type LiveMessage, type Topic } from "./topics.ts";
import { createWriter } from "./writer.ts";

/** The live streams of one node, and who follows what on them. */
export type LiveHub = {
  /** Takes over a response and keeps it open as an event stream that follows nothing yet. Its first event is `hello {stream, position}`. */
  open(actor: Actor, response: ServerResponse, headers: Readonly<Record<string, string>>): Stream;
  /** The stream of this id, if it is one of this node. */
  find(id: string): Stream | undefined;
  /** Whether the caller may follow the subject; if so, its present state is sent at once, and from then on every change [LIV-1]. */
  follow(stream: Stream, ctx: ReadCtx, subject: string, token: string | null): Promise<boolean>;
  unfollow(stream: Stream, subject: string): void;
  /** Takes what the log follower read. */
  onEvents(events: readonly LoggedEvent[]): void;
  /** Hears every message that is sent, once for all its followers. Answers how to stop. */
  onChange(listener: (message: LiveMessage, fieldClass: string) => void): () => void;
  /** Ends the streams of callers who lost their rights; the browser opens a new one with those that it has now. */
  end(matches: (actor: Actor) => boolean): void;
  counts(): { readonly streams: number; readonly subjects: number };
  stop(): void;
};

export type LiveParts = {
  readonly presenters: readonly LivePresenter[];
  /** A context on the pool whose actor is the system: what is presented depends on the field class, not on who asks. */
  readonly systemContext: () => ReadCtx;
  readonly position: () => number;
  readonly log: Pick<Log, "warn" | "error">;
};

/** Rights are asked again this often, by ending the stream; a browser comes back at once. */
const LIFE_MS = 15 * 60_000;
const HEARTBEAT_MS = 15_000;
const MOST_SUBJECTS = 200;
/** So many presenters load at once: no more connections than this are taken from requests. */
const MOST_LOADS = 4;
const RELOAD_MS = 1000;

export function createLiveHub({ presenters, systemContext, position, log }: LiveParts): LiveHub {
  const byKind = new Map(presenters.map((presenter) => [presenter.kind, presenter]));
  const streams = new Map<string, Stream>();
  const topics = createTopics();
  const listeners = new Set<(message: LiveMessage, fieldClass: string) => void>();
  const writer = createWriter();
  const loads = createSlots(MOST_LOADS);

  async function load(topic: Topic): Promise<void> {
    if (topic.state !== "fresh") {
      topic.state = "loading, and changed since";
      return;
    }
    do {
      topic.state = "loading";
      await loads(() => loadOnce(topic));
    } while (isChangedSince(topic) && topic.followers.size > 0);
    topic.state = "fresh";
  }

  async function loadOnce(topic: Topic): Promise<void> {
    try {
      const presented = await topic.presenter.present(systemContext(), topic.id, topic.fieldClass);
      if (presented && presented.version !== topic.version) announce(topic, { subject: topic.subject, ...presented });
    } catch (error) {
      log.error({ err: error, kind: topic.presenter.kind }, "a live subject could not be presented");
      if (topic.followers.size > 0) setTimeout(() => void load(topic), RELOAD_MS).unref();
    }
  }

  function announce(topic: Topic, { subject, version, patch }: LiveMessage): void {
    const message = { subject, version, patch };
    topic.version = version;
    topic.message = eventOf(message, position());
    for (const stream of topic.followers) writer.write(stream, topic.message);
    for (const listener of listeners) listener(message, topic.fieldClass);
  }

  async function spread(event: LoggedEvent): Promise<void> {
    for (const { kind, affectedBy } of presenters) {
      if (!topics.isKindFollowed(kind)) continue;
      for (const { type, subject } of affectedBy) {
        if (type !== event.type) continue;
        const found = (await subject(event, systemContext())) ?? [];
        for (const each of typeof found === "string" ? [found] : found) for (const topic of topics.of(each)) void load(topic);
      }
    }
  }

  const heartbeat = setInterval(() => {
    const oldest = performance.now() - LIFE_MS;
    for (const stream of streams.values()) {
      if (stream.openedAt < oldest) stream.end();
      else writer.write(stream, HEARTBEAT);
    }
  }, HEARTBEAT_MS);

  return {
    open(actor, response, headers) {
      const stream = createStream(randomUUID(), actor, response, performance.now());
      if (!response.destroyed) streams.set(stream.id, stream);
      response.on("close", () => {
        streams.delete(stream.id);
        topics.leaveAll(stream);
      });
      response.on("error", () => response.destroy());
      response.writeHead(200, { ...headers, ...STREAM_HEADERS });
      stream.push(eventOf({ stream: stream.id, position: position() }, position(), "hello"));
      stream.flush();
      return stream;
    },
    find: (id) => streams.get(id),
    async follow(stream, ctx, subject, token) {
      const slash = subject.indexOf("/");
      const id = subject.slice(slash + 1);
      const presenter = byKind.get(subject.slice(0, Math.max(0, slash)));
      if (!presenter || id === "" || stream.topics.size >= MOST_SUBJECTS) return false;
      const fieldClass = await presenter.authorize(ctx, id, token);
      if (fieldClass === null || !streams.has(stream.id)) return false;
      stream.actors.add(ctx.actor);
      const topic = topics.join(stream, presenter, id, fieldClass);
      if (topic.message) writer.write(stream, topic.message);
      else void load(topic);
      return true;
    },
    unfollow: (stream, subject) => topics.leave(stream, subject),
    onEvents(events) {
      for (const event of events) {
        spread(event).catch((error: unknown) =>
          log.error({ err: error, type: event.type }, "an event could not be spread to live streams"),
        );
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end(matches) {
      for (const stream of streams.values()) if ([...stream.actors].some(matches)) stream.end();
    },
    counts: () => ({ streams: streams.size, subjects: topics.count() }),
    stop() {
      clearInterval(heartbeat);
      for (const stream of streams.values()) stream.end();
    },
  };
}

const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // A proxy that gathers bytes would hold changes back.
  "x-accel-buffering": "no",
} as const;

/** Asked by a function, because the checker believes that a field keeps the value last assigned across an `await`. */
function isChangedSince(topic: Topic): boolean {
  return topic.state === "loading, and changed since";
}

/** Lets `most` pieces of work run at once; the others wait in line. */
function createSlots(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
