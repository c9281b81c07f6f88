import { describe, expect, it } from "vitest";
import { decideStep, dueOf } from "./index.ts";

const at = (text: string) => new Date(`${text}T10:30:00Z`);

describe("[PRV-2] an answer is due", () => {
  it.each([
    ["2026-03-04", false, "2026-04-04"],
    ["2026-01-31", false, "2026-02-28"],
    ["2028-01-31", false, "2028-02-29"],
    ["2026-11-30", true, "2027-02-28"],
    ["2026-12-15", false, "2027-01-15"],
  ])("for what came on %s (extended: %s) on %s", (came, isExtended, due) => {
    expect(dueOf(at(came), isExtended)).toEqual(at(due));
  });
});

describe("[PRV-3] a step", () => {
  const open = { state: "open", isExtended: false, receivedAt: at("2026-03-04") } as const;
  const now = at("2026-03-10");

  it("closes what is open, once; a note can always be added", () => {
    expect(decideStep(open, "answered", now)).toEqual({ kind: "does", state: "answered", isExtended: false });
    expect(decideStep({ ...open, state: "answered" }, "refused", now)).toEqual({ kind: "refused", because: "closed" });
    expect(decideStep({ ...open, state: "refused" }, "note", now)).toEqual({ kind: "does", state: "refused", isExtended: false });
  });

  it("takes more time once, and only within the first month", () => {
    expect(decideStep(open, "extended", now)).toEqual({ kind: "does", state: "open", isExtended: true });
    expect(decideStep({ ...open, isExtended: true }, "extended", now)).toEqual({ kind: "refused", because: "extended_before" });
    expect(decideStep(open, "extended", at("2026-04-05"))).toEqual({ kind: "refused", because: "too_late_to_extend" });
  });
});
