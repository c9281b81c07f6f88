import pg from "pg";

/** Who owns the server: this hub (as long as `client` lives), another one, or nobody yet because the server does not answer. */
export type Ownership =
  | { readonly kind: "ours"; readonly client: pg.Client }
  | { readonly kind: "taken"; readonly ownerPid: number; readonly isLeaving: boolean }
  | { readonly kind: "unreachable"; readonly because: Error };

/** Any fixed number: the lock's name inside the database `postgres`, which holds nothing else of ours. */
const OWNER_LOCK = 4_400_001;
const OWNER_NAME = "weft-owner";

/**
 * Tries to become the one hub that owns a server. The lock lives exactly as long as this connection, so a hub that is killed
 * leaves none behind. While a living hub has started the server (`starterPid`) nobody else tries for the lock: it is about to take it.
 */
export async function takeOwnership(socketDirectory: string, starterPid: number | undefined): Promise<Ownership> {
  const client = new pg.Client({
    host: socketDirectory,
    user: "weft",
    database: "postgres",
    application_name: `${OWNER_NAME} ${process.pid}`,
  });
  client.on("error", () => {}); // the server's end is noticed by its exit
  try {
    await client.connect();
    if (starterPid === undefined && (await tryLock(client))) return { kind: "ours", client };
    const owner = await describeOwner(client);
    await client.end();
    // Started by a living hub whose lock is not there: it has not taken it yet, or has given it back on its way out. Either shows soon.
    return owner
      ? { kind: "taken", ...owner }
      : { kind: "unreachable", because: new Error("its hub is starting or leaving at this moment") };
  } catch (error) {
    await client.end().catch(() => {});
    return { kind: "unreachable", because: error instanceof Error ? error : new Error(String(error)) };
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>("select pg_try_advisory_lock($1) as ours", [OWNER_LOCK]);
  return rows[0]?.ours ?? false;
}

/** Says that the owner is on its way out, so that a hub that starts meanwhile waits instead of giving up. */
export async function announceLeaving(client: pg.Client): Promise<void> {
  await client.query("select set_config('application_name', $1, false)", [`${OWNER_NAME} ${process.pid} leaving`]).catch(() => {});
}

async function describeOwner(client: pg.Client): Promise<{ ownerPid: number; isLeaving: boolean } | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objid = $1 and l.database = (select oid from pg_database where datname = current_database())`,
    [OWNER_LOCK],
  );
  const [, pid, leaving] = rows[0]?.name.split(" ") ?? [];
  return pid ? { ownerPid: Number(pid), isLeaving: leaving === "leaving" } : undefined;
}
