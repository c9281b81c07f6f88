import { expect, it } from "vitest";
import { readTables, writeTables } from "./tables.ts";

it("[PLA-14] reads tables by zone as people write them, and refuses what says two things", () => {
  expect(readTables("")).toEqual([]);
  const zones = readTables(" Inside: 1/2, 2/4 ,Bar; Terrace:T1/4; ");
  expect(zones).toEqual([
    {
      name: "Inside",
      tables: [
        { name: "1", seats: 2 },
        { name: "2", seats: 4 },
        { name: "Bar", seats: 0 },
      ],
    },
    { name: "Terrace", tables: [{ name: "T1", seats: 4 }] },
  ]);
  expect(readTables(writeTables(zones ?? []))).toEqual(zones);
  const many = Array.from({ length: 151 }, (_, n) => n + 1).join(", ");
  for (const wrong of [
    "Inside",
    "Inside:",
    "Inside: 1, 1",
    "Inside: 1; Terrace: 1",
    "Inside: 1; inside: 2",
    ": 1",
    "Inside: 1/x",
    `Inside: ${many}`,
  ])
    expect(readTables(wrong), wrong).toBeUndefined();
});
