import { expect, it } from "vitest";
import { addressProblems, tidyAddress, type DeliveryAddress } from "./index.ts";

const BERLIN: DeliveryAddress = {
  name: "Léa Martin",
  line1: "Webergasse 22",
  line2: null,
  postcode: "10178",
  city: "Berlin",
  country: "DE",
};
const problems = (given: Partial<DeliveryAddress>) => addressProblems(tidyAddress({ ...BERLIN, ...given }));

it("[PRM-8] an address is kept without stray blanks, its postcode as it is written in its country", () => {
  expect(tidyAddress({ ...BERLIN, name: " Léa  Martin ", line2: "  ", postcode: "D-10178", country: "de" })).toEqual(BERLIN);
  expect(tidyAddress({ ...BERLIN, postcode: "69 002", country: "FR" }).postcode).toBe("69002");
  expect(tidyAddress({ ...BERLIN, postcode: "1012ab", country: "NL" }).postcode).toBe("1012 AB");
  expect(tidyAddress({ ...BERLIN, postcode: "e1 6an", country: "GB" }).postcode).toBe("E1 6AN");
});

it.each([
  ["DE", "10178", "1017"],
  ["FR", "69002", "00123"],
  ["ES", "08002", "53001"],
  ["AT", "1010", "0101"],
  ["NL", "1012 AB", "1012"],
  ["PT", "1100-148", "1100"],
  ["AD", "AD500", "500"],
])("[PRM-8] in %s %s is a postcode and %s is none, with an example", (country, right, wrong) => {
  expect(problems({ country, postcode: right })).toEqual([]);
  expect(problems({ country, postcode: wrong })).toEqual([{ path: "postcode", code: "postcode_shape", example: expect.any(String) }]);
});

it("[PRM-8] names every part that is missing, in the order of the form", () => {
  expect(problems({ name: " ", line1: "", city: "" }).map(({ path }) => path)).toEqual(["name", "line1", "city"]);
});

it("[PRM-8] a country whose postcodes are not known here takes any", () => {
  expect(problems({ country: "NO", postcode: "0150" })).toEqual([]);
});
