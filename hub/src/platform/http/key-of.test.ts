import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { ANONYMOUS } from "../ctx.ts";
import { openVault } from "../vault.ts";
import { keyOf } from "./serve-routes.ts";

const vault = openVault("a secret of this installation");
const hashOf = (body: unknown, url = "/v1/pin-sessions", by = vault) =>
  keyOf(by, ANONYMOUS, "access.pinSignIn", "a key of the client", { url, body }).requestHash;

it("the same request has one hash, another body or address another", () => {
  expect(hashOf({ pin: "4711" })).toEqual(hashOf({ pin: "4711" }));
  expect(hashOf({ pin: "4712" })).not.toEqual(hashOf({ pin: "4711" }));
  expect(hashOf({ pin: "4711" }, "/v1/other")).not.toEqual(hashOf({ pin: "4711" }));
});

it("a PIN cannot be tried through on a copy of the database: the hash needs the secret of the installation", () => {
  const kept = hashOf({ pin: "4711" });
  const plain = createHash("sha256")
    .update(`/v1/pin-sessions\n${JSON.stringify({ pin: "4711" })}`)
    .digest();
  expect(kept).not.toEqual(plain);
  expect(kept).not.toEqual(hashOf({ pin: "4711" }, "/v1/pin-sessions", openVault("the secret of another")));
});
