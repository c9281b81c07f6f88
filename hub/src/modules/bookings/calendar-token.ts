import { createHash } from "node:crypto";
import type { StaffId } from "@weft/kernel";
import type { Vault } from "../../platform/index.ts";

/** Bytes of a link's token: 128 bits, as everything that opens something has. */
const TOKEN_BYTES = 16;

/** The token of an adviser's calendar, made by this installation alone; the next serial makes another one [BKG-9]. */
export function calendarToken(vault: Vault, staffId: StaffId, serial: number): string {
  return vault.mac("adviser calendar", `${staffId} ${serial}`).subarray(0, TOKEN_BYTES).toString("base64url");
}

/** As it lies in the database: a copy of that opens no calendar. */
export function calendarHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
