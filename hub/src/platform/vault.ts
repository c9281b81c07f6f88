import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from "node:crypto";

/** What is kept in the database without being readable from a copy of it. Made from `WEFT_SECRET`; every node has the same. */
export type Vault = {
  /** Encrypts a text (AES-256-GCM); the same text never looks the same. */
  seal(text: string): string;
  /** The text again, or null when it was sealed with another secret or was changed. */
  open(sealed: string): string | null;
  /** The same for bytes, such as a part of a file. */
  sealBytes(bytes: Buffer): Buffer;
  openBytes(sealed: Buffer): Buffer | null;
  /** A keyed hash (HMAC-SHA-256) for values too short to be hashed plainly. Values of one purpose are comparable, of two are not. */
  mac(purpose: string, text: string): Buffer;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function openVault(secret: string): Vault {
  // Key objects are made once: from plain bytes each call would make one again, which costs more than the hash itself.
  const sealing = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "weft seal", 32)));
  const hashing = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "weft mac", 32)));
  function sealBytes(bytes: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }
  function openBytes(sealed: Buffer): Buffer | null {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      return null; // a wrong key and changed bytes look the same, and both mean that nobody may trust them
    }
  }
  return {
    seal: (text) => sealBytes(Buffer.from(text, "utf8")).toString("base64url"),
    open: (sealed) => openBytes(Buffer.from(sealed, "base64url"))?.toString("utf8") ?? null,
    sealBytes,
    openBytes,
    mac: (purpose, text) => createHmac("sha256", hashing).update(purpose).update("\0").update(text).digest(),
  };
}
