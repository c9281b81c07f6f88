import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

const asking = new AsyncLocalStorage<{ statements: number }>();

/**
 * How many statements a request costs, at the least of five times: the first fills what nodes keep in memory. Only what runs for this
 * request is counted; the hub works beside it all the time.
 */
export async function statementsOf(request: () => Promise<unknown>): Promise<number> {
  const countOwn = (): void => {
    const own = asking.getStore();
    if (own) own.statements += 1;
  };
  return whileHeard(countOwn, async () => {
    const counts: number[] = [];
    for (let n = 0; n < 5; n++) {
      const own = { statements: 0 };
      await asking.run(own, request);
      counts.push(own.statements);
    }
    return Math.min(...counts);
  });
}

/** How many statements with this part in their text this process sends during a piece of work, for whomever. */
export async function statementsWith(part: string, work: () => Promise<unknown>): Promise<number> {
  let statements = 0;
  const count = (text: string): void => {
    if (text.includes(part)) statements += 1;
  };
  await whileHeard(count, work);
  return statements;
}

async function whileHeard<T>(hear: (text: string) => void, work: () => Promise<T>): Promise<T> {
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function heard(this: pg.Client, ...given: [string | { readonly text?: string }, ...never[]]) {
    const [asked] = given;
    hear(typeof asked === "string" ? asked : (asked.text ?? ""));
    return Reflect.apply(query, this, given);
  } as typeof query; // hears and passes on
  try {
    return await work();
  } finally {
    pg.Client.prototype.query = query;
  }
}
