import { hash } from "node:crypto";
import { HOUR_MS } from "./domain.ts";

/** The latest hour that four bytes can name. */
const LAST_HOUR = 0xffff_ffff;

/**
 * Sixteen bytes that make a message one for ever [TCH-1], written as a UUID: the hour of the sender's own time, then twelve bytes of MD5 of
 * whose message it is. The hour first, because keys of one hour then share pages. MD5 only spreads; nobody trusts it.
 */
export function messageKey(source: string, atMs: number): string {
  const hour = Math.min(Math.max(Math.floor(atMs / HOUR_MS), 0), LAST_HOUR);
  const hex = hour.toString(16).padStart(8, "0") + hash("md5", source, "hex").slice(0, 24);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Thirty-two bits of a text, to see that two touchpoints of one record say the same. */
export function fingerprintOf(text: string): number {
  return hash("md5", text, "buffer").readInt32LE(0);
}

/** When a UUIDv7 was made, in milliseconds. */
export function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
