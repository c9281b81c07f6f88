import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../../platform/index.ts";
import type { Asker } from "./domain/index.ts";

/** A cart token: 128 random bits, given once, kept as its hash. */
export function newToken(): { readonly token: string; readonly hash: Buffer } {
  const token = randomBytes(16).toString("base64url");
  return { token, hash: hashOf(token) };
}

/** SHA-256: a token has 128 random bits, so nothing slower is needed to keep it from being guessed. */
export function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Who makes carts for customers goes on with those of the others. */
const SERVING = new Set(["owner", "manager", "agent"]);
const OFFICE_READERS = new Set(["owner", "manager", "agent", "privacy_officer", "read_only"]);

/** Who asks for a cart, as the rule [CRT-7] looks at them. */
export function askerOf(actor: Actor): Asker {
  return {
    kind: actor.kind,
    tokenHash: actor.cartToken === null ? null : hashOf(actor.cartToken).toString("hex"),
    deviceId: actor.device?.id ?? null,
    staffId: actor.staff?.id ?? null,
    channelId: actor.channelId,
    readsAll: actor.staff?.roles.some((role) => OFFICE_READERS.has(role)) ?? false,
    servesAll: actor.staff?.roles.some((role) => SERVING.has(role)) ?? false,
  };
}
