import type { CartOperation } from "@weft/contracts";
import { newId, type Id, type LineId, type RegisterId, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tillInvariants } from "../src/modules/till/invariants.ts";
import { verifyJournal } from "../src/modules/till/journal.ts";
import { lessPercent, refundHere, type AnyCommand, type SaleBody, type TenderHere } from "../src/modules/till/domain/index.ts";
import { dayHub, forHub, ON_CARD, ONCE, STARTS_WITH, type Holdings } from "./day-people.ts";
import { ownExchange, ownRegister, type OwnRegister } from "./own-register.ts";
import { ownReturn, someOf } from "./own-return.ts";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";
import { randomFrom } from "../../scripts/random.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, type SaleHub } from "./sale-hub.ts";
import { saveDayPrices } from "./day-prices.ts";
import { testTill, type TestTill } from "./till-hub.ts";

const TILLS = 3;
const HOURS = 8;
const MOST_TIMES = 5;
const { isProof, size, seed } = proofRun("offline-day", { part: { sales: 12 }, short: { sales: 1000 }, full: { sales: 5000 } });

/** Nobody brings back more than a store takes of one customer in a month. */
const MEMBERS = Math.max(12, Math.ceil(size.sales / 40));
/** Who has a card with points; the first spends at every till all that the card says, the others together no more than they have. */
const OWNERS = Math.max(3, Math.ceil(size.sales / 100));
/** Of the first card every till takes what a place lets it take, which is more than is on it. */
const GIFTS = Math.max(2, Math.ceil(size.sales / 100));
const MOST_OF_A_CARD = 2000;

/** The same day comes twice: at one hub as it was, at the other shuffled, repeated and with half of the answers lost. */
type Half = { readonly hub: SaleHub; readonly holdings: Holdings };
let plain: Half;
let chaotic: Half;
beforeAll(async () => {
  [plain, chaotic] = await Promise.all([dayHub(OWNERS, GIFTS), dayHub(OWNERS, GIFTS)]);
  for (const { hub } of [plain, chaotic]) {
    await saveDayPrices(hub);
    for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 100_000);
  }
}, 60_000);
afterAll(() => Promise.all([plain.hub.close(), chaotic.hub.close()]));

/** What customers have left to pay with at one till, in minor units, by the words for what they show. */
type Left = Map<string, number>;
type Day = { readonly registerId: RegisterId; readonly commands: readonly AnyCommand[]; readonly drawer: number };

it(
  `[TIL-20] ${size.sales} sales on ${TILLS} tills that were without the hub for ${HOURS} hours: whatever is repeated, shuffled or lost, the hub has each once, to the cent`,
  async () => {
    const days = await writeDays(randomFrom(seed));
    const [orderly, shuffled] = await Promise.all([tillsOf(plain.hub, days), tillsOf(chaotic.hub, days)]);
    for (const [index, day] of days.entries())
      for (let from = 0; from < day.commands.length; from += 100) {
        const commands = forHub(day.commands.slice(from, from + 100), plain.holdings);
        const answers = (await orderly[index]?.send(...commands)) ?? [];
        expect(answers.filter(({ outcome }) => outcome !== "done")).toEqual([]);
      }
    const begun = performance.now();
    const theirs = days.map((day) => ({ ...day, commands: forHub(day.commands, chaotic.holdings) }));
    const sent = await sendInDisorder(shuffled, theirs, randomFrom(seed + 1));
    const seconds = (performance.now() - begun) / 1000;
    const state = await stateOf(chaotic, days);
    expect(state).toEqual(await stateOf(plain, days));
    for (const [index, { drawer, commands }] of days.entries()) {
      expect(state.drawers[index]).toBe(drawer);
      expect(state.sales[index]).toBe(salesIn(commands).length);
    }
    for (const { quarantined } of [...orderly, ...shuffled]) expect(quarantined).toEqual([]);
    // Three tills gave 42.00 for the 28.00 that the first member had in points, and 60.00 for the 50.00 of the first card.
    expect(state.lost).toEqual({ points: 140, cards: 1000, returns: 0 });
    expect(state.owners[0]).toBe(0);
    expect(await chaotic.hub.broken()).toEqual([]);
    expect(await chaotic.hub.violations(tillInvariants)).toEqual([]);
    for (const { registerId } of days) expect(await verifyJournal(chaotic.hub, registerId)).toEqual([]);
    const all = days.flatMap(({ commands }) => commands);
    expect(kinds(all, "exchange.record")).toBeGreaterThan(0);
    expect(state.exchanges).toBe(kinds(all, "exchange.record"));
    if (!isProof) return;
    await recordProof("offline-day", seed, [
      `${size.sales} sales on ${TILLS} tills in ${HOURS} simulated hours without the hub, ${kinds(all, "return.take")} returns and ${kinds(all, "exchange.record")} exchanges, ${paidByCard(all)} paid by the terminal's cards, ${state.points.length} members who earned points, ${OWNERS} who paid in points and ${GIFTS} gift cards by the hub's signed rights, ${kinds(all, "price.give")} prices by hand, discount codes and a promotion`,
      `${sent} commands sent for ${all.length}: each 1 to ${MOST_TIMES} times, shuffled over the tills, half of the answers lost, in ${seconds.toFixed(1)} s`,
      `spent beyond what was there, and named as loss: ${state.lost.points} points of one member, ${state.lost.cards / 100} EUR of one gift card; nothing else was lost`,
      "orders, lines, taxes, drawers, stock and points are those of a hub that was told everything once and in order",
    ]);
  },
  isProof ? 900_000 : 60_000,
);

/** What each till did, from opening to closing, without a word from the hub. */
async function writeDays(chance: () => number): Promise<Day[]> {
  const days: Day[] = [];
  for (let index = 0; index < TILLS; index++) {
    const registerId = newId<RegisterId>();
    const till = await testTill(plain.hub, registerId);
    days.push(await writeDay(till, await ownRegister(plain.hub, till), Math.ceil(size.sales / TILLS), chance));
  }
  return days;
}

const GOODS = [MUG, BEANS, CROISSANT, CAPPUCCINO] as const;
const pick = <T>(of: readonly [T, ...(readonly T[])], chance: () => number): T => of[Math.floor(chance() * of.length)] ?? of[0];

async function writeDay(
  till: TestTill,
  register: Awaited<ReturnType<typeof ownRegister>>,
  count: number,
  chance: () => number,
): Promise<Day> {
  const shiftId = newId<ShiftId>();
  const start = Date.now() - (HOURS + 1) * 3_600_000;
  const at = (share: number): string => new Date(start + share * HOURS * 3_600_000).toISOString();
  let drawer = 10_000;
  const commands: AnyCommand[] = [
    till.write("shift.open", { shiftId, float: { lines: [{ denomination: 1000, count: 10 }] } }, { at: at(0) }),
  ];
  // A code that is counted is not in a till's copy: it takes nothing off where nobody can count.
  expect(register.price([[MUG, 1]], { codes: [ONCE] }).view.codes).toMatchObject([{ applied: false }]);
  const left = allowances();
  const staffId = till.actor.staff?.id ?? null;
  for (let n = 0; n < count; n++) {
    const when = { at: at((n + 1) / (count + 2)) };
    const priced = ticket(register, n, chance);
    if (priced.given) commands.push(till.write("price.give", { shiftId, ...priced.given }, { ...when, staffId }));
    const { amount } = priced.view.totals.total;
    const { others, customer } = payment(amount, n, { chance, left });
    const sale = register.sellAs(shiftId, priced, { others, customer: customer ?? somebody(chance) }, when);
    commands.push(sale);
    drawer += others.reduce((rest, tender) => rest - tender.amount, amount);
    const brought = broughtBack({ shiftId, register, sale: sale.body, n, chance });
    if (!brought) continue;
    commands.push(till.write(brought.kind, brought.body, { ...when, staffId }));
    drawer += brought.cash;
  }
  commands.push(till.write("shift.close", { shiftId, count: { lines: [{ denomination: drawer, count: 1 }] } }, { at: at(1) }));
  const registerId = till.actor.device?.registerId;
  if (!registerId) throw new Error("a till has a register");
  return { registerId, commands, drawer };
}

type Sold = {
  readonly shiftId: ShiftId;
  readonly register: OwnRegister;
  readonly sale: SaleBody;
  readonly n: number;
  readonly chance: () => number;
};

/** What of a sale comes back at once: now and then its first line, for cash or for other goods, as far as its register may. `cash` is for the drawer. */
function broughtBack({ shiftId, register, sale, n, chance }: Sold) {
  const wish = n === 2 ? 0.1 : chance();
  const lines = someOf(sale, 0, sale.lines[0]?.quantity ?? 1);
  if (wish < 0.1) {
    if (refundHere(sale) !== "cash") return undefined;
    const body = ownReturn(shiftId, sale, { lines });
    return { kind: "return.take", body, cash: 0 - body.happened.total } as const;
  }
  const paidBy = new Set(sale.tenders.map(({ kind }) => kind));
  if (wish > 0.2 || paidBy.has("points") || paidBy.has("gift_card")) return undefined;
  // For less than a card paid nothing is exchanged here: nine mugs are more than three of anything.
  const out = paidBy.has("card") ? ([MUG, 9] as const) : ([pick(GOODS, chance), 1 + Math.floor(chance() * 3)] as const);
  const body = ownExchange(register, shiftId, sale, { lines, out: [out], customer: sale.customer });
  return { kind: "exchange.record", body, cash: body.sale.total.amount - body.total } as const;
}

/** What is on the n-th ticket of a till: the first is what the first member pays, the second what the first gift card does, later ones are at random, some at a price by hand or by a code. */
function ticket(register: OwnRegister, n: number, chance: () => number) {
  if (n < 2) return { ...register.price([[MUG, 1 + n]]), given: null };
  const lines = Array.from({ length: 1 + Math.floor(chance() * 3) }, () => {
    return [pick(GOODS, chance), 1 + Math.floor(chance() * 3)] as const;
  });
  if (chance() > 0.1) return { ...register.price(lines, { codes: chance() < 0.2 ? ["TENTH"] : [] }), given: null };
  const operations = lines.map(([goods, quantity]): CartOperation & { readonly lineId: LineId } => {
    return { id: newId<Id<"operation">>(), kind: "add", sku: `SKU-${goods}`, quantity, options: [], lineId: newId<LineId>() };
  });
  const [first] = register.priceOf(operations).view.lines;
  if (!first?.unitPrice) throw new Error("a ticket has lines with prices");
  const { id: lineId, sku, quantity, unitPrice: from } = first;
  const unitAmount = lessPercent(from, 20);
  const lower: CartOperation = { id: newId<Id<"operation">>(), kind: "setPrice", lineId, unitAmount, reason: "damaged" };
  const to = { ...from, amount: unitAmount, scale: 0 };
  const given = { lines: [{ lineId, sku, quantity, from, to }], reason: "damaged", approvedBy: null };
  return { ...register.priceOf([...operations, lower]), given };
}

/** What each till may take of what customers show without asking: of the first of each all, of the others so much that it is there. */
function allowances(): Left {
  const left: Left = new Map();
  for (let n = 0; n < OWNERS; n++) left.set(`right ${n}`, n === 0 ? 1400 : Math.floor(STARTS_WITH / TILLS));
  for (let n = 0; n < GIFTS; n++) left.set(`gift ${n}`, n === 0 ? MOST_OF_A_CARD : Math.floor(ON_CARD / TILLS));
  return left;
}

type Paying = { readonly chance: () => number; readonly left: Left };
type Paid = { readonly others: readonly TenderHere[]; readonly customer?: SaleBody["customer"] };

/** How the n-th sale is paid beside cash. The first two are those that every till makes with the same card. */
function payment(amount: number, n: number, { chance, left }: Paying): Paid {
  const take = (word: string): number => {
    const taken = Math.min(amount, left.get(word) ?? 0);
    left.set(word, (left.get(word) ?? 0) - taken);
    return taken;
  };
  const by = n < 2 ? n * 0.1 : chance();
  const one = (of: number): number => (n < 2 ? 0 : 1 + Math.floor(chance() * (of - 1)));
  if (by < 0.1) {
    const owner = one(OWNERS);
    const points = take(`right ${owner}`);
    const customer = { kind: "known", customerId: `«member ${owner}»` } as const;
    return { others: points > 0 ? [{ kind: "points", amount: points, right: `«right ${owner}»` }] : [], customer };
  }
  if (by < 0.2) {
    const card = one(GIFTS);
    const value = take(`gift ${card}`);
    return { others: value > 0 ? [{ kind: "gift_card", amount: value, right: `«gift ${card}»` }] : [] };
  }
  // The terminal beside the till goes on without the hub.
  if (by < 0.35 && amount > 0) return { others: [{ kind: "card", amount, token: `terminal:${newId<Id<"payment">>()}:${amount}` }] };
  return { others: [] };
}

/** Every second customer is one of these, whom the tills know by what they say. */
function somebody(chance: () => number): SaleBody["customer"] {
  const n = Math.floor(chance() * 2 * MEMBERS);
  if (n >= MEMBERS) return null;
  return {
    kind: "created",
    key: `01900000-0000-7000-8000-0000000000${(n + 16).toString(16)}`,
    givenName: `Member ${n}`,
    email: `member${n}@example.com`,
    locale: "fr",
  };
}

const tillsOf = (hub: SaleHub, days: readonly Day[]): Promise<TestTill[]> =>
  Promise.all(days.map(({ registerId }) => testTill(hub, registerId)));

/** Sends everything: some of a till at a time, one to five times, by any till next; what got no answer is sent again. */
async function sendInDisorder(tills: readonly TestTill[], days: readonly Day[], chance: () => number): Promise<number> {
  let sent = 0;
  await Promise.all(
    tills.map(async (till, index) => {
      const left = [...(days[index]?.commands ?? [])];
      while (left.length > 0) {
        const batch = left.slice(0, 1 + Math.floor(chance() * 100));
        const times = chance() < 0.7 ? 1 : 1 + Math.floor(chance() * MOST_TIMES);
        await Promise.all(Array.from({ length: times }, () => till.send(...batch)));
        sent += times * batch.length;
        if (chance() < 0.5) left.splice(0, batch.length);
      }
    }),
  );
  return sent;
}

const paidByCard = (commands: readonly AnyCommand[]): number =>
  salesIn(commands).filter(({ body }) => (body as SaleBody).tenders.some(({ kind }) => kind === "card")).length; // of its kind

const kinds = (commands: readonly AnyCommand[], wanted: string): number => commands.filter(({ kind }) => kind === wanted).length;

const salesIn = (commands: readonly AnyCommand[]): readonly AnyCommand[] => commands.filter(({ kind }) => kind === "sale.record");

/** What a hub made of the day, in words that do not depend on the ids that it gave. */
async function stateOf({ hub, holdings }: Half, days: readonly Day[]) {
  const ids = days.map(({ registerId }) => registerId);
  const each = async <Row>(text: string) => Promise.all(ids.map(async (id) => (await hub.rows<Row>(text, [id]))[0]));
  const sums = await each<{ sales: number; drawer: number }>(
    `select count(*) filter (where kind = 'sale')::int as sales,
            (select expected::int from till.shift where register_id = $1) as drawer from till.sale where register_id = $1`,
  );
  const count = async (text: string): Promise<number> => (await hub.rows<{ n: number }>(text, [ids]))[0]?.n ?? 0;
  const owners = await Promise.all(
    holdings.members.map(async (id) => (await hub.rows<{ n: number }>("select loyalty.usable($1, now())::int as n", [id]))[0]?.n),
  );
  const cards = await Promise.all(
    holdings.gifts.map(
      async (id) => (await hub.rows<{ n: number }>("select balance::int as n from ledger.read_value where card_id = $1", [id]))[0]?.n,
    ),
  );
  return {
    owners,
    cards,
    lost: {
      points: await count(
        `select coalesce(sum(ledger.lost_by('tender', t.id)), 0)::int as n from payments.tender t
         join till.sale s on s.order_id = t.order_id and s.kind = 'sale' where t.kind = 'points' and s.register_id = any($1)`,
      ),
      cards: await count(
        "select coalesce(sum(amount), 0)::int as n from payments.overspent where order_id in (select order_id from till.sale where register_id = any($1))",
      ),
      returns: await count("select coalesce(sum(lost), 0)::int as n from till.sale where register_id = any($1)"),
    },
    sales: sums.map((sum) => sum?.sales),
    drawers: sums.map((sum) => sum?.drawer),
    exchanges: await count("select count(*)::int as n from till.sale where kind = 'exchange' and register_id = any($1)"),
    tickets: await hub.rows(
      "select kind, order_id, total::int, cash::int, seq from till.sale where register_id = any($1) order by register_id, chain, seq",
      [ids],
    ),
    lines: await hub.rows(
      `select l.id, l.sku, l.ordered, l.returned, l.net::int, l.tax::int, l.total::int, l.discount::int from orders.order_line l
       join till.sale s on s.order_id = l.order_id and s.kind in ('sale', 'exchange') where s.register_id = any($1) order by l.id`,
      [ids],
    ),
    stock: await hub.rows("select variant_id, on_hand, allocated, held from stock.level order by variant_id, place_id"),
    points: await hub.rows(
      `select i.value_norm as email, sum(o.points_earned)::int as earned from orders.orders o
       join customers.record_identifier ri on ri.record_id = o.record_id join customers.identifier i on i.id = ri.identifier_id and i.kind = 'email'
       group by 1 order by 1`,
    ),
    tenders: await hub.rows(
      `select t.kind, count(*)::int as count, sum(t.amount)::int as amount from payments.tender t
       join till.sale s on s.order_id = t.order_id and s.kind in ('sale', 'exchange') where s.register_id = any($1) group by 1 order by 1`,
      [ids],
    ),
    balances: await hub.rows(
      "select kind, sum(b.balance)::bigint as balance from ledger.balance b join ledger.account a on a.id = b.account_id group by 1 order by 1",
    ),
  };
}
