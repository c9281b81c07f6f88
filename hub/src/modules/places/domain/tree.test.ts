import { expect, it } from "vitest";
import { mayStandBelow } from "./tree.ts";

const TREE = [
  { id: "chain", parentId: null },
  { id: "france", parentId: "chain" },
  { id: "lyon", parentId: "france" },
  { id: "germany", parentId: "chain" },
];

it.each([
  ["lyon", "germany", true],
  ["lyon", null, true],
  ["france", "lyon", false],
  ["france", "france", false],
  ["chain", "lyon", false],
  ["germany", "lyon", true],
])("[PLA-6] %s below %s: %s", (group, parent, may) => expect(mayStandBelow(TREE, group, parent)).toBe(may));

it("[PLA-6] ends also where the tree holds a circle already", () => {
  const circle = [
    { id: "a", parentId: "b" },
    { id: "b", parentId: "a" },
  ];
  expect(mayStandBelow(circle, "c", "a")).toBe(true);
});
