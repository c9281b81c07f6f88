import type { Result } from "@weft/kernel";
import pg from "pg";
import { testDatabase } from "./database.ts";
import {
  createLog,
  createSnapshots,
  dbOn,
  inTransaction,
  SYSTEM,
  type Actor,
  type Ctx,
  type Db,
  type Surroundings,
} from "../src/platform/index.ts";

/** A migrated database of a test file's own with the platform's transactions over it: what the hubs of all tests stand on. */
export type TestHub = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly around: Surroundings;
  /** Runs a command in its transaction, as the edge does. */
  run<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>, actor?: Actor): Promise<Result<T, E>>;
  /** The same for a command that is expected to succeed. */
  must<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>, actor?: Actor): Promise<T>;
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** Connections enough for races of a dozen and more. */
const MOST_CONNECTIONS = 24;

export async function openTestHub(): Promise<TestHub> {
  const { poolConfig } = await testDatabase();
  const pool = new pg.Pool({ ...poolConfig, max: MOST_CONNECTIONS });
  const log = createLog("silent");
  const around: Surroundings = { pool, log, requestId: "test", actor: SYSTEM, snapshots: createSnapshots({ pool, log }) };
  async function run<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>, actor: Actor = SYSTEM): Promise<Result<T, E>> {
    const outcome = await inTransaction({ ...around, actor }, command);
    if (outcome.kind !== "done") throw new Error("a command without a key is never replayed");
    return outcome.result;
  }
  return {
    db: dbOn(pool),
    pool,
    around,
    run,
    async must(command, actor) {
      const result = await run(command, actor);
      if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    rows: async (text, values = []) => (await pool.query(text, [...values])).rows,
    close: () => pool.end(),
  };
}
