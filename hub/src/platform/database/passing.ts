import pg from "pg";

const RACES = new Set(["40001", "40P01"]); // serialization failure, deadlock

/** Whether the same transaction, run again, may well succeed: it lost a race, or met a stale plan, which is prepared anew the next time. */
export function isPassing(error: unknown): boolean {
  return (error instanceof pg.DatabaseError && error.code !== undefined && RACES.has(error.code)) || isStalePlan(error);
}

/**
 * Whether a prepared statement would answer in another form than when it was prepared, because a table or a function was changed meanwhile:
 * a node of another version has migrated. PostgreSQL refuses such a statement for as long as its connection lives. Its message is translated,
 * the name of its routine is not.
 */
export function isStalePlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "0A000" && error.routine === "RevalidateCachedQuery";
}
