import { readFileSync } from "node:fs";
import { TillCommand } from "@weft/contracts";
import { describe, expect, it } from "vitest";
import { numberOf } from "../fiscal/index.ts";
import { likelyCash, receiptPrefixes, sumOfCount, upgradeCommand, type AnyCommand } from "./index.ts";

describe("cash", () => {
  it.each([
    [460, [460, 500, 600, 1000, 2000]],
    [2000, [2000, 5000, 10_000, 20_000]],
    [0, [0]],
  ])("[CSH-1] for %i the likely amounts begin with the exact one and rise", (total, expected) => {
    const amounts = likelyCash(total, "EUR");
    expect(amounts[0]).toBe(total);
    expect(amounts).toEqual([...amounts].toSorted((a, b) => a - b));
    expect(amounts).toEqual(expected);
  });

  it("[CSH-2] a count is the sum of its coins and notes", () => {
    expect(
      sumOfCount([
        { denomination: 2000, count: 3 },
        { denomination: 5, count: 7 },
      ]),
    ).toBe(6035);
  });
});

describe("receipt numbers", () => {
  it("[RCP-1] begin as short as the place allows", () => {
    expect(receiptPrefixes("lyon-bellecour").slice(0, 3)).toEqual(["LYB", "LYOB", "LYONB"]);
    expect(receiptPrefixes("lyon-part-dieu")[0]).toBe("LYPD");
    expect(receiptPrefixes("7")[0]).toBe("TI");
  });

  it("[RCP-2] carry the chain's number, and training at a glance", () => {
    expect(numberOf("LYB1", "T", 123)).toBe("LYB1-000123");
    expect(numberOf("LYB1", "X", 4)).toBe("LYB1-X000004");
  });
});

describe("commands of every released schema", () => {
  it("[TIL-7] schema 1, as released, is read to the byte", () => {
    const golden = JSON.parse(readFileSync(new URL("golden/schema-1.json", import.meta.url), "utf8")) as {
      given: AnyCommand;
      read: unknown;
    }[]; // kept beside this test
    for (const { given, read } of golden) expect(TillCommand.parse(upgradeCommand(given))).toEqual(read);
    const kinds = (list: readonly unknown[]) => new Set(list);
    expect(kinds(golden.map(({ given }) => given["kind"]))).toEqual(kinds(TillCommand.options.map((option) => option.shape.kind.value)));
  });

  it("[TIL-7] one that this hub does not know is not guessed at", () => {
    expect(upgradeCommand({ schema: 2 })).toBeUndefined();
    expect(upgradeCommand({ schema: "1" })).toBeUndefined();
  });
});
