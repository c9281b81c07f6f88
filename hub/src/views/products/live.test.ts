import type { HubEvent } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BERLIN, LYON, VISITOR, cafeWindow, type CafeWindow } from "../../../test/cafe-window.ts";
import { variantId } from "../../../test/goods-hub.ts";
import { setPrices } from "../../modules/pricing/index.ts";
import { setSoldOut } from "../../modules/catalog/index.ts";
import { ANONYMOUS, dbOn, type ReadCtx } from "../../platform/index.ts";
import { storeLive } from "./live.ts";

let cafe: CafeWindow;
let ctx: ReadCtx;
beforeAll(async () => {
  cafe = await cafeWindow();
  ctx = { ...cafe.around, db: dbOn(cafe.pool), now: new Date() };
  await cafe.published();
});
afterAll(() => cafe.close());

describe("a store, live", () => {
  const live = storeLive();
  let position = 0;

  /** What the live hub does with the facts that were published meanwhile. Answers the subjects that changed. */
  async function hear(): Promise<unknown[]> {
    const subjects = [];
    for (const fact of await cafe.published()) {
      const event: HubEvent = { ...fact, id: "", source: "", time: "", position: ++position };
      for (const affected of live.affectedBy) if (affected.type === event.type) subjects.push(await affected.subject(event, ctx));
    }
    return subjects;
  }

  it("tells the units of what changed there, as they are when they are told", async () => {
    await cafe.stock(3, LYON, 4);
    await cafe.stock(4, LYON, 2);
    await cafe.stock(3, BERLIN, 9);
    expect(await hear()).toEqual([`store/${LYON}`, `store/${LYON}`, `store/${BERLIN}`]);
    await cafe.stock(3, LYON, 1);
    expect(await live.present(ctx, LYON, "window")).toEqual({
      version: 2,
      patch: {
        levels: [
          { variantId: variantId(3), available: 5, soldOut: false, ahead: null },
          { variantId: variantId(4), available: 2, soldOut: false, ahead: null },
        ],
        menu: "0",
      },
    });
  });

  it("tells what ran out and what is there again, counted or made to order, with a higher version", async () => {
    await hear();
    const mark = (soldOut: boolean) =>
      cafe.must((own) => setSoldOut(own, { variantId: variantId(1), placeId: LYON, soldOut, until: null, reason: null }));
    const last = async () => {
      await hear();
      const presented = await live.present(ctx, LYON, "window");
      return [presented?.version, Object(presented?.patch?.["levels"]).at(-1)];
    };
    await mark(true);
    expect(await last()).toEqual([5, { variantId: variantId(1), available: null, soldOut: true, ahead: null }]);
    await mark(false);
    expect(await last()).toEqual([6, { variantId: variantId(1), available: null, soldOut: false, ahead: null }]);
  });

  it("[PRC-19] tells every store that goods, prices or promotions are different, once memory has them, and that the clock turned one", async () => {
    await hear();
    const menu = async () => (await live.present(ctx, LYON, "window"))?.patch?.["menu"];
    const before = await menu();
    await cafe.must((own) => setPrices(own, []));
    setTimeout(() => cafe.refresh(), 50);
    expect((await hear()).flat()).toEqual(expect.arrayContaining([`store/${LYON}`, `store/${BERLIN}`]));
    const changed = await menu();
    expect(Number(changed)).toBeGreaterThan(Number(before));
    await cafe.rows("select pricing.tell_turn(now())");
    await hear();
    expect(Number(await menu())).toBeGreaterThan(Number(changed));
  });

  it("is for whoever may see the shop window", async () => {
    expect([
      await live.authorize({ ...ctx, actor: VISITOR }, LYON, null),
      await live.authorize({ ...ctx, actor: ANONYMOUS }, LYON, null),
    ]).toEqual(["window", null]);
  });
});
