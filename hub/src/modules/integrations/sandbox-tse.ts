import { createHash, type webcrypto } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import { dbOn } from "../../platform/index.ts";
import type { StartedTransaction, Tse, TseProcess } from "../till/index.ts";

const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

/**
 * Plays a technical security device for demo and tests: numbers of transactions and signatures rise for good, also over restarts and over
 * several nodes. It certifies nothing, and says so as its serial number.
 */
export function createSandboxTse(pool: pg.Pool): Tse {
  const db = dbOn(pool);
  const count = async (transactions: 0 | 1): Promise<{ transactions: number; signatures: number; key: webcrypto.CryptoKey }> => {
    await madeOnce();
    const { rows } = await sql<{ transactions: number; signatures: number; private_jwk: webcrypto.JsonWebKey }>`
      update integrations.sandbox_tse set transactions = transactions + ${transactions}, signatures = signatures + 1
      returning transactions::float8, signatures::float8, private_jwk`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("the sandbox device has no key");
    return { ...row, key: await crypto.subtle.importKey("jwk", row.private_jwk, CURVE, false, ["sign"]) };
  };
  const madeOnce = async (): Promise<webcrypto.JsonWebKey> => {
    const { rows } = await sql<{ private_jwk: webcrypto.JsonWebKey }>`select private_jwk from integrations.sandbox_tse`.execute(db);
    if (rows[0]) return rows[0].private_jwk;
    const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
    const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
    await sql`insert into integrations.sandbox_tse (private_jwk) values (${JSON.stringify(jwk)}::jsonb) on conflict do nothing`.execute(db);
    return madeOnce();
  };
  return {
    async start(): Promise<StartedTransaction> {
      const { transactions } = await count(1);
      return { number: transactions, startedAt: new Date().toISOString() };
    },
    async update() {
      await count(0);
    },
    async finish(transaction: StartedTransaction, process: TseProcess) {
      const { signatures, key } = await count(0);
      const finishedAt = new Date().toISOString();
      const message = [process.type, process.data, transaction.number, transaction.startedAt, finishedAt, signatures].join("\n");
      const signature = await crypto.subtle.sign(SIGNATURE, key, new TextEncoder().encode(message));
      return { ...transaction, finishedAt, signatureCounter: signatures, signature: Buffer.from(signature).toString("base64") };
    },
    async master() {
      const { x = "", y = "" } = await madeOnce();
      const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
      return {
        // A real device has the hash of its key here; this one says what it is and has it behind.
        serial: `SANDBOX${createHash("sha256").update(point).digest("hex").slice(7)}`,
        algorithm: "ecdsa-plain-SHA256",
        timeFormat: "unixTime",
        encoding: "UTF-8",
        publicKey: point.toString("base64"),
        certificate: "",
      };
    },
  };
}
