import type pg from "pg";
import { statement } from "../database/db.ts";

/** The epoch of this installation: it rises with every restore, so whoever remembers another one asks again for what it holds [BAK-4]. */
export async function readEpoch(pool: pg.Pool): Promise<number> {
  const [row] = await statement<{ epoch: number }>(pool, "select epoch from platform.installation", []);
  if (!row) throw new Error("platform.installation has lost its row");
  return row.epoch;
}
