import { newId, type Id, type RegisterId, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tillInvariants } from "../src/modules/till/invariants.ts";
import { verifyJournal } from "../src/modules/till/journal.ts";
import type { AnyCommand, SaleBody } from "../src/modules/till/domain/index.ts";
import { ownRegister } from "./own-register.ts";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";
import { randomFrom } from "../../scripts/random.ts";
import { BEANS, CAPPUCCINO, CROISSANT, LYON, MUG, saleHub, type SaleHub } from "./sale-hub.ts";
import { saveDayPrices } from "./day-prices.ts";
import { testTill, type TestTill } from "./till-hub.ts";

const TILLS = 3;
const HOURS = 8;
const MOST_TIMES = 5;
const { isProof, size, seed } = proofRun("offline-day", { part: { sales: 12 }, short: { sales: 1000 }, full: { sales: 5000 } });

/** Nobody brings back more than a store takes of one customer in a month. */
const MEMBERS = Math.max(12, Math.ceil(size.sales / 40));

/** The same day comes twice: at one hub as it was, at the other shuffled, repeated and with half of the answers lost. */
let plain: SaleHub;
let chaotic: SaleHub;
beforeAll(async () => {
  [plain, chaotic] = await Promise.all([saleHub(), saleHub()]);
  for (const hub of [plain, chaotic]) {
    await saveDayPrices(hub);
    for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 100_000);
  }
}, 60_000);
afterAll(() => Promise.all([plain.close(), chaotic.close()]));

type Day = { readonly registerId: RegisterId; readonly commands: readonly AnyCommand[]; readonly drawer: number };

it(
  `[TIL-20] ${size.sales} sales on ${TILLS} tills that were without the hub for ${HOURS} hours: whatever is repeated, shuffled or lost, the hub has each once, to the cent`,
  async () => {
    const days = await writeDays(randomFrom(seed));
    const [orderly, shuffled] = await Promise.all([tillsOf(plain, days), tillsOf(chaotic, days)]);
    for (const [index, { commands }] of days.entries())
      for (let from = 0; from < commands.length; from += 100) {
        const answers = (await orderly[index]?.send(...commands.slice(from, from + 100))) ?? [];
        expect(answers.filter(({ outcome }) => outcome !== "done")).toEqual([]);
      }
    const begun = performance.now();
    const sent = await sendInDisorder(shuffled, days, randomFrom(seed + 1));
    const seconds = (performance.now() - begun) / 1000;
    const state = await stateOf(chaotic, days);
    expect(state).toEqual(await stateOf(plain, days));
    for (const [index, { drawer, commands }] of days.entries()) {
      expect(state.drawers[index]).toBe(drawer);
      expect(state.sales[index]).toBe(salesIn(commands).length);
    }
    for (const { quarantined } of [...orderly, ...shuffled]) expect(quarantined).toEqual([]);
    expect(await chaotic.broken()).toEqual([]);
    expect(await chaotic.violations(tillInvariants)).toEqual([]);
    for (const { registerId } of days) expect(await verifyJournal(chaotic, registerId)).toEqual([]);
    if (!isProof) return;
    const all = days.flatMap(({ commands }) => commands);
    await recordProof("offline-day", seed, [
      `${size.sales} sales on ${TILLS} tills in ${HOURS} simulated hours without the hub, ${all.filter(({ kind }) => kind === "return.take").length} returns, ${paidByCard(all)} paid by the terminal's cards, ${state.points.length} members with points, discount codes and a promotion`,
      `${sent} commands sent for ${all.length}: each 1 to ${MOST_TIMES} times, shuffled over the tills, half of the answers lost, in ${seconds.toFixed(1)} s`,
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
    const till = await testTill(plain, registerId);
    days.push(await writeDay(till, await ownRegister(plain, till), Math.ceil(size.sales / TILLS), chance));
  }
  return days;
}

const pick = <T>(of: readonly [T, ...T[]], chance: () => number): T => of[Math.floor(chance() * of.length)] ?? of[0];

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
  for (let n = 0; n < count; n++) {
    const when = { at: at((n + 1) / (count + 2)) };
    const lines = Array.from({ length: 1 + Math.floor(chance() * 3) }, () => {
      return [pick([MUG, BEANS, CROISSANT, CAPPUCCINO], chance), 1 + Math.floor(chance() * 3)] as const;
    });
    const codes = chance() < 0.2 ? ["TENTH"] : [];
    const { amount } = register.price(lines, { codes }).view.totals.total;
    // The terminal beside the till goes on without the hub.
    const others =
      chance() < 0.2 && amount > 0 ? [{ kind: "card", amount, token: `terminal:${newId<Id<"payment">>()}:${amount}` } as const] : [];
    const sale = register.sell(shiftId, lines, { customer: somebody(chance), codes, others }, when);
    commands.push(sale);
    if (others.length === 0) drawer += amount;
    const [line] = sale.body.lines;
    // What a card paid goes back at the terminal, when the hub has said so.
    if (chance() > 0.1 || !line || others.length > 0) continue;
    const staffId = till.actor.staff?.id ?? null;
    commands.push(till.write("return.take", bringBack(shiftId, sale.body), { ...when, staffId }));
    drawer -= line.total;
  }
  commands.push(till.write("shift.close", { shiftId, count: { lines: [{ denomination: drawer, count: 1 }] } }, { at: at(1) }));
  const registerId = till.actor.device?.registerId;
  if (!registerId) throw new Error("a till has a register");
  return { registerId, commands, drawer };
}

/** The whole first line comes back. */
function bringBack(shiftId: ShiftId, { orderId, lines: [line] }: SaleBody) {
  const units = { orderLineId: line?.id, quantity: line?.quantity, reason: "changed_mind", disposition: "write_off" };
  return { shiftId, returnId: newId<Id<"return">>(), orderId, lines: [units] };
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

const salesIn = (commands: readonly AnyCommand[]): readonly AnyCommand[] => commands.filter(({ kind }) => kind === "sale.record");

/** What a hub made of the day, in words that do not depend on the ids that it gave. */
async function stateOf(hub: SaleHub, days: readonly Day[]) {
  const ids = days.map(({ registerId }) => registerId);
  const each = async <Row>(text: string) => Promise.all(ids.map(async (id) => (await hub.rows<Row>(text, [id]))[0]));
  const sums = await each<{ sales: number; drawer: number }>(
    `select count(*) filter (where kind = 'sale')::int as sales,
            (select expected::int from till.shift where register_id = $1) as drawer from till.sale where register_id = $1`,
  );
  return {
    sales: sums.map((sum) => sum?.sales),
    drawers: sums.map((sum) => sum?.drawer),
    tickets: await hub.rows(
      "select kind, order_id, total::int, cash::int, seq from till.sale where register_id = any($1) order by register_id, chain, seq",
      [ids],
    ),
    lines: await hub.rows(
      `select l.id, l.sku, l.ordered, l.returned, l.net::int, l.tax::int, l.total::int, l.discount::int from orders.order_line l
       join till.sale s on s.order_id = l.order_id and s.kind = 'sale' where s.register_id = any($1) order by l.id`,
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
       join till.sale s on s.order_id = t.order_id and s.kind = 'sale' where s.register_id = any($1) group by 1 order by 1`,
      [ids],
    ),
    balances: await hub.rows(
      "select kind, sum(b.balance)::bigint as balance from ledger.balance b join ledger.account a on a.id = b.account_id group by 1 order by 1",
    ),
  };
}
