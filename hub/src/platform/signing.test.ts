import { createPublicKey, verify } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { openSigner } from "./signing.ts";
import { openVault } from "./vault.ts";

const vault = openVault("a secret that is long enough for tests");
let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool((await testDatabase()).poolConfig);
});
afterAll(() => pool.end());

it("makes one key pair, also when two nodes start together, and each accepts what the other signed", async () => {
  const [first, second] = await Promise.all([openSigner(pool, vault), openSigner(pool, vault)]);
  const token = await first.sign("card", "record-1", 60);
  expect(await second.verify("card", token)).toBe("record-1");
  expect(first.publicKeys).toEqual(second.publicKeys);
  expect(first.publicKeys.keys[0]).not.toHaveProperty("d");
});

it("refuses a token of another use, one that has ended, and one that was changed", async () => {
  const signer = await openSigner(pool, vault);
  const token = await signer.sign("card", "record-1", 60);
  expect(await signer.verify("handover", token)).toBeNull();
  expect(await signer.verify("card", await signer.sign("card", "record-1", -1))).toBeNull();
  expect(await signer.verify("card", `${token.slice(0, -4)}AAAA`)).toBeNull();
});

it("does not start with another secret", async () => {
  await openSigner(pool, vault);
  await expect(openSigner(pool, openVault("another secret, just as long as it"))).rejects.toThrow("WEFT_SECRET");
});

it("seals bytes for years, so that anyone with the public key can check them, and nobody changes one", async () => {
  const signer = await openSigner(pool, vault);
  const bytes = Buffer.from('{"archive":1}');
  const { keyId, signature } = await signer.seal(bytes);
  const [published] = signer.publicKeys.keys;
  expect(published?.kid).toBe(keyId);
  const key = createPublicKey({ key: { ...published }, format: "jwk" });
  expect(verify("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }, signature)).toBe(true);
  expect(verify("sha256", Buffer.from('{"archive":2}'), { key, dsaEncoding: "ieee-p1363" }, signature)).toBe(false);
});
