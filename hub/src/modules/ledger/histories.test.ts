import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@weft/kernel";
import { goodsHub, type GoodsHub } from "../../../test/goods-hub.ts";
import { randomFrom } from "../../../../scripts/random.ts";
import { proofRun, recordProof } from "../../../../scripts/record-proof.ts";
import { ledgerInvariants } from "./invariants.ts";
import { openBook, ENTITY, OTHER_ENTITY, type Book, type Member } from "../../../test/ledger-book.ts";
import { Model } from "./test-model.ts";

const { isProof, size: steps, seed } = proofRun("loyalty", { part: 600, short: 50_000, full: 1_000_000 });
/** Histories that run side by side, each with accounts of its own; a new one begins after so many steps. */
const WORLDS = 8;
const STEPS_OF_A_HISTORY = 250;
const MOST_POINTS = 30;
const HOUR_MS = 3_600_000;

let hub: GoodsHub;
const counts: Record<string, number> = {};
beforeAll(async () => {
  hub = await goodsHub();
});
afterAll(() => hub.close());

it(
  `[LED-6] [LED-7] [LED-8] [LED-12] [LED-15] ${steps} random steps of earning, waiting, burning, transfers, returns, expiry, merging and unmerging end as the rules say, after each`,
  async () => {
    const begun = performance.now();
    let left = steps;
    const run = async (world: number): Promise<void> => {
      for (let n = 0; left > 0; n++) {
        const part = Math.min(left, STEPS_OF_A_HISTORY);
        left -= part;
        await history(randomFrom(seed + world * 7919 + n * 104_729), part);
      }
    };
    await Promise.all(Array.from({ length: WORLDS }, (_, world) => run(world)));
    expect(await hub.violations(ledgerInvariants)).toEqual([]);
    if (!isProof) return;
    const done = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
    await recordProof("loyalty", seed, [
      `${steps} steps in histories of ${STEPS_OF_A_HISTORY} over three accounts each, ${WORLDS} side by side, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      `after every step balances and lots equal the rules computed without a database; ${done.map(([kind, count]) => `${count} ${kind}`).join(", ")}`,
      `${ledgerInvariants.length} of ${ledgerInvariants.length} invariants of the ledger hold over all of it`,
    ]);
  },
  isProof ? 7_200_000 : 60_000,
);

/** One history of three accounts, which one customer or several own in turn. */
async function history(random: () => number, length: number): Promise<void> {
  // A unit of its own: the clock of one history expires nothing of another.
  const book = openBook(hub, `points:${newId()}`);
  const members = [await book.member(), await book.member(), await book.member()];
  const model = new Model(members.length);
  const upTo = (most: number): number => Math.floor(random() * most);
  let owners: readonly (readonly number[])[] = [[0], [1], [2]];
  let now = Date.UTC(2026, 0, 1);
  for (let step = 0; step < length; step++) {
    now += upTo(12) * HOUR_MS;
    const kind = random();
    if (kind < 0.08) {
      owners = [[[0], [1], [2]], [[0, 1], [2]], [[0, 1, 2]], [[0], [2, 1]]][upTo(4)] ?? owners;
      count("merges and unmerges");
    } else await act(kind, { book, members, model, owners, now, upTo, step });
    await same(book, members, model);
  }
}

type World = {
  readonly book: Book;
  readonly members: readonly Member[];
  readonly model: Model;
  /** Which accounts belong to one customer now. */
  readonly owners: readonly (readonly number[])[];
  readonly now: number;
  readonly upTo: (most: number) => number;
  readonly step: number;
};

async function act(kind: number, world: World): Promise<void> {
  if (kind < 0.38) await earn(world);
  else if (kind < 0.58) await burn(world);
  else if (kind < 0.64) await transfer(world);
  else if (kind < 0.92) await undo(world);
  else {
    await world.book.expire(new Date(world.now));
    world.model.expireAll(world.now);
    count("expiries");
  }
}

async function earn({ book, members, model, now, upTo }: World): Promise<void> {
  const account = upTo(members.length);
  const [amount, expiresAt] = [1 + upTo(MOST_POINTS), upTo(3) === 0 ? null : now + upTo(30 * 24) * HOUR_MS + HOUR_MS];
  const usableAt = upTo(3) === 0 ? now + upTo(15 * 24) * HOUR_MS : null;
  const entity = upTo(2) === 0 ? ENTITY : OTHER_ENTITY;
  const dateOf = (at: number | null) => (at === null ? null : new Date(at));
  const given = { entity, at: new Date(now), expiresAt: dateOf(expiresAt), usableAt: dateOf(usableAt) };
  const { source, txn } = await book.credit(memberAt(members, account), amount, given);
  model.credit(account, source, amount, { id: txn, entity, earnedAt: now, expiresAt, usableAt });
  count("earnings");
}

async function burn({ book, members, model, owners, now, upTo }: World): Promise<void> {
  const group = owners[upTo(owners.length)] ?? [];
  const [amount, force] = [1 + upTo(MOST_POINTS), upTo(8) === 0];
  const accounts = group.map((account) => memberAt(members, account));
  const given = { entity: upTo(2) === 0 ? ENTITY : OTHER_ENTITY, at: new Date(now), force };
  const done = await book.spend(accounts, amount, given).catch((error: unknown) => {
    expect(error).toMatchObject({ code: "WF011" });
    return null;
  });
  const expected = model.spend(group, done?.source ?? "refused", amount, now, force);
  expect(done?.taken ?? null).toBe(expected);
  count(done ? "burns" : "burns refused");
}

async function transfer({ book, members, model, now, upTo }: World): Promise<void> {
  const from = upTo(members.length);
  const to = (from + 1 + upTo(members.length - 1)) % members.length;
  const amount = 1 + upTo(MOST_POINTS);
  const done = await book.transfer(memberAt(members, from), memberAt(members, to), amount, new Date(now)).catch((error: unknown) => {
    expect(error).toMatchObject({ code: "WF011" });
    return false;
  });
  expect(done).toBe(model.transfer(from, to, amount, now));
  count(done ? "transfers" : "transfers refused");
}

/** A return of some earlier order, in parts of any size, sent twice now and then. */
async function undo({ book, model, now, upTo, step }: World): Promise<void> {
  const [earned, burned] = [[...model.earnings.keys()], [...model.burns.keys()].filter((source) => source !== "refused")];
  const isBurn = upTo(2) === 0;
  const source = isBurn ? burned[upTo(burned.length)] : earned[upTo(earned.length)];
  if (!source) return;
  const [keeps, part] = [upTo(MOST_POINTS), step - (upTo(10) === 0 ? 1 : 0)];
  if (isBurn) expect(await book.giveBack(source, part, keeps, new Date(now))).toBe(model.giveBack(source, part, keeps));
  else expect(await book.takeBack(source, part, keeps, new Date(now))).toBe(model.takeBack(source, part, keeps, now));
  count("returns");
}

async function same(book: Book, members: readonly Member[], model: Model): Promise<void> {
  const found = await book.standing(members);
  expect(found).toEqual(members.map((_, account) => ({ balance: model.balance(account), lots: model.lots(account) })));
}

function memberAt(members: readonly Member[], account: number): Member {
  const member = members[account];
  if (!member) throw new Error(`there is no account ${account}`);
  return member;
}

function count(kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}
