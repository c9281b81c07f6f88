import type { HubEvent } from "@weft/kernel";
import pg from "pg";
import { dbOn } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";
import type { SnapshotDefinition } from "./definition.ts";

/** The snapshots of one node. */
export type Snapshots = {
  /**
   * The present value; loaded first when there is none, once for all who ask meanwhile. After a fact that makes it old, the value
   * before is served until the next is loaded, some milliseconds: what must not be old is read from the database [SNP-1].
   */
  current<T>(definition: SnapshotDefinition<T>): Promise<T>;
  /**
   * The value as it is now, for who misses something in the present one: it may have been made some milliseconds ago, on this node or on
   * another [SNP-6]. All who ask meanwhile share the next load.
   */
  fresh<T>(definition: SnapshotDefinition<T>): Promise<T>;
  /** Forgets a value, or all: the next who asks waits for a fresh one. For writes that publish nothing, such as a load of the demo, and tests. */
  invalidate(definition?: SnapshotDefinition<unknown>): void;
  /** Takes what the log follower read. */
  onEvents(events: readonly Pick<HubEvent, "type">[]): void;
};

/**
 * No snapshots yet. They are loaded on a connection of their own: a value never comes from a transaction that may roll back, and commands
 * that wait for one inside their transactions may hold every connection of the pool [SNP-5].
 */
export function createSnapshots({ pool, log }: { readonly pool: pg.Pool; readonly log: Pick<Log, "error"> }): Snapshots {
  const entries = new Map<SnapshotDefinition<unknown>, Entry<unknown>>();
  const loader = new pg.Pool({ ...pool.options, max: 1, idleTimeoutMillis: 1000, allowExitOnIdle: true });
  loader.on("error", (error) => log.error({ err: error }, "the connection of the snapshots broke"));

  function entryOf<T>(definition: SnapshotDefinition<T>): Entry<T> {
    let entry = entries.get(definition);
    if (!entry) {
      entry = createEntry(() => definition.load(dbOn(loader)));
      entries.set(definition, entry);
    }
    return entry as Entry<T>; // made from this very definition
  }

  return {
    current: (definition) => entryOf(definition).current(),
    fresh: (definition) => entryOf(definition).fresh(),
    invalidate(definition) {
      for (const [known, entry] of entries) if (definition === undefined || known === definition) entry.forget();
    },
    onEvents(events) {
      const types = new Set(events.map(({ type }) => type));
      for (const [{ name, invalidatedBy }, entry] of entries) {
        if (!invalidatedBy.some(({ type }) => types.has(type))) continue;
        entry.renew().catch((error: unknown) => log.error({ err: error, snapshot: name }, "a snapshot could not be loaded"));
      }
    },
  };
}

type Entry<T> = { current(): Promise<T>; fresh(): Promise<T>; forget(): void; renew(): Promise<void> };

/**
 * One value and the one load that may be under way. `generation` counts what made it old; `forgotten` is the generation of the last
 * `forget`: what was read before that is kept for nobody, what was read before a fact is served until the next load is done.
 */
function createEntry<T>(read: () => Promise<T>): Entry<T> {
  let value: { readonly it: T } | undefined;
  let loading: Promise<T> | undefined;
  let renewing: Promise<void> | undefined;
  let generation = 0;
  let forgotten = 0;

  function load(): Promise<T> {
    if (loading) return loading;
    const started = generation;
    const mine = read()
      .then((it) => {
        if (started >= forgotten) value = { it };
        return it;
      })
      .finally(() => {
        if (loading === mine) loading = undefined;
      });
    loading = mine;
    return mine;
  }

  /** After each load it pauses as long as the load took: under a stream of facts (an import) loading takes half of one core at most. */
  async function loadUntilFresh(): Promise<void> {
    await loading?.catch(() => undefined);
    for (;;) {
      const wanted = generation;
      const startedAt = performance.now();
      await load();
      if (generation === wanted) return;
      const pause = performance.now() - startedAt;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  return {
    current: () => (value ? Promise.resolve(value.it) : load()),
    async fresh() {
      await loading?.catch(() => undefined); // it may have read before
      return load();
    },
    forget() {
      generation += 1;
      forgotten = generation;
      value = undefined;
      loading = undefined;
    },
    renew() {
      generation += 1;
      if (!value && !loading) return Promise.resolve();
      renewing ??= loadUntilFresh()
        .catch((error: unknown) => {
          value = undefined; // better no value, and an error for who asks, than an old one for good
          throw error;
        })
        .finally(() => {
          renewing = undefined;
        });
      return renewing;
    },
  };
}
