import type pg from "pg";
import { statement } from "../database/db.ts";
import { readHead, toEvent, type LogRow, type LoggedEvent } from "./follower.ts";

/** A stretch of the log: the events of the kinds asked for, and the position up to which there are no others. */
export type Stretch = { readonly events: readonly LoggedEvent[]; readonly upTo: number };

/** The newest events in memory, so that a node's subscribers do not each read the log from the database. */
export type LogWindow = {
  add(events: readonly LoggedEvent[]): void;
  /** The next events of these kinds after `position`, `most` at most; from the database when the window begins later. */
  after(client: pg.PoolClient, position: number, types: readonly string[], most: number): Promise<Stretch>;
};

const KEPT = 2000;

/** `position` is where the log ended when the window began to be filled. */
export function createLogWindow(position: number): LogWindow {
  let before = position;
  let recent: LoggedEvent[] = [];
  return {
    add(events) {
      recent.push(...events);
      if (recent.length < 2 * KEPT) return;
      before += recent.length - KEPT;
      recent = recent.slice(-KEPT);
    },
    async after(client, after, types, most) {
      if (after < before) return readStretch(client, after, types, most);
      const events = recent.slice(after - before).filter(({ type }) => types.includes(type));
      const chosen = events.slice(0, most);
      return { events: chosen, upTo: events.length > most ? (chosen.at(-1)?.position ?? after) : Math.max(after, before + recent.length) };
    },
  };
}

/** The head is read first: what is logged between the two statements waits for the next stretch. */
async function readStretch(client: pg.PoolClient, after: number, types: readonly string[], most: number): Promise<Stretch> {
  const head = await readHead(client);
  const rows = await statement<LogRow>(
    client,
    `select position, day::text as day, id, type, subject, data, at, trace from platform.event_log
      where position > $1 and position <= $2 and type = any($3::text[]) order by position limit $4::integer`,
    [after, head.position, types, most],
  );
  const last = rows.at(-1);
  return { events: rows.map(toEvent), upTo: rows.length < most || !last ? head.position : last.position };
}
