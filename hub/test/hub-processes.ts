import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { COMPILE_CACHE } from "./compile-cache.ts";
import type { SaleToMake } from "./sales-fixture.ts";
import type { SaleHub } from "./sale-hub.ts";

/** Starts a hub process on the database of a test; what comes back sends it sales and answers the code of each refusal, or `placed`. */
export async function startHubProcess(hub: SaleHub): Promise<(sales: readonly SaleToMake[]) => Promise<string[]>> {
  const { host, port, user, password, database } = hub.pool.options;
  const settings = JSON.stringify({ host, port, user, password, database });
  const child = fork(join(import.meta.dirname, "sales-fixture.ts"), [settings], {
    execArgv: [],
    serialization: "json",
    env: { ...process.env, ...COMPILE_CACHE },
  });
  await once(child, "message");
  return async (sales) => {
    const answered = once(child, "message");
    child.send([...sales]);
    const [outcomes] = (await answered) as [string[]]; // what the fixture sends
    await once(child, "exit");
    return outcomes;
  };
}
