import { expect, it } from "vitest";
import { openVault } from "./vault.ts";

const vault = openVault("a secret that is long enough for tests");

it("opens what it sealed, and the same text never looks the same", () => {
  expect(vault.open(vault.seal("482913"))).toBe("482913");
  expect(vault.seal("482913")).not.toBe(vault.seal("482913"));
});

it("opens nothing that was changed, cut, or sealed with another secret", () => {
  const sealed = vault.seal("482913");
  const changed = (sealed.startsWith("A") ? "B" : "A") + sealed.slice(1);
  expect(vault.open(changed)).toBeNull();
  expect(vault.open(sealed.slice(0, 20))).toBeNull();
  expect(openVault("another secret, just as long as it").open(sealed)).toBeNull();
});

it("keeps hashes of one purpose comparable, and of two purposes apart", () => {
  expect(vault.mac("collection", "482913").equals(vault.mac("collection", "482913"))).toBe(true);
  expect(vault.mac("collection", "482913").equals(vault.mac("sign-in", "482913"))).toBe(false);
});
