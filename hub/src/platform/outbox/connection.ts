import pg from "pg";

/**
 * A connection of its own, outside the pool: what holds a lock, listens, or must not wait for a busy pool. The caller ends it.
 * When it breaks, the query under way fails and every later one too; nothing is thrown where nobody listens.
 */
export async function openConnection(pool: pg.Pool, purpose: string): Promise<pg.Client> {
  const { password } = pool.options; // the pool hides it from copies of its options
  const client = new pg.Client({
    ...pool.options,
    ...(password === undefined ? {} : { password }),
    application_name: `weft ${purpose}`,
    keepAlive: true,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Ends a connection that may be broken already. */
export async function closeConnection(client: pg.Client | undefined): Promise<void> {
  await client?.end().catch(() => undefined);
}
