import { base64urlOf, bytesOf, bytesOfBase64url, canonical, hashOf } from "./encoding.ts";
import { payloadOf, type Unsigned } from "./payload.ts";
import type { FiscalEntry, PublicKey, Signer } from "./types.ts";

/** A key of WebCrypto, by whichever of its two names the platform's types have: browsers and Node. */
export type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
type KeyPair = { readonly publicKey: SigningKey; readonly privateKey: SigningKey };

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;

/** A key pair whose private part never leaves the browser or process that made it [R4]. */
export async function makeKey(): Promise<KeyPair> {
  return crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
}

/** Signs with a private key. */
export function signerOf(keyId: string, privateKey: SigningKey): Signer {
  return { keyId, sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(SIGNATURE, privateKey, bytes)) };
}

/** The public part as it is enrolled. */
export async function publicKeyOf(key: SigningKey): Promise<PublicKey> {
  const { x, y } = await crypto.subtle.exportKey("jwk", key);
  if (x === undefined || y === undefined) throw new Error("not a public key of P-256");
  return { kty: "EC", crv: "P-256", x, y };
}

/** The thumbprint of a public key (RFC 7638, SHA-256, hex): whoever has the key knows its id. */
export function keyIdOf({ kty, crv, x, y }: PublicKey): Promise<string> {
  return hashOf(canonical({ kty, crv, x, y }));
}

/** Signs an entry. */
export async function sealed(entry: Unsigned, signer: Signer): Promise<FiscalEntry> {
  const whole = { ...entry, payload: payloadOf(entry), bodyHash: await hashOf(canonical(entry.body)) };
  return { ...whole, sig: base64urlOf(await signer.sign(signedBytes(whole))) };
}

/**
 * What an entry's signature is over: its signed string, and on a second line the canonical JSON of every other field but `sig` and `body`.
 * The string alone, as certified implementations sign it, leaves the document, the operator and the version open to be changed.
 */
export function signedBytes(entry: Omit<FiscalEntry, "sig">): Uint8Array<ArrayBuffer> {
  const { payload, body: _, ...envelope } = entry;
  return bytesOf(`${payload}\n${canonical({ ...envelope, sig: undefined })}`);
}

/** Whether an entry is whole: its document has the hash that it says, and what it says is signed with this key. */
export async function isSealed(entry: FiscalEntry, publicKey: PublicKey): Promise<boolean> {
  const key = await openKey(publicKey);
  if (!key || (await hashOf(canonical(entry.body))) !== entry.bodyHash || payloadOf(entry) !== entry.payload) return false;
  return isSignedBy(key, entry.sig, signedBytes(stripped(entry)));
}

const stripped = ({ sig: _sig, ...entry }: FiscalEntry): Omit<FiscalEntry, "sig"> => entry;

/** What a register signs to prove that it has the key which it wants to enroll. */
export function enrollmentBytes(registerId: string, keyId: string): Uint8Array<ArrayBuffer> {
  return bytesOf(`weft register key ${registerId} ${keyId}`);
}

/** A public key that is ready to check with; none where it is no point of the curve. */
export async function openKey(publicKey: PublicKey): Promise<SigningKey | undefined> {
  try {
    return await crypto.subtle.importKey("jwk", { ...publicKey }, CURVE, true, ["verify"]);
  } catch {
    return undefined;
  }
}

/** Whether `sig` (base64url) is the key's signature over these bytes. */
export function isSignedBy(key: SigningKey, sig: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return crypto.subtle.verify(SIGNATURE, key, bytesOfBase64url(sig), bytes);
}
