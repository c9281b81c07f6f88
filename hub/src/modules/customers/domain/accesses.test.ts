import type { DeviceId, PlaceId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { groupAccesses, kindOfAccess, type Access } from "./accesses.ts";

const LYON = "0198f000-0000-7000-8000-000000000001" as PlaceId; // an id of the test
const TILL = "0198f000-0000-7000-8000-000000000002" as DeviceId; // see above
const access = (id: string, at: string, action: string, more: Partial<Access> = {}): Access => ({
  id,
  at: new Date(at),
  action,
  channelId: null,
  placeId: LYON,
  deviceId: TILL,
  deviceName: "Till 2",
  objectedAt: null,
  ...more,
});
const zone = () => "Europe/Paris";

describe("[IDN-20] who opened my file, as a person can take it in", () => {
  it("is one entry per day of the place, place and device, the newest first, with all that was done", () => {
    const groups = groupAccesses(
      [
        access("a", "2026-03-02T09:14:00Z", "customers.openAtTill"),
        access("b", "2026-03-02T09:16:00Z", "consent.decide"),
        access("c", "2026-03-02T23:30:00Z", "customers.read"), // half past midnight in Lyon: the next day
        access("d", "2026-03-02T09:20:00Z", "customers.read", { deviceId: null, deviceName: null, placeId: null }),
      ],
      zone,
    );
    expect(groups.map(({ id, count, what }) => [id, count, what])).toEqual([
      ["c", 1, ["read"]],
      ["d", 1, ["read"]],
      ["b", 2, ["changed", "opened"]],
    ]);
    expect(groups[2]).toMatchObject({ since: new Date("2026-03-02T09:14:00Z"), at: new Date("2026-03-02T09:16:00Z") });
  });

  it("keeps that somebody objected to any of them", () => {
    const objectedAt = new Date("2026-03-03T08:00:00Z");
    const [group] = groupAccesses(
      [
        access("new", "2026-03-02T09:16:00Z", "customers.read"),
        access("old", "2026-03-02T09:14:00Z", "customers.openAtTill", { objectedAt }),
      ],
      zone,
    );
    expect(group).toMatchObject({ id: "new", objectedAt });
  });

  it.each([
    ["customers.openAtTill", "opened"],
    ["customers.timeline", "read"],
    ["loyalty.read", "read"],
    ["loyalty.grant", "changed"],
    ["customers.update", "changed"],
  ])("%s counts as %s", (action, kind) => {
    expect(kindOfAccess(action)).toBe(kind);
  });
});
