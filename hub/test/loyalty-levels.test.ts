import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loyaltyInvariants } from "../src/modules/loyalty/index.ts";
import { openLevelHub, type Answer, type Headers, type LevelHub } from "./level-hub.ts";

let hub: LevelHub;
let lea: Headers;
let me: string;
let card: string;
beforeAll(async () => {
  hub = await openLevelHub();
  ({ lea } = hub);
  const own = (await hub.ask(lea, "GET", "/v1/customers/me/loyalty")).body;
  card = own.cardToken;
  me = (await hub.ask(lea, "GET", "/v1/customers/me")).body.id;
}, 120_000);
afterAll(() => hub.demo.close());

const loyalty = (who: Headers, id: string) => hub.ask(who, "GET", `/v1/customers/${id}/loyalty`);
const open = (till: Headers, shown?: string) => hub.ask(till, "POST", `/v1/till/customers/${me}/openings`, shown ? { shown } : {});
const give = (who: Headers, points: number, more: object = {}): Promise<Answer> =>
  hub.ask(who, "POST", `/v1/customers/${me}/loyalty/grants`, { id: newId(), points, reason: "goodwill", ...more });

/** The cheapest reward on a cart of the till with its goods in it, for whoever the cart is: what it took off, or why not. */
async function burnAtTill(till: Headers): Promise<string> {
  const { body: opened } = await hub.ask(till, "POST", "/v1/carts", {
    operations: [
      { id: newId(), kind: "add", sku: "PAS-CRO", quantity: 1, options: [] },
      { id: newId(), kind: "setCustomer", customerId: me },
    ],
  });
  const url = `/v1/carts/${opened.cart.id}/operations`;
  const holder = { ...till, "weft-cart": opened.token };
  const rewards = (await loyalty(lea, "me")).body.rewards;
  const croissant = rewards.find(({ benefit }: { benefit: { kind: string } }) => benefit.kind === "amount") ?? rewards[0];
  const { body } = await hub.ask(holder, "POST", url, { operations: [{ id: newId(), kind: "applyReward", rewardId: croissant.id }] });
  await hub.ask(holder, "DELETE", `/v1/carts/${opened.cart.id}`);
  const [reward] = body.cart.rewards;
  return reward?.applied ? "burned" : (reward?.because.kind ?? "refused");
}

describe("[LOY-12] points of a web customer at a till, over the API", () => {
  it("linked: one balance of now, seen and burned at the till, and what is given there is on the phone at once", async () => {
    const till = await hub.demo.enter("jordi");
    expect((await loyalty(till, me)).status).toBe(404); // nobody leafs through balances: not opened yet
    expect((await open(till)).body).toMatchObject({ knownAs: "customer", pointsAsOf: "now" });
    const before = (await loyalty(lea, "me")).body.balance;
    expect((await loyalty(till, me)).body).toMatchObject({
      balance: before,
      balanceAsOf: "now",
      rewards: expect.arrayContaining([expect.anything()]),
    });
    expect(await burnAtTill(till)).toBe("burned");
    expect((await give(till, 3)).body).toMatchObject({ points: 3, approved: false, balance: before + 3, balanceAsOf: "now" });
    expect((await loyalty(lea, "me")).body.balance).toBe(before + 3);
  });

  it("handover: the card opens the balance of last night, points are earned here and burned at home", async () => {
    await hub.setLevel("online", "handover");
    const till = await hub.demo.enter("jordi");
    expect([(await open(till)).status, (await loyalty(till, me)).status]).toEqual([403, 404]);
    expect((await open(till, card)).body).toMatchObject({ knownAs: "shown_object", pointsAsOf: "last_night" });
    const atHome = (await loyalty(lea, "me")).body;
    const here = (await loyalty(till, me)).body;
    const lastNight = here.balance;
    expect(here).toMatchObject({ balanceAsOf: "last_night", rewards: [], cardNumber: atHome.cardNumber });
    const given = await give(till, 5);
    expect([given.status, given.body.balance, given.body.balanceAsOf]).toEqual([201, lastNight, "last_night"]);
    expect((await loyalty(lea, "me")).body).toMatchObject({ balance: atHome.balance + 5, balanceAsOf: "now" });
    expect((await loyalty(till, me)).body.balance).toBe(lastNight);
    expect(await burnAtTill(till)).not.toBe("burned");
  });

  it("siloed: an account of its own, which no card opens elsewhere", async () => {
    await hub.setLevel("online", "siloed");
    const till = await hub.demo.enter("jordi");
    // Another till was shown the code before [LOY-22]: the card shows another one by now.
    const shown = (await loyalty(lea, "me")).body.cardToken;
    expect([(await open(till, shown)).status, (await loyalty(till, me)).status, (await give(till, 1)).status]).toEqual([403, 404, 404]);
    expect((await loyalty(lea, "me")).body).toMatchObject({ balanceAsOf: "now" });
    await hub.setLevel("online", "linked");
  });
});

describe("[LOY-11] points that staff give", () => {
  let till: Headers;
  beforeAll(async () => {
    till = await hub.demo.enter("jordi");
    expect((await open(till)).status).toBe(201);
  });

  it("up to the giver's own limit of the day, then with a manager's PIN; a wrong one is refused and counted", async () => {
    const before = (await loyalty(lea, "me")).body.balance;
    const alone = await give(till, 60);
    expect([alone.status, alone.body.code, alone.body.own]).toEqual([403, "loyalty.approval_needed", 50]);
    const wrong = await give(till, 60, { pin: "1234" }); // their own: a cashier's
    expect([wrong.status, wrong.body.code]).toEqual([403, "loyalty.approval_refused"]);
    const guessed = await give(till, 60, { pin: "0000" });
    expect([guessed.status, guessed.body.code]).toEqual([403, "loyalty.approval_refused"]);
    expect((await loyalty(lea, "me")).body.balance).toBe(before);
    const { rows } = await hub.demo.pool.query("select max(failures) as failures from access.attempt where subject like 'device/%'");
    expect(rows[0].failures).toBeGreaterThan(0);
    const approved = await give(till, 60, { pin: "9876" });
    expect([approved.status, approved.body.approved, approved.body.balance]).toEqual([201, true, before + 60]);
  });

  it("the same grant sent again is one, also under another key; another one with its id is refused", async () => {
    const before = (await loyalty(lea, "me")).body.balance;
    const id = newId();
    const answers = await Promise.all([give(till, 1, { id }), give(till, 1, { id }), give(till, 1, { id })]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await give(till, 2, { id })).body.code).toBe("loyalty.grant_differs");
    expect((await loyalty(lea, "me")).body.balance).toBe(before + 1);
  });

  it("two grants at once do not both fit under what is left of the limit", async () => {
    const own = (
      await hub.demo.pool.query("select coalesce(sum(points), 0)::int as given from loyalty.points_grant where approved_by is null")
    ).rows[0];
    const left = 50 - own.given;
    const answers = await Promise.all([give(till, left), give(till, left)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 403]));
  });

  it("stand in the history with their reason and in the audit with who gave and who approved; the books agree", async () => {
    const { items } = (await hub.ask(lea, "GET", "/v1/customers/me/loyalty/entries")).body;
    expect(items[0]).toMatchObject({ kind: "grant", because: { kind: "grant", data: { reason: "goodwill" } } });
    const { rows } = await hub.demo.pool.query(
      "select reason from access.audit_entry where action = 'loyalty.grant' and reason not like '%null' limit 1",
    );
    expect(rows).toHaveLength(1);
    for (const { name, sql } of loyaltyInvariants) expect([name, (await hub.demo.pool.query(sql)).rows]).toEqual([name, []]);
  });
});
