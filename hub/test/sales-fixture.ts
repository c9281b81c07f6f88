/**
 * A hub process of its own that completes carts when it is told to: forked with the database's settings, it says `ready`, is sent the carts,
 * and answers the code of each refusal, or `placed`.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { completeCart, type SaleRequest } from "../src/modules/checkout/index.ts";
import { createSandboxProvider } from "../src/modules/integrations/index.ts";
import { takesBack } from "../src/modules/returns/index.ts";
import { createLog, createSnapshots, openVault, type Actor } from "../src/platform/index.ts";

export type SaleToMake = { readonly actor: Actor; readonly request: SaleRequest };

const pool = new pg.Pool({ ...(JSON.parse(process.argv[2] ?? "{}") as pg.PoolConfig), max: 12 }); // as the test wrote them
const log = createLog("silent");
const snapshots = createSnapshots({ pool, log });
const deps = {
  vault: openVault("a secret that is long enough for tests"),
  provider: createSandboxProvider(pool),
  takesBack,
  providerWaitMs: 1000,
};

async function make({ actor, request }: SaleToMake): Promise<string> {
  const key = {
    credential: actor.credential,
    route: "checkout.complete",
    key: randomBytes(12).toString("hex"),
    requestHash: Buffer.from("-"),
  };
  const { fulfillment } = request;
  const dueAt = fulfillment.dueAt && new Date(fulfillment.dueAt); // a date comes as a text between processes
  const wanted = { ...request, fulfillment: { ...fulfillment, dueAt } };
  const done = await completeCart({ pool, log, snapshots, requestId: "test", actor }, deps, wanted, key);
  return done.kind === "refused" ? done.error.code : done.kind;
}

process.once("message", (sales: readonly SaleToMake[]) => {
  void Promise.all(sales.map(make))
    .catch((error: unknown) => [String(error)])
    .then((outcomes) => process.send?.(outcomes, () => process.exit(0)));
});
await pool.query("select 1");
process.send?.("ready");
