import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Actor, ReadCtx } from "../ctx.ts";
import type { LoggedEvent } from "../outbox/follower.ts";
import type { Log } from "../telemetry/log.ts";
import type { LivePresenter } from "./presenter.ts";
import { createStream, eventOf, HEARTBEAT, type Stream } from "./stream.ts";
import { createPresenting } from "./presenting.ts";
import { createTopics, type LiveMessage, type Topic, type Topics } from "./topics.ts";
import { createWriter, type Writer } from "./writer.ts";

/** The live streams of one node, and who follows what on them. */
export type LiveHub = {
  /** Takes over a response and keeps it open as an event stream that follows nothing yet. Its first event is `hello {stream, position, epoch}`. */
  readonly open: (actor: Actor, response: ServerResponse, headers: Readonly<Record<string, string>>) => Stream;
  /** The stream of this id, if it is one of this node. */
  readonly find: (id: string) => Stream | undefined;
  /** Whether the caller may follow the subject; if so, its present state is sent at once, and from then on every change [LIV-1]. */
  readonly follow: (stream: Stream, ctx: ReadCtx, subject: string, token: string | null) => Promise<boolean>;
  readonly unfollow: (stream: Stream, subject: string) => void;
  /** Takes what the log follower read. */
  readonly onEvents: (events: readonly LoggedEvent[]) => void;
  /** Hears every message that is sent, once for all its followers. Answers how to stop. */
  readonly onChange: (listener: (message: LiveMessage, fieldClass: string) => void) => () => void;
  /** Ends the streams of callers who lost their rights; the browser opens a new one with those that it has now. */
  readonly end: (matches: (actor: Actor) => boolean) => void;
  readonly counts: () => { readonly streams: number; readonly subjects: number };
  readonly stop: () => void;
};

export type LiveParts = {
  readonly presenters: readonly LivePresenter[];
  /** A context on the pool whose actor is the system: what is presented depends on the field class, not on who asks. */
  readonly systemContext: () => ReadCtx;
  readonly position: () => number;
  /** Told to every new stream: versions of subjects count anew in each. */
  readonly epoch: number;
  readonly log: Pick<Log, "warn" | "error">;
};

/** Rights are asked again this often, by ending the stream; a browser comes back at once. */
const LIFE_MS = 15 * 60_000;
const HEARTBEAT_MS = 15_000;
const MOST_SUBJECTS = 200;

export function createLiveHub(parts: LiveParts): LiveHub {
  const { presenters, position, epoch, log } = parts;
  const streams = new Map<string, Stream>();
  const topics = createTopics();
  const writer = createWriter();
  const listeners = new Set<(message: LiveMessage, fieldClass: string) => void>();
  const refresh = createPresenting({
    ...parts,
    writer,
    onMessage: (message, fieldClass) => listeners.forEach((listener) => listener(message, fieldClass)),
    leave: (stream, subject) => topics.leave(stream, subject),
  });
  const heartbeat = setInterval(() => beat([...streams.values()], writer), HEARTBEAT_MS);

  return {
    open(actor, response, headers) {
      const stream = createStream(randomUUID(), actor, response, performance.now());
      if (!response.destroyed) streams.set(stream.id, stream);
      response.on("error", () => response.destroy());
      response.on("close", () => {
        streams.delete(stream.id);
        topics.leaveAll(stream);
      });
      response.writeHead(200, { ...headers, ...STREAM_HEADERS });
      stream.push(eventOf({ stream: stream.id, position: position(), epoch }, position(), "hello"));
      stream.flush();
      return stream;
    },
    find: (id) => streams.get(id),
    async follow(stream, ctx, subject, token) {
      const { presenter, id } = presenterOf(presenters, subject);
      if (!presenter || id === "" || stream.topics.size >= MOST_SUBJECTS) return false;
      const fieldClass = await presenter.authorize(ctx, id, token);
      if (fieldClass === null || !streams.has(stream.id)) return false;
      stream.actors.add(ctx.actor);
      const topic = topics.join(stream, presenter, id, { fieldClass, actor: ctx.actor, token });
      if (topic.message) writer.write(stream, topic.message);
      else refresh(topic);
      return true;
    },
    unfollow: (stream, subject) => topics.leave(stream, subject),
    onEvents(events) {
      for (const event of events) {
        affectedTopics(event, parts, topics).then(
          (affected) => affected.forEach(refresh),
          (error: unknown) => log.error({ err: error, type: event.type }, "an event could not be spread to live streams"),
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

function presenterOf(
  presenters: readonly LivePresenter[],
  subject: string,
): { readonly presenter: LivePresenter | undefined; readonly id: string } {
  const slash = subject.indexOf("/");
  const kind = subject.slice(0, Math.max(0, slash));
  return { presenter: presenters.find((presenter) => presenter.kind === kind), id: subject.slice(slash + 1) };
}

/** The followed topics that an event changes. Kinds that nobody follows are not even asked. */
async function affectedTopics(event: LoggedEvent, { presenters, systemContext }: LiveParts, topics: Topics): Promise<Topic[]> {
  const affected: Topic[] = [];
  for (const { kind, affectedBy } of presenters) {
    if (!topics.isKindFollowed(kind)) continue;
    for (const { type, subject, takesRights } of affectedBy) {
      if (type !== event.type) continue;
      const found = (await subject(event, systemContext())) ?? [];
      const changed = (typeof found === "string" ? [found] : found).flatMap((each) => topics.of(each));
      if (takesRights) for (const topic of changed) topic.isDoubtful = true;
      affected.push(...changed);
    }
  }
  return affected;
}

/** Shows readers and middle boxes that the line lives, and ends streams that are open for long. */
function beat(streams: readonly Stream[], writer: Writer): void {
  const oldest = performance.now() - LIFE_MS;
  for (const stream of streams) {
    if (stream.openedAt < oldest) stream.end();
    else writer.write(stream, HEARTBEAT);
  }
}
