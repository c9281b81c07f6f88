import { asId, type StaffId } from "@weft/kernel";
import { expect, it } from "vitest";
import { decideAct } from "./index.ts";

const ME = asId<StaffId>("me");
const OTHER = asId<StaffId>("other");

it.each([
  ["open", null, "take", { kind: "does", to: "taken" }],
  ["taken", ME, "take", { kind: "is_there" }],
  ["taken", OTHER, "take", { kind: "refused", because: "taken_by_other" }],
  ["taken", ME, "release", { kind: "does", to: "open" }],
  ["taken", OTHER, "release", { kind: "refused", because: "taken_by_other" }],
  ["open", null, "release", { kind: "is_there" }],
  ["open", null, "finish", { kind: "does", to: "done" }],
  ["taken", OTHER, "finish", { kind: "does", to: "done" }],
  ["done", null, "finish", { kind: "is_there" }],
  ["done", null, "take", { kind: "refused", because: "ended" }],
  ["gone", null, "finish", { kind: "refused", because: "ended" }],
] as const)("[TSK-3] %s, held by %s: %s → %j", (state, takenBy, act, expected) => {
  expect(decideAct({ state, takenBy }, act, ME)).toEqual(expected);
});
