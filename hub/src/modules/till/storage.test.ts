import { afterAll, beforeAll, expect, it } from "vitest";
import { ownRegister } from "../../../test/own-register.ts";
import { LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill } from "../../../test/till-hub.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 100);
}, 60_000);
afterAll(() => hub.close());

it("[TIL-42] what a second copy had comes back with its ids and times and is executed once; the log says what the hub had, what was found and what nobody has", async () => {
  const till = await testTill(hub);
  const register = await ownRegister(hub, till);
  const shiftId = await till.open();
  const [sent, copied, lost] = [1, 2, 3].map(() => register.sell(shiftId, [[MUG, 1]]));
  if (!sent || !copied || !lost) throw new Error("three were sold");
  await till.send(sent);
  // The storage is gone. The bridge had the second of them, the third was on the disk alone; its number is given anew, and nothing else.
  const registerId = till.actor.device?.registerId;
  const restored = till.write("storage.restored", { hubHad: 2, found: 1, missing: 1, from: "bridge" }, { seq: 4 });
  const answers = await till.send(copied, restored);
  expect(answers.map(({ outcome, seq }) => [outcome, seq])).toEqual([
    ["done", 3],
    ["done", 4],
  ]);
  expect(await till.send(copied, copied)).toEqual([answers[0], answers[0]]);
  const [noted] = await hub.rows<{ document: object }>(
    "select body -> 'document' as document from till.fiscal_entry where register_id = $1 and kind = 'storage.restored'",
    [registerId],
  );
  expect(noted?.document).toEqual({ hubHad: 2, found: 1, missing: 1, from: "bridge" });
  const sold = await hub.rows<{ at: Date }>("select at from till.sale where register_id = $1 order by seq", [registerId]);
  expect(sold.map(({ at }) => at.toISOString())).toEqual([sent["at"], copied["at"]]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});
