import { demoChain } from "@weft/demo";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { assembleHub, type Hub } from "../src/assemble.ts";
import { loadDemoOnce } from "../src/demo/load-once.ts";
import { createLog } from "../src/platform/index.ts";
import { filledDatabase, type TestDatabase } from "./database.ts";

/** A whole hub on a small demo chain, asked over its real HTTP edge without a socket. */
export type DemoHub = {
  readonly app: FastifyInstance;
  readonly pool: pg.Pool;
  readonly hub: Hub;
  readonly chain: ReturnType<typeof demoChain>;
  /** Headers of a person of the front door on their app. */
  enter(persona: "lea" | "jordi" | "anna"): Promise<Record<string, string>>;
  close(): Promise<void>;
};

const SIZE = { customers: 20, stores: 2 };
const APPS = { lea: "weft_shop", jordi: "weft_till", anna: "weft_office" } as const;

const log = createLog("silent");
const config = {
  role: "all",
  isDemo: true,
  secret: "a secret that only tests know, of forty",
  rateLimit: 0,
  smtpFrom: "Weft <weft@example.com>",
} as const;

export async function openDemoHub(): Promise<DemoHub> {
  const pool = openPool(await filledDatabase("template_demo", loadDemo));
  const hub = await assembleHub({ pool, config, log, checksAnswers: true, migrations: 0 });
  await hub.app.ready();
  return {
    app: hub.app,
    pool,
    hub,
    chain: demoChain({ ...SIZE, until: new Date() }),
    async enter(persona) {
      const answer = await hub.app.inject({
        method: "POST",
        url: "/v1/demo-sessions",
        headers: { "weft-session": APPS[persona] },
        payload: { persona },
      });
      if (answer.statusCode !== 201) throw new Error(`${persona} could not enter: ${answer.body}`);
      return { "weft-session": APPS[persona], cookie: answer.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
    },
    async close() {
      await hub.stop();
      await pool.end();
    },
  };
}

function openPool({ poolConfig }: TestDatabase): pg.Pool {
  const pool = new pg.Pool({ ...poolConfig, max: 8 });
  pool.on("error", () => undefined); // the server goes with the run
  return pool;
}

/** Once for all files of a run. */
async function loadDemo(empty: TestDatabase): Promise<void> {
  const pool = openPool(empty);
  await loadDemoOnce(pool, config, log, SIZE);
  await pool.end();
}
