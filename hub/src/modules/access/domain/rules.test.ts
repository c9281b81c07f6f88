import type { Role } from "@weft/contracts";
import { describe, expect, it } from "vitest";
import { afterFailure, isBlocked, type Attempts } from "./attempts.ts";
import { visibleFields } from "./field-classes.ts";
import { mayActAt, mayCall, type Caller } from "./may-call.ts";
import { mayGive } from "./staff-rules.ts";

const nobody: Caller = { kind: "anonymous", customer: null, staff: null, device: null, keyId: null, cartToken: null };
const staff = (roles: Role[], placeIds: string[] = []): Caller => ({ ...nobody, kind: "staff", staff: { roles, placeIds } });
const till = { kind: "till", placeId: "lyon" } as const;

describe("[ACC-1] may call", () => {
  it.each([
    ["nobody reads the catalog with a key they do not have", nobody, "products.list", 401],
    ["a cart token alone is a credential that does not suffice for people", { ...nobody, cartToken: "t" }, "customers.read", 403],
    ["a cart token opens carts; whose it is, carts decides", { ...nobody, cartToken: "t" }, "carts.read", true],
    [
      "a secret key is no publishable one: it does not need to claim at a phone",
      { ...nobody, kind: "secret", keyId: "k" },
      "customers.claim",
      403,
    ],
    [
      "a board does not send what tills did",
      { ...nobody, kind: "device", device: { kind: "board", placeId: "lyon" } },
      "till.commands",
      403,
    ],
    ["two roles together may what either may", staff(["barista", "privacy_officer"]), "customers.erase", true],
    ["staff without a role may nothing", staff([]), "places.tree", 403],
    ["a cashier away from the till", staff(["cashier"]), "customers.findAtTill", 403],
    ["the same at the till", { ...staff(["cashier"]), device: till }, "customers.findAtTill", true],
    ["the hub itself", { ...nobody, kind: "system" }, "customers.erase", true],
  ] as const)("%s", (_name, caller, operation, expected) => {
    const decision = mayCall(operation, caller);
    expect(decision.allowed ? true : decision.status).toBe(expected);
  });
});

describe("[ACC-2] roles hold at places", () => {
  it.each([
    [staff(["manager"]), "lyon", true],
    [staff(["manager"]), null, true],
    [staff(["manager"], ["lyon"]), "lyon", true],
    [staff(["manager"], ["lyon"]), "paris", false],
    [staff(["manager"], ["lyon"]), null, false],
    [{ ...nobody, kind: "device", device: till } as const, "lyon", true],
    [{ ...nobody, kind: "device", device: till } as const, "paris", false],
    [{ ...nobody, kind: "secret", keyId: "k" } as const, "paris", true],
  ])("%j at %s: %s", (caller, placeId, expected) => expect(mayActAt(caller, placeId)).toBe(expected));
});

describe("[ACC-4] what staff see of other people", () => {
  it.each([
    [["barista"], []],
    [["cashier"], ["purchases", "money"]],
    [["marketer"], ["purchases"]],
    [["barista", "marketer"], ["purchases"]],
    [["agent"], ["contact", "purchases", "money", "notes"]],
  ] as [Role[], string[]][])("%j sees %j", (roles, classes) => expect([...visibleFields(staff(roles))]).toEqual(classes));

  it("a shopper sees nothing of others, a secret key all of its channel's", () => {
    expect(visibleFields({ kind: "customer", staff: null }).size).toBe(0);
    expect(visibleFields({ kind: "secret", staff: null }).size).toBe(4);
  });
});

describe("[ACC-5] wrong tries", () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

  it("five are free; then 30 s, a minute, two, up to a quarter of an hour; an hour of quiet forgets them", () => {
    let attempts: Attempts | undefined;
    const waits: number[] = [];
    let now = 0;
    for (let i = 0; i < 12; i++) {
      attempts = afterFailure(attempts, at(now));
      const wait = attempts.blockedUntil ? (attempts.blockedUntil.getTime() - at(now).getTime()) / 1000 : 0;
      waits.push(wait);
      now += wait;
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(afterFailure(attempts, at(now + 3600))).toEqual({ failures: 1, lastAt: at(now + 3600), blockedUntil: null });
  });

  it("is closed until the instant, and open at it", () => {
    const attempts = { failures: 6, lastAt: at(0), blockedUntil: at(30) };
    expect([isBlocked(attempts, at(29)), isBlocked(attempts, at(30)), isBlocked(undefined, at(0))]).toEqual([true, false, false]);
  });
});

describe("[ACC-6] who gives what", () => {
  const standing = (roles: Role[], placeIds: string[] = []) => ({ roles, placeIds });
  it.each([
    [standing(["owner"]), standing(["owner"]), true],
    [standing(["manager"], ["lyon", "paris"]), standing(["cashier"], ["lyon"]), true],
    [standing(["manager"], ["lyon"]), standing(["cashier"], ["lyon", "paris"]), false],
    [standing(["manager"], ["lyon"]), standing(["cashier"]), false],
    [standing(["manager"]), standing(["manager"]), true],
    [standing(["manager"]), standing(["privacy_officer"]), false],
    [standing(["cashier"], ["lyon"]), standing(["barista"], ["lyon"]), false],
  ])("%j gives %j: %s", (giver, given, expected) => expect(mayGive(giver, given)).toBe(expected));
});
