import { asId, ok, type IntentId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { compareCauses } from "./commands.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 10);
}, 60_000);
afterAll(() => hub.close());

const standing = () => hub.rows("select reference ->> 'id' as id from tasks.task where kind = 'payment_open' and is_standing");
const compare = () => hub.must(async (ctx) => ok(await compareCauses(ctx, ["payment_open"])));

it("[PAY-36] a card whose agreement ends within a day is a task until it is charged or let go, and one that has a week is none", async () => {
  const done = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error("it is paid on the spot");
  const orderId = asId<OrderId>(done.view.id);
  const [intent] = await hub.rows<{ id: IntentId }>("select id from payments.intent where order_id = $1", [orderId]);
  const agreesFor = async (hours: number, state: string) => {
    await hub.rows("update payments.intent set authorized_until = now() + make_interval(hours => $2) where id = $1", [intent?.id, hours]);
    await hub.rows("update payments.tender set state = $2 where intent_id = $1", [intent?.id, state]);
  };
  await agreesFor(7 * 24, "authorized");
  await compare();
  expect(await standing()).toEqual([]);
  await agreesFor(20, "authorized");
  await compare();
  expect(await standing()).toEqual([{ id: orderId }]);
  await agreesFor(20, "captured");
  await compare();
  expect(await standing()).toEqual([]);
});
