import { expect, it } from "vitest";
import { inParts, PART_ROWS } from "./near.ts";

it("a long list is drawn in parts, none of them longer than the others, and no row is lost or doubled", () => {
  const rows = Array.from({ length: 2 * PART_ROWS + 1 }, (_, row) => row);
  const parts = inParts(rows);
  expect(parts.map(({ length }) => length)).toEqual([PART_ROWS, PART_ROWS, 1]);
  expect(parts.flat()).toEqual(rows);
  expect(inParts([])).toEqual([]);
});
