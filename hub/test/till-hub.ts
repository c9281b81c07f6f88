import type { TillCommandAnswerView } from "@weft/contracts";
import { newId, ok, type CommandId, type RegisterId, type ShiftId } from "@weft/kernel";
import { LYON, tillActor, type SaleHub, type TestCart } from "./sale-hub.ts";
import { CHECKOUT_PROBLEMS } from "../src/modules/checkout/index.ts";
import { RETURN_PROBLEMS } from "../src/modules/returns/index.ts";
import type { Actor } from "../src/platform/index.ts";
import type { BadCommand, TillDeps } from "../src/modules/till/commands/context.ts";
import { addRegisters } from "../src/modules/till/commands/registers.ts";
import { takeCommands } from "../src/modules/till/commands/take-commands.ts";
import type { AnyCommand } from "../src/modules/till/domain/index.ts";
import { TILL_PROBLEMS } from "../src/modules/till/errors.ts";

const FLOAT = { lines: [{ denomination: 1000, count: 10 }] };

/** A till over a small retailer: it numbers its commands as an outbox does. */
export type TestTill = {
  readonly hub: SaleHub;
  readonly quarantined: BadCommand[];
  readonly deps: TillDeps;
  readonly actor: Actor;
  /** Writes the next command without sending it. */
  write(kind: string, body: unknown, over?: AnyCommand): AnyCommand;
  /** Sends commands as they are. */
  send(...commands: readonly AnyCommand[]): Promise<TillCommandAnswerView[]>;
  /** Writes one and sends it. */
  act(kind: string, body: unknown, over?: AnyCommand): Promise<TillCommandAnswerView>;
  /** Opens a shift with 100.00 in the drawer. */
  open(): Promise<ShiftId>;
  sale(cart: TestCart, shiftId: ShiftId, tenders: readonly unknown[], over?: AnyCommand): Promise<TillCommandAnswerView>;
};

/** A register of its own per till, so that tests of one file do not share a row. */
export async function testTill(hub: SaleHub, registerId: RegisterId = newId<RegisterId>(), training = false): Promise<TestTill> {
  await hub.must(async (ctx) => {
    const added = await addRegisters(ctx, [{ id: registerId, placeId: LYON, name: `Till ${registerId}`, training }]);
    return added.ok ? ok(null) : added;
  });
  const base = tillActor();
  const actor: Actor = { ...base, device: base.device && { ...base.device, registerId, ...(training && { isTraining: true }) } };
  const quarantined: BadCommand[] = [];
  const deps: TillDeps = { ...hub.deps, signer: hub.signer, quarantine: async (_ctx, item) => quarantined.push(item) };
  let seq = 0;
  const till: TestTill = {
    hub,
    quarantined,
    deps,
    actor,
    write(kind, body, over = {}) {
      seq += 1;
      return { id: newId<CommandId>(), registerId, seq, schema: 1, at: new Date().toISOString(), staffId: null, kind, body, ...over };
    },
    send: (...commands) =>
      takeCommands(deps, { ...CHECKOUT_PROBLEMS, ...RETURN_PROBLEMS, ...TILL_PROBLEMS }, { ...hub.around, actor }, commands),
    async act(kind, body, over) {
      const [answer] = await till.send(till.write(kind, body, over));
      if (!answer) throw new Error("the command was not answered");
      return answer;
    },
    async open() {
      const shiftId = newId<ShiftId>();
      await till.act("shift.open", { shiftId, float: FLOAT });
      return shiftId;
    },
    sale: (cart, shiftId, tenders, over) =>
      till.act(
        "sale.complete",
        {
          shiftId,
          cartId: cart.id,
          completion: { fulfillment: { kind: "take_away", placeId: LYON }, tenders, expectedTotal: cart.view.totals.total },
        },
        over,
      ),
  };
  return till;
}
