import { addDays, asId, newId, ok, wallClock, type CommandId, type OrderId, type RecordId, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jobContext } from "./job-context.ts";
import { ownRegister } from "./own-register.ts";
import { CROISSANT, LYON, MUG, saleHub, TILLS, visitor, WEB, type SaleHub, type TestCart } from "./sale-hub.ts";
import { testTill, type TestTill } from "./till-hub.ts";
import { variantId } from "./goods-hub.ts";
import { ERASURE_HOOKS } from "../src/personal-data.ts";
import { batchesInvariants, type RecallId, type Trace } from "../src/modules/batches/index.ts";
import { announceRecall, liftRecall, tellBuyers } from "../src/modules/batches/commands.ts";
import { operate } from "../src/modules/carts/index.ts";
import { catalogSnapshot } from "../src/modules/catalog/index.ts";
import { decide, suppress } from "../src/modules/consent/index.ts";
import { eraseRecords, mergeCustomers, writeRecord } from "../src/modules/customers/index.ts";
import { recallMessagesJob, recallsTold, receiversOfRecall, sendJob, unreachedByRecall, type Mail } from "../src/modules/messages/index.ts";
import { boughtCalledBack, salesCalledBack, sumsCalledBack } from "../src/modules/orders/index.ts";
import { returnOffer } from "../src/modules/returns/offer.ts";
import { compareCauses } from "../src/modules/tasks/commands.ts";
import { readReceipt } from "../src/modules/till/queries/receipt.ts";

let hub: SaleHub;
let till: TestTill;
let shiftId: ShiftId;
let mugs: Parameters<typeof announceRecall>[1]["productId"];
const TODAY = wallClock(new Date(), "Europe/Paris").date;
const FRESH = addDays(TODAY, 60);

beforeAll(async () => {
  hub = await saleHub();
  const catalog = await hub.around.snapshots.current(catalogSnapshot);
  const product = catalog.variantOf(variantId(MUG))?.product;
  if (!product) throw new Error("mugs are sold");
  mugs = product.id;
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 1000);
  await hub.rows("update batches.recall set lifted_at = now() where lifted_at is null");
  await hub.rows("update places.place set settings = settings - 'nearEndPercent' - 'nearEndDays'");
  hub.around.snapshots.invalidate();
  till = await testTill(hub);
  shiftId = await till.open();
});

type Operations = Parameters<typeof operate>[1]["operations"];
const add = (trace: Trace | undefined, quantity = 1): Operations[number] => {
  return { id: newId<CommandId>(), kind: "add", sku: `SKU-${MUG}`, quantity, options: [], ...(trace && { trace }) };
};
const change = (cart: TestCart, ...operations: Operations) => hub.must((ctx) => operate(ctx, { cartId: cart.id, operations }), cart.actor);
const ticket = () => hub.cart([[CROISSANT, 1]], { actor: till.actor });
const codes = ({ results }: Awaited<ReturnType<typeof change>>) => results.map(({ code }) => code);

const callBack = async (given: Partial<Parameters<typeof announceRecall>[1]> = {}) => {
  const reason = { en: "Glass in the glaze", fr: "Du verre dans l’émail" };
  const recall = await hub.must((ctx) =>
    announceRecall(ctx, { productId: mugs, variantId: null, batches: [], serials: [], reason, advice: null, soldFrom: null, ...given }),
  );
  hub.around.snapshots.invalidate();
  return recall;
};

/** A sale of one batch at the till, to a customer or nobody. */
async function sold(trace: Trace, recordId?: RecordId): Promise<OrderId> {
  const open = await hub.cart([[CROISSANT, 1]], { actor: till.actor });
  if (recordId) await hub.rows("update carts.cart set record_id = $2 where id = $1", [open.id, recordId]);
  const { cart } = await change(open, add(trace));
  const answer = await till.sale({ ...open, view: cart }, shiftId, [{ kind: "cash" }]);
  expect(answer).toMatchObject({ outcome: "done", problem: null });
  return asId<OrderId>(String(answer.orderId));
}

async function someone(email: string | null): Promise<RecordId> {
  const written = await hub.must((ctx) =>
    writeRecord(ctx, {
      channelId: WEB,
      input: { externalId: newId(), givenName: "Mia", locale: "fr", ...(email && { email }) },
      verified: email ? ["email"] : [],
      verifiedBy: "code",
      cause: "test",
    }),
  );
  return written.recordId;
}

describe("[BAT-1] a batch that a till scans", () => {
  it("is a line of its own with what its code says, goes to the order, and its serial number to the receipt and the journal", async () => {
    const open = await ticket();
    const first = { batch: "L1", useBy: FRESH };
    await change(open, add(first), add(first), add({ batch: "L2" }), add(undefined), add({ serial: "S-7", batch: "L2" }));
    const { cart } = await change(open);
    expect(cart.lines.slice(1).map(({ quantity, trace }) => [quantity, trace])).toEqual([
      [2, first],
      [1, { batch: "L2" }],
      [1, undefined],
      [1, { batch: "L2", serial: "S-7" }],
    ]);
    const answer = await till.sale({ ...open, view: cart }, shiftId, [{ kind: "cash" }]);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    const kept = await hub.rows<{ trace: Trace | null }>("select trace from orders.order_line where order_id = $1 order by position", [
      answer.orderId,
    ]);
    expect(kept.map(({ trace }) => trace)).toEqual([null, first, { batch: "L2" }, null, { batch: "L2", serial: "S-7" }]);
    const here = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
    const receipt = await readReceipt(here, hub.vault, asId<OrderId>(String(answer.orderId)), "en");
    expect(receipt.ok && receipt.value.lines.map(({ serial }) => serial)).toEqual([undefined, undefined, undefined, undefined, "S-7"]);
    const [entry] = await hub.rows<{ document: string }>(
      "select (body -> 'document')::text as document from till.fiscal_entry where kind = 'sale' and register_id = $1",
      [till.actor.device?.registerId],
    );
    expect(entry?.document).toMatch(/"serial": ?"S-7"/);
    expect(await hub.broken()).toEqual([]);
  });

  it("with a serial number is in a ticket once and stays one; who buys from afar scans nothing", async () => {
    const open = await ticket();
    const first = await change(open, add({ serial: "S-8" }), add({ serial: "S-8" }), add({ serial: "S-9" }, 2));
    expect(codes(first)).toEqual([null, "cart.serial_once", "cart.serial_once"]);
    const lineId = first.cart.lines[1]?.id ?? "";
    expect(codes(await change(open, { id: newId<CommandId>(), kind: "setQuantity", lineId, quantity: 2 }))).toEqual(["cart.serial_once"]);
    const web = await hub.cart([[MUG, 1]], { actor: visitor() });
    const { lines } = (await change(web, add({ batch: "L1" }))).cart;
    expect(lines).toMatchObject([{ quantity: 2 }]);
    expect(lines[0]).not.toHaveProperty("trace");
  });

  it("goes with the sale that a register made without the hub", async () => {
    const register = await ownRegister(hub, till);
    const priced = register.priceOf([add({ batch: "L5", serial: "S-5" })]);
    const sale = register.sellAs(shiftId, priced);
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    expect(await hub.rows("select trace from orders.order_line where order_id = $1", [sale.body.orderId])).toEqual([
      { trace: { batch: "L5", serial: "S-5" } },
    ]);
  });
});

describe("[BAT-2] [BAT-6] what is not sold", () => {
  it("is a batch that is called back, at the hub and by the copy of a till, until the recall is lifted", async () => {
    const { id } = await callBack({ batches: ["BAD"] });
    const register = await ownRegister(hub, till);
    expect(register.prices.seller.recalls).toMatchObject([{ productId: mugs, batches: ["BAD"], reason: { en: "Glass in the glaze" } }]);
    expect(register.priceOf([add({ batch: "BAD" }), add({ batch: "GOOD" })]).refused).toEqual(["product.recalled"]);
    const open = await ticket();
    expect(codes(await change(open, add({ batch: "BAD" }), add({ batch: "GOOD" }), add(undefined)))).toEqual([
      "product.recalled",
      null,
      null,
    ]);
    await hub.must((ctx) => liftRecall(ctx, id));
    hub.around.snapshots.invalidate();
    expect(codes(await change(open, add({ batch: "BAD" })))).toEqual([null]);
    expect((await ownRegister(hub, till)).prices.seller).not.toHaveProperty("recalls");
  });

  it("is anything of goods of which all is called back, on every channel; a cart that holds it already cannot be paid, and a sale that happened is taken", async () => {
    const web = await hub.cart([[MUG, 1]], { actor: visitor() });
    const register = await ownRegister(hub, till);
    const priced = register.priceOf([add(undefined)]);
    await callBack({ soldFrom: TODAY });
    expect(codes(await change(web, add(undefined)))).toEqual(["product.recalled"]);
    const { cart } = await change(web);
    expect(cart.requirements.map(({ code }) => code)).toContain("product.recalled");
    expect(await till.send(register.sellAs(shiftId, priced))).toMatchObject([{ outcome: "done" }]);
  });

  it("is what is past the day until which it may be used, also where a scanner is not asked", async () => {
    const open = await ticket();
    const done = await change(open, add({ useBy: addDays(TODAY, -1) }), add({ bestBefore: addDays(TODAY, -1) }));
    expect(codes(done)).toEqual(["product.expired", null]);
  });

  it("is called back once: of two who do it at the same time one is told that it stands", async () => {
    const wanted = { productId: mugs, variantId: null, batches: ["TWICE"], serials: [], reason: { en: "?" }, advice: null, soldFrom: null };
    const both = await Promise.all([1, 2].map(() => hub.run((ctx) => announceRecall(ctx, wanted))));
    expect(new Set(both.map((one) => (one.ok ? null : one.error.code)))).toEqual(new Set([null, "recall.stands_already"]));
    expect(await hub.violations(batchesInvariants)).toEqual([]);
  });
});

describe("[BAT-3] a recall finds what was sold", () => {
  it("by batch and place, with who bought it as far as anybody knows, and without what came back", async () => {
    const buyer = await someone("ada@recall.test.net");
    const orderId = await sold({ batch: "FIND" }, buyer);
    await sold({ batch: "FIND" });
    await sold({ batch: "OTHER" }, buyer);
    const recall = await callBack({ batches: ["FIND"] });
    expect(await sumsCalledBack(hub, recall)).toMatchObject({ places: [{ placeId: LYON, sold: 2 }], known: 1, unknown: 1 });
    const sales = await salesCalledBack(hub, recall, { after: null, limit: 10 });
    expect(sales.map((sale) => [sale.recordId === buyer, sale.trace])).toEqual([
      [false, { batch: "FIND" }],
      [true, { batch: "FIND" }],
    ]);
    expect(await boughtCalledBack(hub, recall, [buyer])).toMatchObject([{ orderId }]);
    await hub.rows("update orders.order_line set returned = ordered where order_id = $1 and trace is not null", [orderId]);
    expect(await boughtCalledBack(hub, recall, [buyer])).toEqual([]);
    await hub.rows("update orders.order_line set returned = 0 where order_id = $1", [orderId]);
  });
});

describe("[BAT-4] stores are asked to take it off the shelf", () => {
  it("each by a task of its own, which one says is done for itself, and which is gone when the recall is lifted", async () => {
    const { id } = await callBack({ batches: ["SHELF"] });
    const compare = () => hub.must(async (ctx) => ok(await compareCauses(ctx, ["recall_standing"])));
    const tasks = () =>
      hub.rows<{ place: string; state: string }>(
        "select place_id as place, state from tasks.task where kind = 'recall_standing' and reference ->> 'id' = $1 order by place_id",
        [id],
      );
    await compare();
    const places = await hub.rows<{ id: string }>("select id from places.place where status = 'active' order by id");
    expect(await tasks()).toEqual(places.map(({ id: place }) => ({ place, state: "open" })));
    await hub.rows("update tasks.task set state = 'done', ended_at = now() where kind = 'recall_standing' and place_id = $1", [LYON]);
    await compare();
    expect(await tasks()).toContainEqual({ place: LYON, state: "done" });
    await hub.must((ctx) => liftRecall(ctx, id));
    await compare();
    expect(new Set((await tasks()).map(({ place, state }) => `${place === LYON} ${state}`))).toEqual(new Set(["true done", "false gone"]));
  });
});

describe("[BAT-9] what is called back and comes back", () => {
  it("is shown as such with its batch, and goes on no shelf", async () => {
    const orderId = await sold({ batch: "BACK" });
    const reader = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
    const lines = async () => {
      const offer = await returnOffer(reader, orderId, { placeId: LYON, channelId: TILLS }, []);
      return offer.ok ? offer.value.lines.map(({ trace, isRestockable, isCalledBack }) => ({ trace, isRestockable, isCalledBack })) : [];
    };
    const mug = { trace: { batch: "BACK" }, isRestockable: true };
    expect((await lines())[1]).toEqual(mug);
    await callBack({ batches: ["BACK"] });
    expect((await lines())[1]).toEqual({ ...mug, isRestockable: false, isCalledBack: true });
  });
});

const brand = { name: "Trama", accent: "#96391d" };
let arrived: Mail[];
const leave = async () => {
  const job = sendJob({ mail: { send: async (mail) => void arrived.push(mail) }, vault: hub.vault, publicUrl: "https://trama.example" });
  const queued = await hub.rows<{ messageId: string; recordId: string; createdAt: Date }>(
    'select id as "messageId", record_id as "recordId", created_at as "createdAt" from messages.outbound where state = \'queued\' and template = \'recall\'',
  );
  for (const key of queued) await job.handle(jobContext(hub, new Date()), { ...key, createdAt: key.createdAt.toISOString() });
};
const write = (recallId: RecallId) => recallMessagesJob({ brand }).handle(jobContext(hub, new Date()), { recallId });
const tell = async (recallId: RecallId) => {
  await write(recallId);
  await leave();
};
const outcomes = (recallId: RecallId) =>
  hub.rows<{ recordId: RecordId; outcome: string }>(
    'select record_id as "recordId", outcome from messages.recall_receiver where recall_id = $1 order by record_id',
    [recallId],
  );
beforeEach(() => {
  arrived = [];
});

describe("[BAT-5] who bought it is told", () => {
  it("once each, by two records or two jobs too, in their language, without a yes to advertising; who cannot be reached is listed", async () => {
    const [told, twice, nowhere, dead] = [
      await someone("told@recall.test.net"),
      await someone("twice@recall.test.net"),
      await someone(null),
      await someone("dead@recall.test.net"),
    ];
    const other = await someone("other@recall.test.net");
    await hub.must((ctx) => mergeCustomers(ctx, asId(twice), asId(other), "the same person"));
    for (const buyer of [told, told, twice, other, nowhere, dead]) await sold({ batch: "TELL", serial: newId().slice(-12) }, buyer);
    await sold({ batch: "TELL" });
    await hub.must((ctx) => suppress(ctx, hub.vault, { channelKind: "email", address: "dead@recall.test.net", reason: "hard_bounce" }));
    const { id } = await callBack({ batches: ["TELL"], advice: { en: "Bring it back", fr: "Rapportez-le" } });
    await tell(id);
    expect(arrived).toEqual([]);
    await hub.must((ctx) => tellBuyers(ctx, id));
    await Promise.all([write(id), write(id)]);
    await leave();
    const addresses = arrived.map(({ to }) => to).toSorted();
    expect(addresses).toContain("told@recall.test.net");
    expect(addresses).toHaveLength(2);
    const mail = arrived.find(({ to }) => to === "told@recall.test.net");
    expect(mail?.subject).toContain("Rappel");
    expect(mail?.text).toMatch(/Du verre dans l’émail/);
    expect(mail?.text).toMatch(/Rapportez-le/);
    expect(mail?.text).toMatch(/TELL/);
    expect(mail?.unsubscribeUrl).toBeNull();
    const kept = new Map((await outcomes(id)).map(({ recordId, outcome }) => [recordId, outcome]));
    expect([told, twice, other, nowhere, dead].map((record) => kept.get(record))).toEqual([
      "sent",
      "sent",
      "sent",
      "no_address",
      "left_alone",
    ]);
    expect(kept.size).toBe(5);
  });

  it("also when their purchase becomes known later; nobody any more when it is lifted; and an erased person leaves no trace of it", async () => {
    const { id } = await callBack({ batches: ["LATE"] });
    await hub.must((ctx) => tellBuyers(ctx, id));
    hub.around.snapshots.invalidate();
    const register = await ownRegister(hub, till);
    const late = await someone("late@recall.test.net");
    const priced = register.priceOf([add({ batch: "LATER" })]);
    const sale = register.sellAs(shiftId, priced);
    const [line] = sale.body.lines;
    if (!line) throw new Error("it has a line");
    const was = { ...sale, body: { ...sale.body, lines: [{ ...line, trace: { batch: "LATE" } }] } };
    expect(await till.send(was)).toMatchObject([{ outcome: "done" }]);
    await hub.rows("update orders.orders set record_id = $2 where id = $1", [sale.body.orderId, late]);
    const ctx = { db: hub.db, snapshots: hub.around.snapshots };
    expect(await recallsTold(ctx, [variantId(MUG)])).toEqual([id]);
    expect(await recallsTold(ctx, [variantId(CROISSANT)])).toEqual([]);
    await tell(id);
    expect(arrived.map(({ to }) => to)).toEqual(["late@recall.test.net"]);
    await hub.must(async (writing) => ok(await eraseRecords(writing, [late], ERASURE_HOOKS)));
    expect(await outcomes(id)).toEqual([]);
    await hub.must((writing) => liftRecall(writing, id));
    await sold({ batch: "LATE" }, await someone("after@recall.test.net"));
    await tell(id);
    expect(arrived).toHaveLength(1);
  });
});

describe("[BAT-10] a recall is no advertising", () => {
  it("reaches whoever withdrew their yes, asked not to be contacted or complained; not an address that is dead: who is left can be asked for, with why", async () => {
    const address = (of: string) => `${of}@no.recall.test.net`;
    const [withdrew, asked, complained, dead, nowhere] = [
      await someone(address("withdrew")),
      await someone(address("asked")),
      await someone(address("complained")),
      await someone(address("dead")),
      await someone(null),
    ];
    const said = { source: "web" as const, wordingVersion: "test", language: "fr" as const, proof: null, isFromMailbox: false };
    for (const state of ["granted", "withdrawn"] as const) {
      const choices = [{ purpose: "marketing" as const, topic: "news" as const, channelKind: "email" as const, state }];
      await hub.must((ctx) => decide(ctx, hub.vault, { recordId: withdrew, choices, ...said }));
    }
    const leftAlone = { asked: "do_not_contact", complained: "complaint", dead: "hard_bounce" } as const;
    for (const [of, reason] of Object.entries(leftAlone))
      await hub.must((ctx) => suppress(ctx, hub.vault, { channelKind: "email", address: address(of), reason }));
    const erased = await someone(address("erased"));
    for (const buyer of [withdrew, asked, complained, dead, nowhere, erased]) await sold({ batch: "LAW" }, buyer);
    await hub.must(async (ctx) => ok(await eraseRecords(ctx, [erased], ERASURE_HOOKS)));
    const walkIns = [await sold({ batch: "LAW" }), await sold({ batch: "LAW" })];
    for (const [n, orderId] of walkIns.entries())
      await hub.rows("insert into orders.contact (order_id, name, email) values ($1, 'Ada', $2)", [orderId, address(`walk-in-${n}`)]);
    const recall = await callBack({ batches: ["LAW"] });
    await hub.must((ctx) => tellBuyers(ctx, recall.id));
    await tell(recall.id);
    expect(arrived.map(({ to }) => to).toSorted()).toEqual(["asked", "complained", "walk-in-0", "walk-in-1", "withdrew"].map(address));
    const reader = { db: hub.db };
    const unreached = await unreachedByRecall(reader, recall.id);
    expect(new Set(unreached)).toEqual(new Set([dead, nowhere]));
    expect(await receiversOfRecall(reader, recall.id, unreached)).toEqual(
      new Map([
        [dead, "left_alone"],
        [nowhere, "no_address"],
      ]),
    );
    const rows = await salesCalledBack(hub, recall, { after: null, limit: 10, buyers: unreached });
    expect(new Set(rows.map(({ recordId }) => recordId))).toEqual(new Set([dead, nowhere]));
  });
});

describe("[BAT-8] what is near its last day is marked down", () => {
  it("by the store's own rule, the same at the hub and at a register alone, with the reason on order, receipt and journal; a line by hand keeps its price", async () => {
    await hub.rows('update places.place set settings = settings || \'{"nearEndPercent": 30, "nearEndDays": 2}\' where id = $1', [LYON]);
    hub.around.snapshots.invalidate();
    const near = { batch: "N1", useBy: addDays(TODAY, 1) };
    const register = await ownRegister(hub, till);
    const here = register.priceOf([add(near), add({ useBy: FRESH })]);
    expect(here.view.lines.map(({ total }) => total.amount)).toEqual([980, 1400]);
    const open = await ticket();
    const { cart } = await change(open, add(near), add({ useBy: FRESH }));
    expect(cart.lines.slice(1).map(({ total, because }) => [total.amount, because.some(({ kind }) => kind === "price.near_end")])).toEqual([
      [980, true],
      [1400, false],
    ]);
    const answer = await till.sale({ ...open, view: cart }, shiftId, [{ kind: "cash" }]);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    const reader = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
    const receipt = await readReceipt(reader, hub.vault, asId<OrderId>(String(answer.orderId)), "en");
    expect(receipt.ok && receipt.value.lines[1]).toMatchObject({ nearEnd: { on: near.useBy, percent: 30 }, total: { amount: 980 } });
    const alone = register.sellAs(shiftId, here);
    expect(await till.send(alone)).toMatchObject([{ outcome: "done" }]);
    const rows = await hub.rows<{ total: number; because: unknown }>(
      "select total::int, because::text from orders.order_line where order_id = $1 order by position",
      [alone.body.orderId],
    );
    expect(rows.map(({ total }) => total)).toEqual([980, 1400]);
    expect(String(rows[0]?.because)).toContain("price.near_end");
    const [order] = await hub.rows<{ because: string }>("select because::text from orders.orders where id = $1", [alone.body.orderId]);
    expect(order?.because).not.toMatch(/differ|shown/);
    expect(await hub.broken()).toEqual([]);
  });
});
