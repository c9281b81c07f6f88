import type { Result } from "@weft/kernel";
import pg from "pg";
import { pino } from "pino";
import { testDatabase } from "./database.ts";
import { type Ctx, type Db, SYSTEM, type Surroundings, createSnapshots, dbOn, inTransaction } from "../src/platform/index.ts";

/** A database of its own with the platform's transactions over it. */
export type PricingHub = {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly around: Surroundings;
  /** Runs a command in its transaction, as the edge does. */
  run<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>): Promise<Result<T, E>>;
  /** The same for a command that is expected to succeed. */
  must<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>): Promise<T>;
  published(): Promise<{ type: string; subject: string; data: unknown }[]>;
  /** As after the migrations. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

export async function openPricingHub(): Promise<PricingHub> {
  const { poolConfig } = await testDatabase();
  const pool = new pg.Pool({ ...poolConfig, max: 16 });
  const log = pino({ level: "silent" });
  const around: Surroundings = { pool, log, requestId: "test", actor: SYSTEM, snapshots: createSnapshots({ pool, log }) };
  async function run<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
    const outcome = await inTransaction(around, command);
    if (outcome.kind !== "done") throw new Error("a command without a key is never replayed");
    return outcome.result;
  }
  return {
    db: dbOn(pool),
    pool,
    around,
    run,
    async must(command) {
      const result = await run(command);
      if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    published: async () => (await pool.query("select type, subject, data from platform.outbox order by id")).rows,
    async empty() {
      await pool.query(`truncate pricing.price_list, pricing.price, pricing.price_scope, pricing.tax_class, pricing.tax_rate, pricing.rounding_policy,
        pricing.customer_group, pricing.code, pricing.code_scope, pricing.code_budget, pricing.code_use, platform.outbox`);
      await pool.query("update pricing.revision set revision = 0");
    },
    close: () => pool.end(),
  };
}
