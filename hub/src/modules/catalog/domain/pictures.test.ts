import { describe, expect, it } from "vitest";
import { drawnAt, fitInside, picturesOf } from "./pictures.ts";

describe("[CAT-19] the extent of a size", () => {
  it.each([
    [{ width: 4000, height: 3000 }, 1200, { width: 1200, height: 900 }],
    [{ width: 300, height: 4000 }, 1200, { width: 90, height: 1200 }],
    [{ width: 100, height: 50 }, 1200, { width: 100, height: 50 }],
    [{ width: 9000, height: 1 }, 192, { width: 192, height: 1 }],
  ])("of %j at most %i long is %j", (extent, longest, expected) => expect(fitInside(extent, longest)).toEqual(expected));

  it.each([
    ["by its box", `<svg xmlns="x" viewBox="0 0 400 200"><path/></svg>`, `<svg width="1200" height="600" xmlns="x" viewBox="0 0 400 200">`],
    [
      "by its sides",
      `<svg width="40px" height="80" xmlns="x"><path width="3"/></svg>`,
      `<svg viewBox="0 0 40 80" width="600" height="1200" xmlns="x">`,
    ],
    [
      "of a drawing that says none is a square",
      `<svg xmlns="x"><path/></svg>`,
      `<svg viewBox="0 0 1 1" width="1200" height="1200" xmlns="x">`,
    ],
  ])("%s", (_, svg, root) => {
    const drawn = drawnAt(svg, 1200);
    expect(drawn.svg.startsWith(root)).toBe(true);
    expect(drawn.svg.slice(root.length)).toBe(svg.slice(svg.indexOf(">") + 1));
    expect(Math.max(drawn.width, drawn.height)).toBe(1200);
  });
});

describe("[CAT-20] the pictures of a variant", () => {
  type Shown = { readonly url: string; readonly variantId?: string };
  const all: Shown = { url: "all" };
  const red: Shown = { url: "red", variantId: "R" };
  const blue: Shown = { url: "blue", variantId: "B" };
  it("are its own, then those of the whole product, never those of another", () => {
    expect(picturesOf({ pictures: [all, blue, red] }, "R")).toEqual([red, all]);
    expect(picturesOf({ pictures: [blue, all] }, "R")).toEqual([all]);
    expect(picturesOf({ pictures: [blue] }, "R")).toEqual([]);
    expect(picturesOf({ pictures: [all] }, "R")).toEqual([all]);
  });
});
