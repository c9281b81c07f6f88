import type { Stream } from "./stream.ts";

/** Merges what comes for a stream within 10 ms into one write [LIV-4]. What comes after a quiet moment leaves with its own tick. */
export type Writer = { write(stream: Stream, message: Buffer): void };

const MERGE_MS = 10;

export function createWriter(): Writer {
  const writtenAt = new WeakMap<Stream, number>();
  const soon = createBatch((flush) => setImmediate(flush));
  const later = createBatch((flush) => setTimeout(flush, MERGE_MS));

  /** Gathers streams until `schedule` says that it is time. */
  function createBatch(schedule: (flush: () => void) => void): Set<Stream> & { start(): void } {
    const batch = new Set<Stream>();
    const flush = (): void => {
      const streams = [...batch];
      batch.clear();
      for (const stream of streams) {
        writtenAt.set(stream, performance.now());
        stream.flush();
      }
    };
    return Object.assign(batch, { start: () => schedule(flush) });
  }

  return {
    write(stream, message) {
      stream.push(message);
      if (soon.has(stream) || later.has(stream)) return;
      const isRecent = performance.now() - (writtenAt.get(stream) ?? 0) < MERGE_MS;
      const batch = isRecent ? later : soon;
      if (batch.size === 0) batch.start();
      batch.add(stream);
    },
  };
}
