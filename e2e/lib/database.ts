import pg from "pg";
import type { Stage } from "../story.ts";

type Query = (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/**
 * Lets a story do what no screen and no client can: break something under the hubs, and let time pass for what waits. Throws on hubs that
 * run already (`--url`), whose database nobody knows.
 */
export async function underTheHubs<Answer>(stage: Stage, act: (query: Query) => Promise<Answer>): Promise<Answer> {
  if (stage.databaseUrl === undefined) throw new Error("this story breaks something in the database, so it plays on hubs of its own only");
  const client = new pg.Client(stage.databaseUrl);
  await client.connect();
  try {
    return await act(async (text, values = []) => (await client.query(text, [...values])).rows);
  } finally {
    await client.end();
  }
}
