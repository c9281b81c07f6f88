import { newId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";
import { announceRecall, tellBuyers } from "../src/modules/batches/commands.ts";
import { operate } from "../src/modules/carts/index.ts";
import { catalogSnapshot } from "../src/modules/catalog/index.ts";
import { recallMessagesJob } from "../src/modules/messages/index.ts";
import { salesCalledBack, sumsCalledBack } from "../src/modules/orders/index.ts";
import { variantId } from "./goods-hub.ts";
import { jobContext } from "./job-context.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, saleHub, WEB, type SaleHub } from "./sale-hub.ts";
import { statementsWith } from "./statements-of.ts";
import { testTill } from "./till-hub.ts";

/** `orders` of four lines each, `sold` of them of what is called back; every fifth of the `buyers` bought it twice. */
const { isProof, size, seed } = proofRun("recall", {
  part: { orders: 250, buyers: 120, sold: 150 },
  short: { orders: 50_000, buyers: 10_000, sold: 12_000 },
  full: { orders: 250_000, buyers: 50_000, sold: 60_000 },
});
const BRAND = { name: "Trama", accent: "#96391d" };

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());

it(
  `[BAT-5] ${size.buyers} buyers among ${size.orders * 4} lines are told once each, in slices, also where a node went away in between`,
  async () => {
    await sellMany();
    const recall = await callBack();
    const [sums, sumsMs] = await timed(() => sumsCalledBack(hub, recall));
    expect([sums.known, sums.unknown]).toEqual([known(size.sold), size.sold - known(size.sold)]);
    const [page, pageMs] = await timed(() => salesCalledBack(hub, recall, { after: null, limit: 50 }));
    expect(page).toHaveLength(50);
    await hub.must((ctx) => tellBuyers(ctx, recall.id));
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
    const half = await counted(() => tellUntil(recall.id, Math.ceil(size.buyers / 200)));
    const told = await toldOf(recall.id);
    expect(told?.buyers).toBeGreaterThan(0);
    expect(told?.buyers).toBeLessThan(known(size.buyers));
    const rest = await counted(() => tellUntil(recall.id));
    clearInterval(watch);
    const whole = { buyers: known(size.buyers), queued: known(size.buyers), messages: known(size.buyers), addresses: known(size.buyers) };
    expect(await toldOf(recall.id)).toEqual(whole);
    const again = await counted(() => tellUntil(recall.id));
    expect(await toldOf(recall.id)).toEqual(whole);
    if (!isProof) return;
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
    await recordProof("recall", seed, [
      `${size.orders * 4} lines of ${size.orders} orders, ${size.sold} of them of the batch that is called back, by ${size.buyers} people: counted by place in ${seconds(sumsMs)}, the newest 50 listed in ${seconds(pageMs)}`,
      `${known(size.buyers)} messages written in ${seconds(half.ms + rest.ms)} by ${half.statements + rest.statements} statements, ${((half.statements + rest.statements) / size.buyers).toFixed(1)} each, broken off after half of them and gone on with; at most ${((most - before) / 1e6).toFixed(0)} MB more memory`,
      `asked again: nobody was told twice, in ${seconds(again.ms)} by ${again.statements} statements`,
    ]);
  },
  isProof ? 3_600_000 : 60_000,
);

async function counted(work: () => Promise<void>): Promise<{ readonly ms: number; readonly statements: number }> {
  const [statements, ms] = await timed(() => statementsWith("", work));
  return { ms, statements };
}

/** Every fiftieth buyer left no address, and nobody knows them otherwise. */
const known = (sold: number): number => Array.from({ length: sold }, (_, n) => n % size.buyers).filter((n) => n % 50 !== 49).length;

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  return [await work(), performance.now() - begun];
}

/** Runs the job, and breaks it off as a node that goes away would, after so many of its transactions. */
async function tellUntil(recallId: string, transactions = Infinity): Promise<void> {
  const context = jobContext(hub, new Date());
  const stop = new AbortController();
  let left = transactions;
  const job = recallMessagesJob({ brand: BRAND });
  await job
    .handle(
      {
        ...context,
        signal: stop.signal,
        write: async (work) => {
          left -= 1;
          if (left < 0) throw new Error("the node went away");
          return context.write(work);
        },
      },
      { recallId },
    )
    .catch((error: Error) => {
      if (error.message !== "the node went away") throw error;
    });
}

async function toldOf(recallId: string) {
  const [row] = await hub.rows<{ buyers: number; queued: number; messages: number; addresses: number }>(
    `select count(*)::int as buyers, count(*) filter (where outcome = 'queued')::int as queued,
            (select count(*)::int from messages.outbound where template = 'recall') as messages,
            (select count(distinct recipient)::int from messages.outbound where template = 'recall') as addresses
       from messages.recall_receiver where recall_id = $1`,
    [recallId],
  );
  return row;
}

async function callBack() {
  const catalog = await hub.around.snapshots.current(catalogSnapshot);
  const productId = catalog.variantOf(variantId(MUG))?.product.id;
  if (!productId) throw new Error("mugs are sold");
  const goods = { productId, variantId: null, batches: ["BAD"], serials: [], soldFrom: null };
  const recall = await hub.must((ctx) => announceRecall(ctx, { ...goods, reason: { en: "Glass in the glaze" }, advice: null }));
  hub.around.snapshots.invalidate();
  return recall;
}

/** One order is sold by the real commands; the others are copies of it with ids and buyers of their own. */
async function sellMany(): Promise<void> {
  for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 10);
  const till = await testTill(hub);
  const shiftId = await till.open();
  const open = await hub.cart([[BEANS, 1], [CROISSANT, 1], [CAPPUCCINO, 1]], { actor: till.actor }); // prettier-ignore
  const add = { id: newId<never>(), kind: "add" as const, sku: `SKU-${MUG}`, quantity: 1, options: [], trace: { batch: "GOOD" } };
  const { cart } = await hub.must((ctx) => operate(ctx, { cartId: open.id, operations: [add] }), open.actor);
  const { orderId } = await till.sale({ ...open, view: cart }, shiftId, [{ kind: "cash" }]);
  await hub.rows(
    `insert into customers.source_record (id, channel_id, state) select md5('buyer ' || n)::uuid, $1, 'provisional' from generate_series(0, $2::int - 1) n`,
    [WEB, size.buyers],
  );
  await copy("orders.orders", orderId, {
    id: "md5('order ' || n)::uuid",
    number: "'R' || n",
    cart_id: "md5('cart ' || n)::uuid",
    record_id: `md5('buyer ' || n % ${size.buyers})::uuid`,
    placed_at: "placed_at - n * interval '1 second'",
  });
  await copy("orders.order_line", orderId, {
    id: "md5('line ' || n || ' ' || position)::uuid",
    order_id: "md5('order ' || n)::uuid",
    trace: `case when trace is not null and n < ${size.sold} then '{"batch": "BAD"}' else trace end`,
  });
  await hub.rows(
    `insert into orders.contact (order_id, record_id, email)
     select md5('order ' || n)::uuid, md5('buyer ' || n % $1::int)::uuid, 'buyer' || n % $1::int || '@recall.test.net'
       from generate_series(0, $2::int - 1) n where (n % $1::int) % 50 <> 49`,
    [size.buyers, size.sold],
  );
  await hub.rows("analyze orders.orders, orders.order_line, orders.contact, customers.source_record");
}

/** Copies the rows of an order, with other values of some columns: `n` counts the copies. */
async function copy(table: string, orderId: string | null, own: Readonly<Record<string, string>>): Promise<void> {
  const columns = await hub.rows<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
    [table],
  );
  const names = columns.map(({ name }) => name);
  const key = table === "orders.orders" ? "id" : "order_id";
  await hub.rows(
    `insert into ${table} (${names.join(", ")}) select ${names.map((name) => own[name] ?? name).join(", ")}
       from ${table}, generate_series(0, $2::int - 1) n where ${key} = $1`,
    [orderId, size.orders],
  );
}
