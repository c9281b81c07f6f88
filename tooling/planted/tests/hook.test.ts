import { beforeAll, describe, expect, it } from "vitest";

describe("a suite", () => {
  beforeAll(() => {
    throw new Error("the hub did not start", { cause: new Error("its port is taken") });
  });
  it.each([1, 2, 3])("test %i", (n) => expect(n).toBe(n));
});
it("beside it", () => expect(1).toBe(1));
