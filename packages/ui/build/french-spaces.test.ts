import { expect, it } from "vitest";
import { withFrenchSpaces } from "./french-spaces.ts";

it("no line of a French text begins with a mark, and its arguments stay as they are", () => {
  const said = { ask: "Vraiment ? Oui ; non : « peut-être » !", count: "{count, plural, one {# ligne} other {# lignes}} ; fin" };
  expect(withFrenchSpaces(said)).toEqual({
    ask: "Vraiment\u202F? Oui\u202F; non\u00A0: «\u00A0peut-être\u00A0»\u202F!",
    count: "{count, plural, one {# ligne} other {# lignes}}\u202F; fin",
  });
});
