import pg from "pg";
import { BusyError } from "../../../platform/index.ts";

/**
 * Whether something that every command needs was away: the database, a connection, a disk, time. The till sends the same again then, and what
 * follows waits. Everything else is about this one command, which goes to quarantine and lets the next one come [TIL-33].
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof BusyError) return true;
  if (error instanceof pg.DatabaseError) return isOutageOf(error);
  if (!(error instanceof Error)) return false;
  if (error.name === "AbortError" || error.name === "TimeoutError") return true;
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  return isOfSystem(error) || LOST_CONNECTION.test(error.message) || isOutage(error.cause);
}

/**
 * Classes of SQLSTATE that say nothing of the statement: connections and logins, transactions that were ended or may only read, lost races, resources, locks
 * and shutdowns, files, settings, and data that a disk has damaged. A stale plan is prepared anew the next time.
 */
const AWAY = /^(08|25|26|28|3D|40|53|55|57|58|F0|XX001|XX002)/;

function isOutageOf({ code = "", routine }: pg.DatabaseError): boolean {
  return AWAY.test(code) || (code === "0A000" && routine === "RevalidateCachedQuery");
}

/** An error of the operating system, as ECONNREFUSED and ENOSPC; those of Node itself begin with ERR_ and are mistakes. */
function isOfSystem(error: Error): boolean {
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^E(?!RR_)[A-Z]/.test(code);
}

/** The driver of the database says these as plain errors. */
const LOST_CONNECTION =
  /connection terminated|timeout (expired|exceeded)|connection timeout|not queryable|after calling end on the pool|query read timeout/i;
