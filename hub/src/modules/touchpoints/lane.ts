import type pg from "pg";
import { dbOn, type Log } from "../../platform/index.ts";
import type { Touch } from "./domain.ts";
import { createFairQueue } from "./fair-queue.ts";
import type { RecordCache } from "./record-cache.ts";
import { insertTouches, isAboutData, learnRecords, remember, unknownHolders } from "./store.ts";

/** Where touchpoints go in. Those that wait together are stored in one transaction. */
export type IntakeLane = {
  /**
   * Stores touchpoints; resolves after the commit, with those that the database refused one by one. Throws when the database cannot be
   * reached: then nobody was told that they are stored, and they come again.
   */
  store(touches: readonly Touch[]): Promise<Refused[]>;
  /** Waits until everything that waits is stored. */
  stop(): Promise<void>;
};

/** A touchpoint that the database cannot hold, with its error code: nothing that trying again would mend. */
export type Refused = { readonly touch: Touch; readonly code: string };

export type LaneParts = { readonly pool: pg.Pool; readonly cache: RecordCache; readonly log: Pick<Log, "warn"> };

type Waiting = {
  readonly touches: readonly Touch[];
  readonly done: (refused: Refused[]) => void;
  readonly failed: (error: unknown) => void;
};

const LANES = 2;
const MOST_TOUCHES = 2000;
/** What no channel sent takes turns with the channels. */
const THE_HUB = "hub";

/**
 * Two lanes, and no timer: each takes all that waits when it comes back from the database. While one waits for the disk the other collects,
 * so batches are as large as the load asks for, and a single touchpoint does not wait for company. A third lane gained nothing.
 * Channels take turns in each batch [TCH-17].
 */
export function createIntakeLane(parts: LaneParts): IntakeLane {
  const waiting = createFairQueue<Waiting>();
  const running = new Set<Promise<void>>();

  function wake(): void {
    if (running.size >= LANES) return;
    const lane = drain().finally(() => running.delete(lane));
    running.add(lane);
  }

  async function drain(): Promise<void> {
    for (let batch = waiting.take(MOST_TOUCHES); batch.length > 0; batch = waiting.take(MOST_TOUCHES)) await storeBatch(parts, batch);
  }

  return {
    store: (touches) =>
      touches.length === 0
        ? Promise.resolve([])
        : new Promise((done, failed) => {
            waiting.add(touches[0]?.channelId ?? THE_HUB, { touches, done, failed }, touches.length);
            wake();
          }),
    async stop() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function storeBatch(parts: LaneParts, batch: readonly Waiting[]): Promise<void> {
  try {
    await storeAll(
      parts,
      batch.flatMap(({ touches }) => touches),
    );
    for (const { done } of batch) done([]);
  } catch (error) {
    if (!isAboutData(error) && batch.length === 1) for (const { failed } of batch) failed(error);
    else for (const one of batch) await storeOne(parts, one);
  }
}

/** The way of a request whose batch failed: by itself, and then in halves, until the bad ones are alone. */
async function storeOne(parts: LaneParts, { touches, done, failed }: Waiting): Promise<void> {
  try {
    done(await storeHalves(parts, touches));
  } catch (error) {
    failed(error);
  }
}

async function storeHalves(parts: LaneParts, touches: readonly Touch[]): Promise<Refused[]> {
  try {
    await storeAll(parts, touches);
    return [];
  } catch (error) {
    if (!isAboutData(error)) throw error;
    const [only] = touches;
    if (touches.length === 1 && only) return [{ touch: only, code: error.code ?? "unknown" }];
    const half = Math.ceil(touches.length / 2);
    return [...(await storeHalves(parts, touches.slice(0, half))), ...(await storeHalves(parts, touches.slice(half)))];
  }
}

/** One transaction: records that nobody remembers, then keys and touchpoints. When all records are known it is one statement and one round trip. */
async function storeAll({ pool, cache, log }: LaneParts, touches: readonly Touch[]): Promise<void> {
  const unknown = unknownHolders(touches, cache);
  if (unknown.length === 0) return void (await insertTouches(dbOn(pool), touches, cache, new Map()));
  const client = await pool.connect();
  let isBroken = true;
  try {
    await client.query("begin");
    const db = dbOn(client);
    const learned = await learnRecords(db, unknown);
    await insertTouches(db, touches, cache, learned);
    await client.query("commit");
    remember(cache, learned);
    isBroken = false;
  } catch (error) {
    isBroken = await client.query("rollback").then(
      () => false,
      () => true,
    );
    if (!isAboutData(error)) log.warn({ err: error, touches: touches.length }, "touchpoints could not be stored");
    throw error;
  } finally {
    client.release(isBroken);
  }
}
