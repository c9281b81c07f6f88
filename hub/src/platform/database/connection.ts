import pg from "pg";

/**
 * A connection of its own, outside the pool: what holds a lock, listens, or must not wait for a busy pool. The caller ends it.
 * When it breaks, the query under way fails and every later one too; nothing is thrown where nobody listens.
 */
export async function openConnection(pool: pg.Pool, purpose: string): Promise<pg.Client> {
  // Not pipelined: COPY is not, and what such a connection does waits for each answer anyway.
  const options = { ...connectionOptions(pool), pipeline: false };
  const client = new pg.Client({ ...options, application_name: `weft ${purpose}`, keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Ends a connection that may be broken already. */
export async function closeConnection(client: pg.Client | undefined): Promise<void> {
  await client?.end().catch(() => undefined);
}

/** How the pool connects, for connections beside it. */
export function connectionOptions({ options }: pg.Pool): pg.PoolConfig {
  const { password } = options; // hidden from copies of the options, so that it is not printed
  return { ...options, ...(password === undefined ? {} : { password }) };
}
