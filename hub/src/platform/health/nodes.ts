import { newId, type Id } from "@weft/kernel";
import type pg from "pg";
import { statement } from "../database/db.ts";
import type { Log } from "../telemetry/log.ts";

const SEEN_MS = 30_000;

/** Says every half minute that this process runs, in which version and role, until it is stopped. */
export async function announceNode(parts: {
  readonly pool: pg.Pool;
  readonly version: string;
  readonly role: string;
  readonly log: Pick<Log, "warn">;
}): Promise<{ stop(): Promise<void> }> {
  const { pool, version, role, log } = parts;
  const id = newId<Id<"node">>();
  const announce = () =>
    statement(pool, `insert into platform.node (id, version, role) values ($1, $2, $3) on conflict (id) do update set seen_at = now()`, [
      id,
      version,
      role,
    ]);
  await statement(pool, "delete from platform.node where seen_at < now() - interval '1 day'", []);
  await announce();
  const timer = setInterval(
    () => void announce().catch((error: unknown) => log.warn({ err: error }, "this node could not be announced")),
    SEEN_MS,
  );
  return {
    async stop() {
      clearInterval(timer);
      await statement(pool, "delete from platform.node where id = $1", [id]);
    },
  };
}

/** The versions of the hub that run on this database now. */
export async function runningVersions(pool: pg.Pool): Promise<string[]> {
  const rows = await statement<{ version: string }>(
    pool,
    "select distinct version from platform.node where seen_at > now() - interval '2 minutes' order by version",
    [],
  );
  return rows.map(({ version }) => version);
}
