import { newId, ok, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LYON, MUG, saleHub, tillActor, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { writeRecord } from "../customers/index.ts";
import { grantPoints, setTerms, watch, type GrantId } from "./commands/index.ts";
import { judgeCounted, NO_TERMS } from "./domain/index.ts";
import { currentRule } from "./queries/index.ts";

const WATCH = { salesPerDay: 3, grantsPerMonth: 2, returnsPerQuarter: 2 };

describe("[LOY-30] what looks like misuse", () => {
  it("is so many sales, grants or returns as the program says, and any gift to oneself", () => {
    expect(judgeCounted(WATCH, { kind: "sales", count: 2 })).toBeNull();
    expect(judgeCounted(WATCH, { kind: "sales", count: 3 })).toBe("many_sales");
    expect(judgeCounted(WATCH, { kind: "grants", count: 1, isGiver: false })).toBeNull();
    expect(judgeCounted(WATCH, { kind: "grants", count: 1, isGiver: true })).toBe("own_grant");
    expect(judgeCounted(WATCH, { kind: "grants", count: 2, isGiver: false })).toBe("many_grants");
    expect(judgeCounted(WATCH, { kind: "returns", count: 2 })).toBe("many_returns");
  });
});

describe("[LOY-30] the hub", () => {
  let hub: SaleHub;
  beforeAll(async () => {
    hub = await saleHub();
    await hub.stock(MUG, LYON, 100);
  }, 30_000);
  afterAll(() => hub.close());

  const told = async () => (await hub.published()).filter(({ type }) => type === "loyalty.points_suspected.v1").map(({ data }) => data);
  const looked = (recordId: RecordId, kind: "sales" | "returns" | "grants", grantId: string | null = null) =>
    hub.must(async (ctx) => ok(await watch(ctx, recordId, kind, grantId)));
  const give = async (recordId: RecordId): Promise<GrantId> => {
    const id = newId<GrantId>();
    const giver = { id: tillActor().staff?.id, roles: ["owner"], placeIds: [LYON], name: "Jordi", sessionId: null } as never; // only these are asked
    await hub.must((ctx) => grantPoints(ctx, giver, { id, recordId, points: 5, reason: "goodwill", approve: undefined }), tillActor());
    return id;
  };

  it("tells of the third sale of a day, and of nothing while nothing is watched", async () => {
    const ada = await hub.customer();
    const buy = async () => {
      await hub.complete(await hub.cart([[MUG, 1]], { actor: ada }), [{ kind: "card", token: "inline" }]);
      await looked(ada.customer.recordId, "sales");
    };
    for (let n = 0; n < 3; n++) await buy();
    expect(await told()).toEqual([]);
    const version = (await currentRule(hub))?.version ?? 0;
    await hub.must((ctx) => setTerms(ctx, version, { ...NO_TERMS, watch: WATCH }));
    hub.around.snapshots.invalidate();
    await buy();
    expect(await told()).toEqual([{ recordId: ada.customer.recordId, because: "many_sales", count: 4 }]);
  });

  it("tells of staff who give to the same customer again and again, and of those who give to themselves", async () => {
    const bea = await hub.customer();
    await looked(bea.customer.recordId, "grants", await give(bea.customer.recordId));
    expect(await told()).toEqual([]);
    await looked(bea.customer.recordId, "grants", await give(bea.customer.recordId));
    expect(await told()).toMatchObject([{ because: "many_grants", count: 2 }]);
    await hub.rows(
      "insert into access.staff (id, email, name, password_hash) values ($1, 'jordi@example.com', 'Jordi', 'none') on conflict do nothing",
      [tillActor().staff?.id],
    );
    const write = { channelId: WEB, input: { givenName: "Jordi", externalId: "jordi", email: "Jordi@Example.com" }, cause: "test" };
    const { recordId } = await hub.must((ctx) => writeRecord(ctx, { ...write, verified: ["email"], verifiedBy: "code" }));
    await looked(recordId, "grants", await give(recordId));
    expect(await told()).toMatchObject([{ because: "own_grant", count: 1 }]);
  });
});
