import { createHash } from "node:crypto";
import type { Vault } from "../../platform/index.ts";
import type { ListId } from "./domain/index.ts";

/** Bytes of a link's token: 128 bits, as everything that opens something has. */
const TOKEN_BYTES = 16;

/** The token of a list's link: always the same until sharing ends, and made by this installation alone, so that it need not be kept [SAV-5]. */
export function shareToken(vault: Vault, { id, shareSerial }: { readonly id: ListId; readonly shareSerial: number }): string {
  return vault.mac("saved list", `${id} ${shareSerial}`).subarray(0, TOKEN_BYTES).toString("base64url");
}

/** As it lies in the database: a copy of that opens no list. */
export function shareHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
