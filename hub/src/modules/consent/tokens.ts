import { createHash } from "node:crypto";
import type { Id } from "@weft/kernel";
import type { Vault } from "../../platform/index.ts";

const TOKEN_BYTES = 16;

/**
 * The token of a link, 128 bits that only this installation can make. Made from an id by its key, so that a mail that is sent again
 * carries the same one, and nothing but the hash is kept.
 */
export function linkToken(vault: Vault, purpose: "preference link" | "consent confirmation", id: Id<string>): string {
  return vault.mac(purpose, id).subarray(0, TOKEN_BYTES).toString("base64url");
}

export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(`consent:${token}`).digest();
}
