import { describe, expect, it } from "vitest";
import { corroboration } from "./corroboration.ts";

const says = (agreements: Record<string, string>) => corroboration(Object.entries(agreements).map(([field, code]) => ({ field, code })));
const names = { given: "equal_common", family: "slip" };

describe("what likeness may do by itself [IDN-24]", () => {
  it("joins the paper form with the account: names, birth date and address agree", () => {
    expect(says({ ...names, "birth date": "equal_rare", street: "equal", postcode: "equal_rare" })).toBe("join");
    expect(says({ ...names, phone: "equal", email: "slip" })).toBe("join");
  });

  it("asks about a family: another given name, or another birth date, however much they share", () => {
    const home = { family: "equal", phone: "equal", email: "equal", street: "equal", postcode: "equal" };
    expect(says({ ...home, given: "different" })).toBe("ask");
    expect(says({ ...home, given: "equal", "birth date": "different" })).toBe("ask");
  });

  it("asks where a name and one thing more agree", () => {
    expect(says({ ...names, email: "equal_rare" })).toBe("ask");
  });

  it("leaves two of one name alone, and two who only live near each other", () => {
    expect(says({ given: "equal", family: "equal" })).toBe("leave");
    expect(says({ given: "equal", family: "different", email: "local", city: "equal", postcode: "equal" })).toBe("leave");
  });
});
