import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId, ok, type Id } from "@weft/kernel";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { afterRestore } from "../src/after-restore.ts";
import { INVARIANTS } from "../src/invariants.ts";
import { migrationFolders } from "../src/modules.ts";
import { CHECKOUT_PROBLEMS } from "../src/modules/checkout/index.ts";
import { receiveStock } from "../src/modules/stock/index.ts";
import { takeCommands } from "../src/modules/till/commands/take-commands.ts";
import type { AnyCommand } from "../src/modules/till/domain/index.ts";
import { TILL_PROBLEMS } from "../src/modules/till/errors.ts";
import { checkInvariants, createSnapshots, finishRestore, restoreBackup, takeBackup, type Surroundings } from "../src/platform/index.ts";
import { emptyDatabase } from "./database.ts";
import { variantId } from "./goods-hub.ts";
import { BEANS, CAPPUCCINO, LYON, MUG, saleHub, type SaleHub, type TestCart } from "./sale-hub.ts";
import { testTill, type TestTill } from "./till-hub.ts";

let hub: SaleHub;
let till: TestTill;
let folder: string;
let restored: pg.Pool;
beforeAll(async () => {
  hub = await saleHub();
  till = await testTill(hub);
  folder = await mkdtemp(join(tmpdir(), "weft-till-restore-"));
  restored = new pg.Pool({ ...(await emptyDatabase()).poolConfig, max: 4 });
  restored.on("error", () => undefined);
}, 60_000);
afterAll(async () => {
  await restored.end();
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const CASH = [{ kind: "cash", received: 5000 }];

/** A sale as the till writes it: with what was on the ticket. */
function saleOf(shiftId: string, { id, view }: TestCart): AnyCommand {
  return till.write("sale.complete", {
    shiftId,
    cartId: id,
    completion: {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: CASH,
      expectedTotal: view.totals.total,
    },
    ticket: {
      customerId: null,
      codes: [],
      lines: view.lines.map(({ sku, quantity }) => ({ sku, quantity, options: [] })),
    },
  });
}

it("[TIL-10] what a till did after the backup is sent again and counts: same sales, same receipts, same cash", async () => {
  const receipts = [MUG, BEANS].map((goods) => ({
    entryId: newId<Id<"stock entry">>(),
    variantId: variantId(goods),
    placeId: LYON,
    quantity: 20,
    safety: 0,
  }));
  await hub.must(async (ctx) => ok(await receiveStock(ctx, receipts, "delivery")));
  const shiftId = await till.open();
  const before = saleOf(shiftId, await hub.cart([[MUG, 1]], { actor: till.actor }));
  await till.send(before);
  const path = join(folder, "till.backup");
  await takeBackup({ pool: hub.pool, path, version: "1.0.0" });

  // These the backup does not know: neither the commands, nor the carts that were paid.
  const lost = [
    saleOf(
      shiftId,
      await hub.cart(
        [
          [MUG, 2],
          [BEANS, 1],
        ],
        { actor: till.actor },
      ),
    ),
    till.write("cash.move", { shiftId, direction: "out", amount: 1000, reason: "milk" }),
    saleOf(shiftId, await hub.cart([[CAPPUCCINO, 3]], { actor: till.actor })),
  ];
  const then = await till.send(...lost);
  expect(then.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);

  await restoreBackup({
    pool: restored,
    path,
    folders: migrationFolders(),
    vault: hub.vault,
    log: hub.around.log,
    afterwards: { erasedRecordIds: [] },
  });
  await finishRestore(restored, afterRestore(restored, hub.around.log, hub.vault));
  const around: Surroundings = {
    ...hub.around,
    pool: restored,
    snapshots: createSnapshots({ pool: restored, log: hub.around.log }),
    actor: till.actor,
  };
  const send = (...commands: AnyCommand[]) => takeCommands(till.deps, { ...CHECKOUT_PROBLEMS, ...TILL_PROBLEMS }, around, commands);
  const [gap] = await send(till.write("drawer.open", { shiftId, reason: "look" }));
  expect(gap).toMatchObject({ outcome: "refused", problem: { code: "till.out_of_order", expectedSeq: lost[0]?.["seq"] } });

  // [ARC-10] The journal of the legal entity says that the database was restored, once, by whom it is asked.
  await finishRestore(restored, afterRestore(restored, hub.around.log, hub.vault));
  const told = await restored.query(
    "select entry #> '{body,document}' as document from till.hub_entry where entry #>> '{body,document,code}' = '240'",
  );
  expect(told.rows).toMatchObject([{ document: { message: "database restored from a backup", detail: { epoch: 2 } } }]);

  const again = await send(before, ...lost);
  expect(again.map(({ outcome, problem }) => [outcome, problem])).toEqual(again.map(() => ["done", null]));
  expect(again.slice(1).map(({ receiptNumber }) => receiptNumber)).toEqual(then.map(({ receiptNumber }) => receiptNumber));
  expect(await send(before, ...lost)).toEqual(again);
  expect(await cashAndGoods(restored)).toEqual(await cashAndGoods(hub.pool));
  const { results } = await checkInvariants(restored, INVARIANTS);
  expect(results.filter(({ violations }) => violations > 0).map(({ name, examples }) => [name, examples])).toEqual([]);
}, 60_000);

async function cashAndGoods(pool: pg.Pool): Promise<unknown[]> {
  const { rows } = await pool.query(`
    select (select count(*)::int from orders.orders) as orders, (select sum(total)::int from till.sale) as sold,
           (select sum(amount)::int from till.cash_event) as drawer,
           (select array_agg(on_hand order by variant_id, place_id) from stock.level) as stock`);
  return rows;
}
