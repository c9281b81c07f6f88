import { expect, it } from "vitest";
import { gathered } from "./gathered.ts";
import type { Db } from "./db.ts";

/** Loads that end when they are told to. */
function loader() {
  const asked: { keys: readonly string[]; answer: (values: Record<string, number>) => void; fail: (error: Error) => void }[] = [];
  const load = (_ctx: { db: Db }, keys: readonly string[]) =>
    new Promise<Map<string, number>>((done, fail) => asked.push({ keys, answer: (values) => done(new Map(Object.entries(values))), fail }));
  return { asked, read: gathered(load) };
}
const ctx = () => ({ db: {} as Db }); // only told apart from others, never asked
const turn = () => new Promise((resolve) => setImmediate(resolve));

it("who comes alone waits for nobody, and those who come meanwhile share the next statement", async () => {
  const { asked, read } = loader();
  const one = ctx();
  const all = ["a", "b", "c", "d", "c"].map((key) => read(one, key));
  expect(asked.map(({ keys }) => keys)).toEqual([["a"], ["b"]]);
  asked[0]?.answer({ a: 1 });
  await turn();
  expect(asked.map(({ keys }) => keys)).toEqual([["a"], ["b"], ["c", "d"]]);
  asked[1]?.answer({});
  asked[2]?.answer({ c: 3, d: 4 });
  expect(await Promise.all(all)).toEqual([1, undefined, 3, 4, 3]);
});

it("a failed statement is told to all who shared it, and to nobody else", async () => {
  const { asked, read } = loader();
  const one = ctx();
  const all = ["a", "b", "c"].map((key) => read(one, key).catch((error: Error) => error.message));
  asked[0]?.fail(new Error("broken"));
  await turn();
  asked[1]?.answer({ b: 2 });
  asked[2]?.answer({ c: 3 });
  expect(await Promise.all(all)).toEqual(["broken", 2, 3]);
});

it("a transaction shares with itself only", () => {
  const { asked, read } = loader();
  for (const one of [ctx(), ctx(), ctx()]) void read(one, "a");
  expect(asked.map(({ keys }) => keys)).toEqual([["a"], ["a"], ["a"]]);
});
