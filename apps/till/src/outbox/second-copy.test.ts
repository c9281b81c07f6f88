import { newId } from "@weft/kernel";
import { expect, it } from "vitest";
import { createSecondCopy, recover, type CopiedRow, type CopyKeeper, type CopyState } from "./second-copy.ts";
import type { OutboxRow } from "./rows.ts";

const row = (seq: number): OutboxRow => {
  const id = newId();
  return { seq, id, command: { id, seq, kind: "cash.move" } };
};

/** A bridge in memory, in steps of three; `isAway` is pulled like a plug. */
function bridge() {
  const kept = new Map<number, CopiedRow>();
  const state = { isAway: false, calls: 0 };
  const keeper: CopyKeeper = {
    async keep(rows) {
      state.calls += 1;
      if (state.isAway) throw new Error("away");
      const other = rows.find(({ position, row: given }) => kept.has(position) && kept.get(position)?.row["id"] !== given["id"]);
      if (other) return { otherAt: other.position };
      for (const one of rows) kept.set(one.position, one);
      return {};
    },
    after: async (position) =>
      [...kept.values()]
        .filter((one) => one.position > position)
        .toSorted((a, b) => a.position - b.position)
        .slice(0, 3),
  };
  return { kept, state, keeper };
}

it("[OUT-9] every act that the hub has not answered is handed to the bridge once, and what could not be is known and tried again", async () => {
  const { kept, state, keeper } = bridge();
  let waiting = [row(1), row(2)];
  const states: CopyState[] = [];
  const copy = createSecondCopy(
    { unanswered: async () => waiting },
    () => keeper,
    (now) => states.push(now),
  );
  await copy.sync();
  await copy.sync();
  expect([...kept.keys()]).toEqual([1, 2]);
  expect(state.calls).toBe(1);
  state.isAway = true;
  waiting = [...waiting, row(3)];
  await copy.sync();
  expect(states.at(-1)).toEqual({ alone: 1, trouble: "unreachable" });
  state.isAway = false;
  await copy.sync();
  expect([...kept.keys()]).toEqual([1, 2, 3]);
  expect(states.at(-1)).toEqual({ alone: 0, trouble: "none" });
});

it("[OUT-9] a row of another device of the register stays where it is, and stops no other", async () => {
  const { kept, keeper } = bridge();
  const theirs = row(2);
  await keeper.keep([{ position: 2, row: theirs.command }]);
  const mine = [row(1), row(2), row(3)];
  const copy = createSecondCopy(
    { unanswered: async () => mine },
    () => keeper,
    () => undefined,
  );
  await copy.sync();
  expect([1, 2, 3].map((at) => kept.get(at)?.row["id"])).toEqual([mine[0]?.id, theirs.id, mine[2]?.id]);
});

it("[OUT-10] after a cleared storage what the second copy has comes back once each, behind the last that the hub has, and what nobody has is counted", async () => {
  const { keeper } = bridge();
  const rows = [4, 5, 6, 7, 9, 12].map(row);
  await keeper.keep(rows.map(({ seq, command }) => ({ position: seq, row: command })));
  // Numbered anew once, so it lies there twice.
  const again = rows[5]?.command ?? {};
  await keeper.keep([{ position: 13, row: { ...again, seq: 13 } }]);
  const { commands, missing } = await recover(keeper, 5);
  expect(commands.map(({ id }) => id)).toEqual(rows.slice(2).map(({ id }) => id));
  expect(commands.map(({ seq }) => seq)).toEqual([6, 7, 8, 9]);
  expect(missing).toBe(3);
  expect(await recover(keeper, 20)).toEqual({ commands: [], missing: 0 });
});
