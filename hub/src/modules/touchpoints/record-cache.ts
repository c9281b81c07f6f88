import type { RecordId } from "@weft/kernel";

/** Which record a channel's own id of a person means, for ids that came lately. */
export type RecordCache = {
  get(key: string): RecordId | undefined;
  set(key: string, recordId: RecordId): void;
  /** Forgets a record under every id: it was erased, and who comes again is somebody new. */
  forget(recordId: string): void;
};

/**
 * Two generations of a Map: when the younger is full it becomes the older, and the older is dropped as a whole. What is used moves to the
 * younger one. No list to keep in order, which costs more than it saves here.
 */
export function createRecordCache(generation = 100_000): RecordCache {
  let young = new Map<string, RecordId>();
  let old = new Map<string, RecordId>();
  function set(key: string, recordId: RecordId): void {
    if (young.size >= generation) {
      old = young;
      young = new Map();
    }
    young.set(key, recordId);
  }
  return {
    get(key) {
      const found = young.get(key);
      if (found !== undefined) return found;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
    forget(recordId) {
      for (const map of [young, old]) for (const [key, value] of map) if (value === recordId) map.delete(key);
    },
  };
}
