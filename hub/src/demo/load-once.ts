import { demoChain, type ChainSize } from "@weft/demo";
import type pg from "pg";
import {
  createSnapshots,
  inTransaction,
  openVault,
  statement,
  SYSTEM,
  type Config,
  type Ctx,
  type Log,
  type Vault,
} from "../platform/index.ts";
import type { Result } from "@weft/kernel";
import { DEMO_STEPS } from "./steps/index.ts";
import { showProgress, type Progress } from "./progress.ts";

export type DemoTools = {
  readonly pool: pg.Pool;
  readonly vault: Vault;
  readonly log: Log;
  /** Runs a command in a transaction of its own; a refusal is a bug of the demo, so it throws. */
  must<T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>): Promise<T>;
  /** Forgets what nodes keep in memory: the next step sees what this one wrote. */
  refresh(): void;
};

/** A part of the chain that is loaded as one. `size` is how many things it loads, for the progress bar. */
export type DemoStep = {
  readonly name: string;
  run(tools: DemoTools, chain: ReturnType<typeof demoChain>, progress: Progress): Promise<void>;
};

/**
 * Loads the demo chain into an empty database, step by step, each under its own name: killed in the middle, the next start goes on
 * with the step that had not ended. A database with a legal entity that is not the demo's is left alone.
 */
export async function loadDemoOnce(
  pool: pg.Pool,
  config: Pick<Config, "secret">,
  log: Log,
  size: Omit<ChainSize, "until"> = {},
): Promise<void> {
  const done = new Set((await statement<{ step: string }>(pool, "select step from platform.demo_step", [])).map(({ step }) => step));
  if (done.size === 0 && (await isInUse(pool))) return;
  const waiting = DEMO_STEPS.filter(({ name }) => !done.has(name));
  if (waiting.length === 0) return;
  const chain = demoChain({ ...size, until: new Date() });
  const tools = toolsOn(pool, config, log);
  const progress = showProgress(process.stdout, waiting.length);
  for (const step of waiting) {
    progress.step(step.name);
    await step.run(tools, chain, progress);
    tools.refresh();
    await statement(pool, "insert into platform.demo_step (step) values ($1) on conflict do nothing", [step.name]);
  }
  // Plans that were made while the tables were empty would stay: tell the planner what is in them now.
  await pool.query("analyze");
  progress.done();
}

async function isInUse(pool: pg.Pool): Promise<boolean> {
  const [row] = await statement<{ used: boolean }>(pool, "select exists (select from places.legal_entity) as used", []);
  return row?.used ?? false;
}

function toolsOn(pool: pg.Pool, config: Pick<Config, "secret">, log: Log): DemoTools {
  const snapshots = createSnapshots({ pool, log });
  const around = { pool, snapshots, log, actor: SYSTEM, requestId: "demo" };
  return {
    pool,
    log,
    vault: openVault(config.secret),
    refresh: () => snapshots.invalidate(),
    async must(command) {
      const outcome = await inTransaction(around, command);
      if (outcome.kind !== "done") throw new Error("a step of the demo has no key");
      if (!outcome.result.ok) throw new Error(`the demo was refused: ${JSON.stringify(outcome.result.error)}`);
      return outcome.result.value;
    },
  };
}
