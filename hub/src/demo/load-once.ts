import { demoChain, type ChainSize } from "@weft/demo";
import { sql } from "kysely";
import type pg from "pg";
import {
  analyzeFilled,
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
  readonly must: <T, E>(command: (ctx: Ctx) => Promise<Result<T, E>>) => Promise<T>;
  /** Tells the planner what is in the tables now: plans made while they were empty would stay. */
  readonly analyze: () => Promise<void>;
  /** Forgets what nodes keep in memory: the next step sees what this one wrote. */
  refresh(): void;
};

/** A part of the chain that is loaded as one. `size` is how many things it loads, for the progress bar. */
export type DemoStep = {
  readonly name: string;
  run(tools: DemoTools, chain: ReturnType<typeof demoChain>, progress: Progress): Promise<void>;
};

export type DemoSize = Omit<ChainSize, "until">;

/** What became of a wish for the demo: a database of somebody's own, and one that has the demo, stay as they are. */
export type DemoLoad = "loaded" | "there_already" | "in_use";

/**
 * Loads the demo chain into an empty database, step by step, each under its own name: killed in the middle, the next start goes on
 * with the step that had not ended, in the size in which it began. A database with a legal entity that is not the demo's is left alone.
 */
export async function loadDemoOnce(pool: pg.Pool, config: Pick<Config, "secret">, log: Log, wanted: DemoSize = {}): Promise<DemoLoad> {
  const rows = await statement<{ step: string }>(pool, "select step from platform.demo_step", []);
  const done = new Set(rows.map(({ step }) => step));
  if (done.size === 0 && (await isInUse(pool))) return "in_use";
  const waiting = DEMO_STEPS.filter(({ name }) => !done.has(name));
  if (waiting.length === 0) return "there_already";
  const size = sizeIn(done) ?? wanted;
  await finish(pool, `${SIZE}${JSON.stringify(size)}`);
  const chain = demoChain({ ...size, until: new Date() });
  const tools = toolsOn(pool, config, log);
  const progress = showProgress(process.stdout, waiting.length);
  for (const step of waiting) {
    progress.step(step.name);
    await step.run(tools, chain, progress);
    tools.refresh();
    await finish(pool, step.name);
  }
  await tools.analyze();
  progress.done();
  return "loaded";
}

async function finish(pool: pg.Pool, step: string): Promise<void> {
  await statement(pool, "insert into platform.demo_step (step) values ($1) on conflict do nothing", [step]);
}

/** The size stands before the first step, as a step of its own. */
const SIZE = "size ";

function sizeIn(done: ReadonlySet<string>): DemoSize | undefined {
  const step = [...done].find((name) => name.startsWith(SIZE));
  return step === undefined ? undefined : (JSON.parse(step.slice(SIZE.length)) as DemoSize); // written a few lines above
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
    analyze: () => analyzeFilled(pool),
    refresh: () => snapshots.invalidate(),
    async must(command) {
      // A busy small machine takes its time for hundreds of people at once; a request would have been given up long before.
      const outcome = await inTransaction(around, async (ctx) => {
        await sql`set local statement_timeout = '10min'`.execute(ctx.db);
        return command(ctx);
      });
      if (outcome.kind !== "done") throw new Error("a step of the demo has no key");
      if (!outcome.result.ok) throw new Error(`the demo was refused: ${JSON.stringify(outcome.result.error)}`);
      return outcome.result.value;
    },
  };
}
