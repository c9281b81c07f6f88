import { expect, it } from "vitest";
import { mergeMessage, subjectKey } from "./merge.ts";

const cart = { id: "c", version: 4, lines: [1], note: "kept" };
const message = (version: number, patch: Record<string, unknown> | null = { lines: [1, 2] }) => ({ subject: "cart/c", version, patch });

it("[LVC-1] the next version is applied over what is held, and names its version", () => {
  expect(mergeMessage(cart, message(5))).toEqual({
    kind: "apply",
    value: { id: "c", version: 5, lines: [1, 2], note: "kept" },
    missed: false,
  });
});

it("[LVC-1] a version that is known already changes nothing, because streams repeat themselves after a reconnect", () => {
  expect(mergeMessage(cart, message(4))).toEqual({ kind: "ignore" });
  expect(mergeMessage(cart, message(2))).toEqual({ kind: "ignore" });
});

it("[LVC-1] after a missed version the newest is shown at once and the screen asks", () => {
  expect(mergeMessage(cart, message(6))).toMatchObject({ kind: "apply", value: { version: 6 }, missed: true });
});

it("[LVC-1] without a patch, or anything to compare with, the screen can only ask", () => {
  expect(mergeMessage(cart, message(5, null))).toEqual({ kind: "refetch" });
  expect(mergeMessage(undefined, message(5))).toEqual({ kind: "refetch" });
  expect(mergeMessage({ lines: [] }, message(5))).toEqual({ kind: "refetch" });
});

it("[LVC-1] any order of any messages ends at the newest version, never at an older one", () => {
  for (const order of [
    [5, 6, 7],
    [7, 5, 6],
    [6, 5, 7],
    [5, 5, 7, 6],
  ]) {
    let held: unknown = cart;
    for (const version of order) {
      const merge = mergeMessage(held, message(version, { at: version }));
      if (merge.kind === "apply") held = merge.value;
    }
    expect(held).toMatchObject({ version: 7, at: 7 });
  }
});

it("a subject is the key of its query: noun and id", () => {
  expect(subjectKey("cart/0195")).toEqual(["cart", "0195"]);
  expect(subjectKey("stock_level/v/p")).toEqual(["stock_level", "v/p"]);
});
