import type { ServerResponse } from "node:http";
import type { Actor } from "../ctx.ts";
import type { Topic } from "./topics.ts";

/** One open event stream of one browser. */
export type Stream = {
  /** 122 random bits: known to who opened it. It gives no right; every subject is asked for with the caller's own. */
  readonly id: string;
  /** Everybody whose rights subjects were added by: when one of them is signed out, the stream ends. */
  readonly actors: Set<Actor>;
  /** By subject, the topic that it follows. */
  readonly topics: Map<string, Topic>;
  readonly openedAt: number;
  /** Keeps a message for the next write. */
  push(message: Buffer): void;
  /** Sends what was kept in one write; cuts a reader that does not keep up. */
  flush(): void;
  end(): void;
};

/** A reader that leaves this much unread is cut: it opens a new stream and gets the present state [LIV-5]. */
const MOST_UNREAD = 256 * 1024;

export function createStream(id: string, actor: Actor, response: ServerResponse, openedAt: number): Stream {
  let kept: Buffer[] = [];
  return {
    id,
    actors: new Set([actor]),
    topics: new Map(),
    openedAt,
    push: (message) => void kept.push(message),
    flush() {
      const [first, ...more] = kept;
      if (!first || response.destroyed) return;
      kept = [];
      response.write(more.length === 0 ? first : Buffer.concat([first, ...more]));
      if (response.writableLength > MOST_UNREAD) response.destroy();
    },
    end: () => void response.end(),
  };
}

/** One event in the text/event-stream format. The data is one line of JSON, so it needs no splitting. */
export function eventOf(data: unknown, position: number, name?: string): Buffer {
  return Buffer.from(`${name === undefined ? "" : `event: ${name}\n`}id: ${position}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** A comment, which readers pass over: it keeps middle boxes from closing a quiet line, and tells the reader that it lives. */
export const HEARTBEAT = Buffer.from(":\n\n");
