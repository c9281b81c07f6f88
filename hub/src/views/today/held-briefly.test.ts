import { expect, it } from "vitest";
import { heldBriefly } from "./held-briefly.ts";

it("[TDY-6] what took long to read is read once for all who ask meanwhile and shortly after, and never held for more than four seconds", async () => {
  let [now, reads] = [0, 0];
  const held = heldBriefly<number>(() => now);
  const read = async (): Promise<number> => {
    reads += 1;
    const mine = reads;
    now += 1000;
    return mine;
  };
  expect(await Promise.all([held("all", read), held("all", read), held("lyon", read)])).toEqual([1, 1, 2]);
  now += 3900;
  expect(await held("all", read)).toBe(1);
  now += 200;
  expect(await held("all", read)).toBe(3);
});

it("[TDY-6] a reading that failed is tried again by whoever asks next", async () => {
  const held = heldBriefly<number>(() => 0);
  await expect(held("all", () => Promise.reject(new Error("the database is away")))).rejects.toThrow("away");
  expect(await held("all", async () => 7)).toBe(7);
});
