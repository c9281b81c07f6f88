import type { CartView, ChannelKind } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { changedElsewhere } from "./changed-elsewhere.ts";

type Line = readonly [id: string, quantity: number, by: ChannelKind];

// A cart as far as the rule reads it.
const cart = (version: number, lines: readonly Line[], holders: readonly ChannelKind[] = ["web"], id = "cart"): CartView =>
  ({
    id,
    version,
    codes: [],
    lines: lines.map(([lineId, quantity, by]) => ({ id: lineId, quantity, addedBy: { channelKind: by, at: "2026-11-22T10:00:00Z" } })),
    holders: holders.map((channelKind) => ({ channelKind })),
  }) as unknown as CartView;

it("[SHC-2] a line that another channel added names that channel", () => {
  expect(
    changedElsewhere(
      cart(1, [["a", 1, "web"]]),
      cart(2, [
        ["a", 1, "web"],
        ["b", 1, "store"],
      ]),
      false,
    ),
  ).toBe("store");
});

it("[SHC-2] a changed quantity is the only other holder's, unless this browser sent something itself", () => {
  const before = cart(1, [["a", 1, "web"]]);
  const after = cart(2, [["a", 3, "web"]], ["web", "phone"]);
  expect(changedElsewhere(before, after, false)).toBe("phone");
  expect(changedElsewhere(before, after, true)).toBeUndefined();
});

it("[SHC-2] with two other holders nobody is named, and a known version says nothing", () => {
  const before = cart(2, [["a", 1, "web"]]);
  expect(changedElsewhere(before, cart(3, [["a", 2, "web"]], ["web", "phone", "store"]), false)).toBeUndefined();
  expect(changedElsewhere(before, cart(2, [["b", 2, "store"]]), false)).toBeUndefined();
  expect(changedElsewhere(before, cart(3, [["b", 2, "store"]], ["web"], "another"), false)).toBeUndefined();
});

it("[SHC-2] who joins or leaves does not change what is in the cart", () => {
  expect(changedElsewhere(cart(1, [["a", 1, "web"]]), cart(2, [["a", 1, "web"]], ["web", "store"]), false)).toBeUndefined();
});
