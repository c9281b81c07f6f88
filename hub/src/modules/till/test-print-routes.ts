import { asId, err, ok, type RegisterId } from "@weft/kernel";
import { mayActAt } from "../access/index.ts";
import { livePresenter, read, write, type LivePresenter, type ReadCtx, type Route } from "../../platform/index.ts";
import { askTestPrint, endTestPrint, type TestPrintId } from "./commands/test-prints.ts";
import { TILL_PROBLEMS, type TillError } from "./errors.ts";
import { TestPrintAsked } from "./events.ts";
import { readRegister } from "./queries/registers.ts";
import { testPrintOf } from "./queries/test-prints.ts";

const PROBLEMS = { problems: TILL_PROBLEMS };
const NOT_A_TILL: TillError = { code: "till.not_a_till" };
const ownRegister = ({ actor }: Pick<ReadCtx, "actor">): RegisterId | null => actor.device?.registerId ?? null;

/** Pages that the office has a till print, to see whether its printer works [TIL-80]. */
export const testPrintRoutes: readonly Route[] = [
  write(
    "till.askTestPrint",
    async (ctx, { params }) => {
      const id = asId<RegisterId>(params.id);
      const register = await readRegister(ctx, id);
      if (!register || !mayActAt(ctx.actor, register.placeId)) return err<TillError>({ code: "till.register_unknown" });
      const asked = await askTestPrint(ctx, id);
      if (!asked.ok) return asked;
      const test = await testPrintOf(ctx, id);
      return test ? ok(test) : err<TillError>({ code: "till.no_printer" });
    },
    PROBLEMS,
  ),
  read(
    "till.testPrint",
    async (ctx) => {
      const id = ownRegister(ctx);
      if (id === null) return err(NOT_A_TILL);
      const test = await testPrintOf(ctx, id);
      return ok({ id: test?.state === "asked" ? test.id : null });
    },
    PROBLEMS,
  ),
  write(
    "till.endTestPrint",
    async (ctx, { params, body }) => {
      const id = ownRegister(ctx);
      if (id === null) return err(NOT_A_TILL);
      await endTestPrint(ctx, id, asId<TestPrintId>(params.id), body.problem);
      return ok(null);
    },
    PROBLEMS,
  ),
];

/** Tells the till of a register that it is asked for something: `register/<id>`. It carries nothing: the till asks what it is. */
export function registerLive(): LivePresenter {
  const lastOf = new Map<string, number>();
  return livePresenter({
    kind: "register",
    affectedBy: [
      {
        event: TestPrintAsked,
        subject({ data, position }) {
          const { registerId } = data as { registerId: string }; // the schema of the event
          lastOf.set(registerId, position);
          return [`register/${registerId}`];
        },
      },
    ],
    authorize: async ({ actor }, id) => (actor.device?.registerId === id ? "register" : null),
    present: async (_ctx, id) => ({ version: lastOf.get(id) ?? 0, patch: {} }),
  });
}
