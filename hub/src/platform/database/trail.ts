import type { RawBuilder } from "kysely";
import type pg from "pg";
import { dbOn, statement, type Db } from "./db.ts";

/** The statements of an open transaction that nobody has waited for. */
export type Trail = { readonly client: pg.PoolClient; readonly statements: Promise<unknown>[] };

const trails = new WeakMap<Db, Trail>();

export function beginTrail(client: pg.PoolClient): Trail {
  const trail = { client, statements: [] };
  trails.set(dbOn(client), trail);
  return trail;
}

export function endTrail({ client }: Trail): void {
  trails.delete(dbOn(client));
}

/**
 * Writes without waiting, where the statement answers nothing that its command needs: it travels while the answer is made, and the commit
 * comes behind it in the same round trip. Its failure fails the transaction. Outside a command's transaction it is waited for.
 */
export async function trailing({ db }: { readonly db: Db }, query: RawBuilder<unknown>): Promise<void> {
  const trail = trails.get(db);
  if (!trail) {
    await query.execute(db);
    return;
  }
  // Past the query builder, whose way to the connection takes some turns: by then the commit could be ahead.
  const { sql, parameters } = query.compile(db);
  const sent = statement(trail.client, sql, parameters);
  sent.catch(() => undefined); // whoever commits hears of it
  trail.statements.push(sent);
}

/** Why the first of these failed; undefined when all went well. */
export async function firstFailure({ statements }: Trail): Promise<unknown> {
  const settled = await Promise.allSettled(statements);
  return settled.find((one) => one.status === "rejected")?.reason;
}

type Corked = { readonly connection?: { readonly stream?: { cork?: () => void; uncork?: () => void } } };

/**
 * Sends what `send` asks for in one write: each wakes the database's process once. `send` has to hand everything to the connection before
 * it first waits, so `statement`, not the query builder.
 */
export function together<T>(client: pg.PoolClient, send: () => T): T {
  const stream = (client as unknown as Corked).connection?.stream; // `pg` does not type its own socket; without it the writes are just apart
  stream?.cork?.();
  try {
    return send();
  } finally {
    stream?.uncork?.();
  }
}
