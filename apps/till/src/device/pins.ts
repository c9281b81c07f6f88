import type { SessionView } from "@weft/contracts/client";
import { keep, recall } from "../local/kept.ts";

type Staff = NonNullable<SessionView["staff"]>;
/** What somebody showed who they are by. A badge signs in, and approves nothing [ACC-20]. */
export type Shown = "pin" | "badge";
type Known = { readonly staff: Staff; readonly by: Shown; readonly mac: string };
type Tries = { readonly wrong: number; readonly until: number };

/** What came of a PIN or badge that the hub could not be asked about. */
export type PinCheck =
  | { readonly kind: "known"; readonly staff: Staff }
  | { readonly kind: "unknown" }
  | { readonly kind: "locked"; readonly until: Date }
  /** This browser keeps no keys, or nobody has signed in here yet. */
  | { readonly kind: "impossible" };

const KEY = "pin key";
const PINS = "pins";
const TRIES = "pin tries";
/** So many wrong ones in a row, then none is looked at for a minute, then for two, four … */
const FREE_TRIES = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;

/**
 * Remembers who has signed in here, and by what, for a time without the hub [OFF-4]. What is kept is a code under a key that the browser gives to
 * nobody: copied to another machine it says nothing about the PIN.
 */
export async function remember(staff: Staff, by: Shown, secret: string): Promise<void> {
  const mac = await macOf(staff.id, secret);
  if (mac === undefined) return;
  const others = (await known()).filter((one) => one.staff.id !== staff.id || one.by !== by);
  await keep(PINS, [...others, { staff, by, mac }]);
  await keep(TRIES, { wrong: 0, until: 0 } satisfies Tries);
}

/** Who has this PIN or badge, among those who have signed in here by one before. */
export async function check(by: Shown, secret: string, now: number): Promise<PinCheck> {
  const all = (await known()).filter((one) => one.by === by);
  const tries = (await recall<Tries>(TRIES))?.value ?? { wrong: 0, until: 0 };
  if (all.length === 0) return { kind: "impossible" };
  if (tries.until > now) return { kind: "locked", until: new Date(tries.until) };
  for (const { staff, mac } of all) {
    if ((await macOf(staff.id, secret)) !== mac) continue;
    await keep(TRIES, { wrong: 0, until: 0 } satisfies Tries);
    return { kind: "known", staff };
  }
  await keep(TRIES, afterWrong(tries.wrong + 1, now));
  return { kind: "unknown" };
}

/** When the next PIN is looked at, after so many wrong ones in a row. */
export function afterWrong(wrong: number, now: number): Tries {
  const locks = wrong - FREE_TRIES;
  return { wrong, until: locks < 0 ? 0 : now + Math.min(FIRST_LOCK_MS * 2 ** locks, LONGEST_LOCK_MS) };
}

const known = async (): Promise<readonly Known[]> => (await recall<readonly Known[]>(PINS))?.value ?? [];

/** Undefined in a browser that has no keys to keep: one that was not opened over a safe connection. */
async function macOf(staffId: string, secret: string): Promise<string | undefined> {
  if (!("subtle" in crypto)) return undefined;
  let key = (await recall<CryptoKey>(KEY))?.value;
  if (!key) {
    key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    await keep(KEY, key);
  }
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${staffId} ${secret}`));
  return [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
