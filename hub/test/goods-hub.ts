import type { Id, PlaceId, ProductId, Result, VariantId } from "@weft/kernel";
import pg from "pg";
import { pino } from "pino";
import { testDatabase } from "./database.ts";
import {
  createSnapshots,
  dbOn,
  inTransaction,
  SYSTEM,
  type Actor,
  type Ctx,
  type Db,
  type Invariant,
  type Surroundings,
} from "../src/platform/index.ts";

/** A database of its own with the platform's transactions over it, for catalog, stock and promises. */
export type GoodsHub = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly around: Surroundings;
  /** Runs a command in its transaction, as the edge does. */
  run<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>, actor?: Actor): Promise<Result<T, E>>;
  /** The same for a command that is expected to succeed. */
  must<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>, actor?: Actor): Promise<T>;
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Facts since the last look, in order. */
  published(): Promise<{ type: string; subject: string; data: unknown }[]>;
  /** What breaks these invariants. */
  violations(invariants: readonly Invariant[]): Promise<string[]>;
  close(): Promise<void>;
};

export async function goodsHub(): Promise<GoodsHub> {
  const { poolConfig } = await testDatabase();
  const pool = new pg.Pool({ ...poolConfig, max: 24 });
  const log = pino({ level: "silent" });
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
    published: async () =>
      (await pool.query("with gone as (delete from platform.outbox returning *) select type, subject, data from gone order by seq")).rows,
    async violations(invariants) {
      const found: string[] = [];
      for (const { name, sql } of invariants) for (const { example } of (await pool.query(sql)).rows) found.push(`${name}: ${example}`);
      return found;
    },
    close: () => pool.end(),
  };
}

/** An id that is readable in a failing test: `testId("variant", 3)`. Ordered by its number within a noun. */
export function testId<T extends Id<string>>(noun: string, number: number): T {
  const kind = [...noun].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff, 7);
  // Branded here because tests make their own ids.
  return `01900000-${kind.toString(16).padStart(4, "0")}-7000-8000-${number.toString(16).padStart(12, "0")}` as T;
}

export const variantId = (number: number): VariantId => testId("variant", number);
export const productId = (number: number): ProductId => testId("product", number);
export const placeId = (number: number): PlaceId => testId("place", number);
