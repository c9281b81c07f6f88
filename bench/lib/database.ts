import { join } from "node:path";
import pg from "pg";

/** For further nodes on the same database. */
export const databaseUrl = (home: string): string => `postgresql:///weft?host=${join(home, "postgres/data")}&user=weft`;

/** Runs `work` on a connection of its own to the embedded server of a folder. */
export async function withDatabase<T>(home: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host: join(home, "postgres/data"), user: "weft", database: "weft" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
