/** Values that may be as old as `milliseconds`; at most `entries` of them, the oldest leave first. What does not exist is not kept. */
export type TimedCache<T> = {
  get(key: string, read: () => Promise<T | undefined>): Promise<T | undefined>;
  forget(isMeant: (value: T) => boolean): void;
};

export function createTimedCache<T>(limits: { readonly milliseconds: number; readonly entries: number }): TimedCache<T> {
  type Entry = { readonly readAt: number; readonly value: Promise<T | undefined>; known?: T };
  const entries = new Map<string, Entry>();

  function readAnew(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const entry: Entry = { readAt: performance.now(), value: read() };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > limits.entries) for (const oldest of entries.keys()) if (entries.size > limits.entries) entries.delete(oldest);
    entry.value.then(
      (value) => (value === undefined ? drop(key, entry) : (entry.known = value)),
      () => drop(key, entry),
    );
    return entry.value;
  }

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  return {
    get(key, read) {
      const entry = entries.get(key);
      return entry && performance.now() - entry.readAt < limits.milliseconds ? entry.value : readAnew(key, read);
    },
    forget(isMeant) {
      // One that is still being read may be the one that was meant.
      for (const [key, entry] of entries) if (entry.known === undefined || isMeant(entry.known)) entries.delete(key);
    },
  };
}
