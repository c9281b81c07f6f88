import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import type { KeptFile } from "./kept-file.ts";

/** A till that this bridge answers. Of its token only the hash is kept. */
export type Pairing = { readonly tokenHash: string; readonly registerId: string; readonly registerName: string; readonly at: string };

export type Pairings = {
  /** What is typed at the till; another one after each use and after some wrong ones. */
  readonly code: () => string;
  /** Pairs a till that shows the right code: its token, or undefined. */
  readonly pair: (code: string, till: { readonly registerId: string; readonly registerName: string }) => Promise<string | undefined>;
  readonly byToken: (token: string) => Promise<Pairing | undefined>;
  readonly all: () => Promise<readonly Pairing[]>;
};

const MOST_WRONG = 5;

/** Tills become known to a bridge by a code that it shows to whoever stands before it [DEV-6]. */
export function openPairings(file: KeptFile<readonly Pairing[]>, now: () => Date): Pairings {
  let code = newCode();
  let wrong = 0;
  const renew = (): void => {
    code = newCode();
    wrong = 0;
  };
  return {
    code: () => code,
    async pair(typed, { registerId, registerName }) {
      if (!isSame(typed.replaceAll(/\D/g, ""), code)) {
        wrong += 1;
        if (wrong >= MOST_WRONG) renew();
        return undefined;
      }
      renew();
      const token = randomBytes(16).toString("base64url");
      const pairing = { tokenHash: hashOf(token), registerId, registerName, at: now().toISOString() };
      // A register is one till: paired again, the token before is worth nothing.
      await file.change((pairings) => [...pairings.filter((other) => other.registerId !== registerId), pairing]);
      return token;
    },
    async byToken(token) {
      const hash = hashOf(token);
      return (await file.read()).find((pairing) => isSame(pairing.tokenHash, hash));
    },
    all: () => file.read(),
  };
}

const newCode = (): string => String(randomInt(1_000_000)).padStart(6, "0");
const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
