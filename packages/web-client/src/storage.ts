/** Where the client keeps what must survive a reload: the browser's own storage, or memory where that is forbidden. */
export type Storage = {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  names(): string[];
};

/** The part of `localStorage` that belongs to one key. A browser that refuses to store gives a client that remembers for as long as the page lives. */
export function openStorage(prefix: string, browserStorage: () => globalThis.Storage): Storage {
  const store = usable(browserStorage) ?? inMemory();
  return {
    get: (name) => store.getItem(prefix + name),
    set(name, value) {
      try {
        store.setItem(prefix + name, value);
      } catch {
        // Full: what is new is lost, what waits goes on.
      }
    },
    remove: (name) => store.removeItem(prefix + name),
    names: () =>
      Array.from({ length: store.length }, (_, n) => store.key(n) ?? "")
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length)),
  };
}

/** Reading is tried, writing is not: before a choice nothing may be stored, not even to try. */
function usable(browserStorage: () => globalThis.Storage): globalThis.Storage | undefined {
  try {
    const store = browserStorage();
    store.getItem("");
    return store;
  } catch {
    return undefined;
  }
}

function inMemory(): Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
    key: (n) => [...values.keys()][n] ?? null,
    get length() {
      return values.size;
    },
  };
}
