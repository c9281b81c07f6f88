import type { Stream } from "./stream.ts";

/** Merges what comes within 10 ms into one write per stream [LIV-4]. The first after a quiet moment does not wait. */
export type Writer = { write(stream: Stream, message: Buffer): void };

const MERGE_MS = 10;

export function createWriter(): Writer {
  let pending = new Set<Stream>();
  let writtenAt = -MERGE_MS;
  let isScheduled = false;

  function flush(): void {
    isScheduled = false;
    writtenAt = performance.now();
    const streams = pending;
    pending = new Set();
    for (const stream of streams) stream.flush();
  }

  return {
    write(stream, message) {
      stream.push(message);
      pending.add(stream);
      if (isScheduled) return;
      isScheduled = true;
      const wait = writtenAt + MERGE_MS - performance.now();
      if (wait <= 0) setImmediate(flush);
      else setTimeout(flush, wait);
    },
  };
}
