import { expect, it } from "vitest";
import { readStations, stationOf } from "./stations.ts";

it("[PLA-10] reads stations as people write them, and refuses what says two things", () => {
  expect(readStations("")).toEqual([]);
  expect(readStations(" Bar: coffee, Tea ;Kitchen:breakfast; ")).toEqual([
    { name: "Bar", categories: ["coffee", "tea"] },
    { name: "Kitchen", categories: ["breakfast"] },
  ]);
  for (const wrong of ["Bar: coffee: tea", "Bar; bar", "Bar: tea; Kitchen: tea", "Bar: hot drinks", ": tea", "A;B;C;D;E;F;G"])
    expect(readStations(wrong), wrong).toBeUndefined();
});

it("[PLA-10] the station that names the nearest category makes it; else the one that names none, else the first", () => {
  const named = readStations("Bar: drinks; Tea house: tea; Kitchen") ?? [];
  expect(stationOf(named, ["tea", "drinks"])).toBe("Tea house");
  expect(stationOf(named, ["coffee", "drinks"])).toBe("Bar");
  expect(stationOf(named, ["pastry"])).toBe("Kitchen");
  expect(stationOf(readStations("Bar: drinks; Kitchen: food") ?? [], ["mugs"])).toBe("Bar");
  expect(stationOf([], ["tea"])).toBeUndefined();
});
