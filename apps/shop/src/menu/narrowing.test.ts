import { expect, it } from "vitest";
import { isNarrowed, narrowingIn, toggled } from "./narrowing.ts";

it("[CAT-13] an address says how results are narrowed down, and nonsense in it says nothing", () => {
  expect(narrowingIn(new URLSearchParams("q=milk&stock=here&price=200-400&without=milk,gluten&option=milk.oat"))).toEqual({
    inStock: "true",
    priceFrom: 200,
    priceTo: 400,
    without: "milk,gluten",
    option: "milk.oat",
  });
  expect(narrowingIn(new URLSearchParams("price=200-"))).toEqual({ priceFrom: 200 });
  expect(narrowingIn(new URLSearchParams("q=a&stock=yes&price=x&category=1&without=%3Cb%3E&option=milk"))).toEqual({});
  expect([isNarrowed({}), isNarrowed({ inStock: "true" })]).toEqual([false, true]);
});

it("a tap sets a narrowing, the same tap takes it off", () => {
  const search = new URLSearchParams("q=milk");
  expect(toggled(search, "stock", "here")).toBe("/?q=milk&stock=here");
  expect(toggled(new URLSearchParams("q=milk&stock=here"), "stock", "here")).toBe("/?q=milk");
  expect(toggled(new URLSearchParams("q=milk&price=0-200"), "price", "200-400")).toBe("/?q=milk&price=200-400");
});
