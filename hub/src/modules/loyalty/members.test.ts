import { ok, type CustomerId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { SYSTEM } from "../../platform/index.ts";
import { customerOf, recordsOf } from "../customers/index.ts";
import { claimShownCard, readCardToken, shownCard } from "./card.ts";
import { enroll, setProgram } from "./commands/index.ts";
import { codeStep, isCardNumber, rotatingCode, shownText } from "./domain/index.ts";
import { eraseMemberships } from "./erase.ts";
import { currentRule, membershipsOf, pointsHistory, pointsOf, recordOfCard } from "./queries/index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

const record = async (): Promise<RecordId> => (await hub.customer()).customer.recordId;
const program = async () => (await currentRule(hub))?.programId ?? unreachable();
function unreachable(): never {
  throw new Error("the hub has a program");
}

async function buyMug(actor: Awaited<ReturnType<SaleHub["customer"]>>): Promise<void> {
  const done = await hub.complete(await hub.cart([[MUG, 1]], { actor }), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
}

describe("members and their cards", () => {
  it("[LOY-4] a record becomes a member once, however often and however many ask at once, with a card that finds it", async () => {
    const recordId = await record();
    await hub.published();
    await Promise.all([1, 2, 3].map(() => hub.must(async (ctx) => ok(await enroll(ctx, [recordId])))));
    const cards = await membershipsOf(hub, [recordId]);
    expect(cards).toHaveLength(1);
    const number = cards[0]?.cardNumber ?? "";
    expect(isCardNumber(number)).toBe(true);
    expect(await recordOfCard(hub, `${number.slice(0, 4)} ${number.slice(4)}`)).toBe(recordId);
    expect(await recordOfCard(hub, "2900000000000000")).toBeNull();
    expect(await hub.broken()).toEqual([]);
  });

  it("[LOY-21] a card shows a code for half a minute that only this hub signs, and a clock may be a minute wrong", async () => {
    const recordId = await record();
    const at = new Date("2026-03-02T09:15:00Z");
    const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
    const now = new Date();
    const { cardToken, cardKey } = await shownCard(hub, recordId, now);
    expect(await readCardToken(hub, cardToken, now)).toBe(recordId);
    // Without a network the phone makes the next codes itself.
    const token = cardToken.slice(0, cardToken.lastIndexOf("."));
    const offline = shownText(token, await rotatingCode(cardKey, codeStep(later(3600))));
    expect(await readCardToken(hub, offline, later(3600))).toBe(recordId);
    expect(await readCardToken(hub, offline, later(3600 + 60))).toBe(recordId);
    expect(await readCardToken(hub, offline, later(3600 - 60))).toBe(recordId);
    expect(await readCardToken(hub, offline, later(3600 + 90))).toBeNull();
    expect(await readCardToken(hub, offline, later(3600 - 90))).toBeNull();
    expect(await readCardToken(hub, token, now)).toBeNull();
    expect(await readCardToken(hub, shownText(await hub.signer.sign("handover", recordId, 60), "AAAAAAAA"), now)).toBeNull();
    expect(await readCardToken(hub, "nonsense", now)).toBeNull();
  });

  it("[LOY-22] a code opens its card at one till: a copy of it opens nothing at another, and asking again is no copy", async () => {
    const { cardToken } = await shownCard(hub, await record(), new Date());
    const at = (id: string) => ({ ...SYSTEM, credential: `device/${id}` });
    const claims = await Promise.all(
      ["left", "right"].map((till) => hub.must(async (ctx) => ok(await claimShownCard(ctx, cardToken)), at(till))),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    const first = claims[0] ? "left" : "right";
    expect(await hub.must(async (ctx) => ok(await claimShownCard(ctx, cardToken)), at(first))).toBe(true);
    expect(await hub.must(async (ctx) => ok(await claimShownCard(ctx, "2912345678901236")), at("other"))).toBe(true);
  });

  it("an erased member's card opens nothing, and the ledger still balances", async () => {
    const customer = await hub.customer();
    await buyMug(customer);
    const [card] = await membershipsOf(hub, [customer.customer.recordId]);
    await hub.must(async (ctx) => ok(await eraseMemberships(ctx, [customer.customer.recordId])));
    expect(await recordOfCard(hub, card?.cardNumber ?? "")).toBeNull();
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[LOY-3] one balance over linked records", () => {
  it("adds up when they are linked, and is as before when the link is withdrawn, with purchases in between", async () => {
    const [a, b] = [await hub.customer(), await hub.customer()];
    await buyMug(a);
    await buyMug(b);
    const points = async (of: RecordId) => (await pointsOf(hub, await recordsOf(hub, await customerOf(hub, of)), await program())).balance;
    const link = (recordId: RecordId, customerId: CustomerId) =>
      hub.rows("update customers.record_customer set customer_id = $2 where record_id = $1", [recordId, customerId]);
    await link(b.customer.recordId, await customerOf(hub, a.customer.recordId));
    expect(await points(b.customer.recordId)).toBe(28);
    await buyMug(b);
    expect(await points(a.customer.recordId)).toBe(42);
    const ofBoth = { recordIds: [a.customer.recordId, b.customer.recordId], programId: await program(), before: null, limit: 10 };
    expect((await pointsHistory(hub, ofBoth)).map(({ amount, kind }) => [amount, kind])).toEqual([
      [14, "earn"],
      [14, "earn"],
      [14, "earn"],
    ]);
    await link(b.customer.recordId, b.customer.recordId as string as CustomerId); // its own again
    expect([await points(a.customer.recordId), await points(b.customer.recordId)]).toEqual([14, 28]);
  });
});

describe("[LOY-2] a rule that changes", () => {
  it("is a new version; the same rule again is none; what was earned keeps its version", async () => {
    const before = await currentRule(hub);
    const same = { programName: "Threads", points: 1, perMinorUnits: 100, currency: "EUR" };
    expect(await hub.must(async (ctx) => ok(await setProgram(ctx, same)))).toEqual(before);
    const customer = await hub.customer();
    await buyMug(customer);
    const after = await hub.must(async (ctx) => ok(await setProgram(ctx, { ...same, points: 2 })));
    expect(after).toMatchObject({ version: (before?.version ?? 0) + 1, points: 2, programId: before?.programId });
    hub.around.snapshots.invalidate();
    await buyMug(customer);
    const history = await pointsHistory(hub, {
      recordIds: [customer.customer.recordId],
      programId: after.programId,
      before: null,
      limit: 10,
    });
    expect(history.map(({ amount, because }) => [amount, because.data?.["version"]])).toEqual([
      [28, after.version],
      [14, before?.version],
    ]);
  });
});
