import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, jwtVerify, type CryptoKey, type JWK } from "jose";
import type pg from "pg";
import { statement } from "./database/db.ts";
import type { Vault } from "./vault.ts";

/** Signs and checks what leaves the hub and comes back: member cards, hand-over codes. ES256, so anyone with the public key can check. */
export type Signer = {
  /** A compact JWT. `use` keeps tokens of different purposes apart. `seconds` from now it ends. `claims` are read by whoever has the public key. */
  sign(use: string, subject: string, seconds: number, claims?: Readonly<Record<string, string | number>>): Promise<string>;
  /** Its subject, or null when it was not signed here, is of another use, or had ended at that moment: now, where none is given. */
  verify(use: string, token: string, at?: Date): Promise<string | null>;
  /** Signs what is kept for years and never ends, as an archive: ECDSA P-256 over SHA-256 of the bytes, r and s of 32 bytes each. */
  seal(bytes: Uint8Array): Promise<Seal>;
  /** For `/.well-known/jwks.json`. */
  readonly publicKeys: { readonly keys: readonly JWK[] };
};

/** `keyId` is that of the key in `publicKeys`. */
export type Seal = { readonly keyId: string; readonly signature: Buffer };

const ALGORITHM = "ES256";

/** The signer of this installation. The key pair is made at the first start; two nodes that start together agree on one. */
export async function openSigner(pool: pg.Pool, vault: Vault): Promise<Signer> {
  const stored = (await storedKey(pool)) ?? (await makeKey(pool, vault));
  const opened = vault.open(stored.private_sealed);
  if (opened === null) throw new Error("the signing key cannot be opened: WEFT_SECRET is not the one that sealed it");
  const privateKey = await keyOf(JSON.parse(opened) as JWK); // sealed by makeKey
  const publicKey = await keyOf(stored.public_jwk);
  return {
    sign: (use, subject, seconds, claims) =>
      new SignJWT({ ...claims, use })
        .setProtectedHeader({ alg: ALGORITHM, kid: stored.id })
        .setSubject(subject)
        .setExpirationTime(`${seconds}s`)
        .sign(privateKey),
    async verify(use, token, at) {
      const verified = await jwtVerify(token, publicKey, { algorithms: [ALGORITHM], ...(at && { currentDate: at }) }).catch(() => null);
      return verified?.payload["use"] === use ? (verified.payload.sub ?? null) : null;
    },
    async seal(bytes) {
      const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, Uint8Array.from(bytes));
      return { keyId: stored.id, signature: Buffer.from(signature) };
    },
    publicKeys: { keys: [{ ...stored.public_jwk, kid: stored.id, alg: ALGORITHM, use: "sig" }] },
  };
}

type StoredKey = { readonly id: string; readonly public_jwk: JWK; readonly private_sealed: string };

async function storedKey(pool: pg.Pool): Promise<StoredKey | undefined> {
  const [row] = await statement<StoredKey>(pool, "select id, public_jwk, private_sealed from platform.signing_key where is_current", []);
  return row;
}

async function makeKey(pool: pg.Pool, vault: Vault): Promise<StoredKey> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const id = await calculateJwkThumbprint(publicJwk);
  const sealed = vault.seal(JSON.stringify(await exportJWK(pair.privateKey)));
  await statement(pool, "insert into platform.signing_key (id, public_jwk, private_sealed) values ($1, $2, $3) on conflict do nothing", [
    id,
    JSON.stringify(publicJwk),
    sealed,
  ]);
  const kept = await storedKey(pool);
  if (!kept) throw new Error("the signing key was not kept");
  return kept;
}

async function keyOf(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, ALGORITHM);
  if (key instanceof Uint8Array) throw new Error("the signing key is not a key pair");
  return key;
}
