import { argon2, createHash, randomBytes, timingSafeEqual, type Argon2Parameters } from "node:crypto";
import { promisify } from "node:util";

/** 256 random bits for a session, device, key or one-time link. Its holder keeps it, the database its hash [ACC-7]. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a token. A plain SHA-256 is enough: 256 random bits cannot be guessed from it. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

// OWASP's second choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB = 19_456;
const PASSES = 2;
const TAG_BYTES = 32;
const PREFIX = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$`;
const derive = promisify((parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) =>
  argon2("argon2id", parameters, done),
);

/** Hashes a password as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. Runs beside the request loop. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${PREFIX}${salt.toString("base64url")}$${(await passwordTag(password, salt)).toString("base64url")}`;
}

/** Whether a password is the one that was hashed. A hash that is not ours is compared with nothing and fails as slowly. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [salt, tag] = (hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : "").split("$");
  const expected = Buffer.from(tag ?? "", "base64url");
  const actual = await passwordTag(password, Buffer.from(salt || "AAAAAAAAAAAAAAAAAAAAAA", "base64url"));
  return expected.length === TAG_BYTES && timingSafeEqual(actual, expected);
}

function passwordTag(password: string, salt: Buffer): Promise<Buffer> {
  return derive({
    message: Buffer.from(password.normalize("NFKC")),
    nonce: salt,
    parallelism: 1,
    tagLength: TAG_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  });
}
