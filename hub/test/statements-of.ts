import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

const asking = new AsyncLocalStorage<{ statements: number }>();

/**
 * How many statements a request costs, at the least of five times: the first fills what nodes keep in memory. Only what runs for this
 * request is counted; the hub works beside it all the time.
 */
export async function statementsOf(request: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype;
  const counts: number[] = [];
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: never[]) {
    const own = asking.getStore();
    if (own) own.statements += 1;
    return Reflect.apply(query, this, given);
  } as typeof query; // counts and passes on
  try {
    for (let n = 0; n < 5; n++) {
      const own = { statements: 0 };
      await asking.run(own, request);
      counts.push(own.statements);
    }
  } finally {
    pg.Client.prototype.query = query;
  }
  return Math.min(...counts);
}
