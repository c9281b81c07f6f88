import { describe, expect, it } from "vitest";
import { amountSetting, inheritSettings, settingKeys, settingProblems, withChanges, type SettingSource } from "./settings.ts";

const lyon: SettingSource = { kind: "group", id: "g-lyon", name: "Lyon", settings: { holdMinutes: 20 } };
const france: SettingSource = { kind: "group", id: "g-fr", name: "France", settings: { holdMinutes: 25, receiptFooter: "Merci" } };
const store: SettingSource = { kind: "place", id: "p-1", name: "Bellecour", settings: { closingSoonMinutes: 10 } };

describe("[PLA-2] settings are inherited from the nearest who sets them", () => {
  it("and each says where it comes from", () => {
    const settings = inheritSettings([store, lyon, france]);
    const of = (key: string) => settings.find((setting) => setting.key === key);
    expect(of("closingSoonMinutes")).toEqual({ key: "closingSoonMinutes", value: 10, from: "place", fromId: "p-1", fromName: "Bellecour" });
    expect(of("holdMinutes")).toEqual({ key: "holdMinutes", value: 20, from: "group", fromId: "g-lyon", fromName: "Lyon" });
    expect(of("receiptFooter")).toEqual({ key: "receiptFooter", value: "Merci", from: "group", fromId: "g-fr", fromName: "France" });
    expect(of("anonymousMaxUnits")).toEqual({ key: "anonymousMaxUnits", value: 30, from: "default", fromId: null, fromName: null });
  });

  it("every known setting is answered, also where nobody sets any", () => {
    expect(inheritSettings([]).map(({ key }) => key)).toEqual(settingKeys());
  });

  it("a null takes the own value away, so that it is inherited again", () => {
    const own = withChanges({ holdMinutes: 5, receiptFooter: "Bye" }, { holdMinutes: null });
    expect(own).toEqual({ receiptFooter: "Bye" });
  });

  it("unknown settings and values out of bounds are refused with what is expected; null is always accepted", () => {
    expect(settingProblems({ holdMinutes: 61, colour: "red", receiptFooter: null, toString: 1 })).toEqual([
      { key: "holdMinutes", because: "value", expected: "a whole number from 1 to 60" },
      { key: "colour", because: "unknown", expected: expect.stringContaining("holdMinutes") },
      { key: "toString", because: "unknown", expected: expect.stringContaining("holdMinutes") },
    ]);
    expect(settingProblems({ holdMinutes: 15, receiptFooter: "x".repeat(300) })).toEqual([]);
    expect(settingProblems({ holdMinutes: 1.5 })).toHaveLength(1);
    expect(settingProblems({ shipRouting: "cheapest" })).toEqual([]);
    expect(settingProblems({ shipRouting: "dearest" })).toMatchObject([
      { key: "shipRouting", expected: expect.stringContaining("nearest") },
    ]);
  });
});

it("[PLA-2] settings that are amounts say their bounds, so that screens ask for money and not for cents", () => {
  expect(amountSetting("valueMostAlone")).toMatchObject({ least: 0, most: 1_000_000 });
  expect(amountSetting("returnDays")).toBeUndefined();
  expect(amountSetting("toString")).toBeUndefined();
  expect(settingProblems({ shipCost: -1 })).toMatchObject([{ expected: "a whole number of minor units from 0 to 1000000" }]);
});
