import { gunzipSync, gzipSync } from "node:zlib";
import { ok, type ChannelId, type EntityId } from "@weft/kernel";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { upsertChannels } from "../src/modules/channels/index.ts";
import { runCheck } from "../src/modules/parity/check.ts";
import { startCheck } from "../src/modules/parity/commands.ts";
import { differencesText } from "../src/modules/parity/export.ts";
import type { CheckId } from "../src/modules/parity/index.ts";
import { listDifferences, readCheck } from "../src/modules/parity/queries.ts";
import { showProduct } from "../src/modules/parity/show-product.ts";
import { pricingSnapshot, savePriceLists, setPrices, type PriceListId } from "../src/modules/pricing/index.ts";
import { shopWindows } from "../src/views/products/index.ts";
import { cafeWindow, FEEDS, LYON, WEB, type CafeWindow } from "./cafe-window.ts";
import { productId, testId, variantId } from "./goods-hub.ts";
import { jobContext } from "./job-context.ts";

const shop = shopWindows(FEEDS);
const STORES = testId<ChannelId>("channel", 2);
const LIST = testId<PriceListId>("price list", 1);
const WEB_LIST = testId<PriceListId>("price list", 9);
const CROISSANT = variantId(3);

let cafe: CafeWindow;
beforeAll(async () => {
  cafe = await cafeWindow();
  const given = { entityId: testId<EntityId>("entity", 1), placeId: null, vouches: false, allowedOrigins: [], app: null };
  await cafe.must(async (ctx) => {
    await upsertChannels(ctx, [{ ...given, id: STORES, kind: "store", name: "Stores", code: "stores" }]);
    return ok(null);
  });
  await cafe.stock(3, LYON, 4);
});
afterAll(() => cafe.close());

const price = (listId: PriceListId, amount: number) => ({
  listId,
  variantId: CROISSANT,
  minQuantity: 1,
  unitPrice: { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } },
});
const setPrice = (amount: number, listId = LIST) => cafe.must((ctx) => setPrices(ctx, [price(listId, amount)]));
const askForFeeds = async () => {
  for (const feed of ["products.xml", "local-inventory.tsv"]) expect((await cafe.get(`/v1/feeds/shop/${feed}`)).statusCode).toBe(200);
};
/** As when nobody had asked for a feed for an hour. */
const letFeedsAge = () => cafe.rows("update parity.feed set made_at = made_at - interval '1 hour'");

beforeEach(async () => {
  await cafe.rows("delete from parity.run");
  await cafe.rows("delete from parity.feed");
  await cafe.rows("delete from pricing.price_list where id = $1", [WEB_LIST]);
  await cafe.rows("update channels.channel set link_level = 'linked'");
  await cafe.rows("delete from catalog.channel_exclusion");
  await setPrice(180);
  cafe.refresh();
  await askForFeeds();
});

const start = (renewFeedsOf: ChannelId | null = null) => cafe.must((ctx) => startCheck(ctx, { placeId: null, renewFeedsOf }));
const run = (id: CheckId) => runCheck(jobContext({ around: cafe.around, db: cafe.db }, new Date()), shop, id);

const reader = () => ({ ...cafe.around, db: cafe.db, now: new Date() });

async function check(renewFeedsOf: ChannelId | null = null) {
  const id = await start(renewFeedsOf);
  expect(await run(id)).toBe("done");
  const all = await listDifferences(reader(), ALL);
  return { check: await readCheck(reader(), id), all, of: (verdict: string) => all.filter((one) => one.verdict === verdict) };
}
const ALL = { verdict: null, window: null, attribute: null, channelId: null, placeId: null, query: null, after: null, limit: 500 };
const briefly = (all: Awaited<ReturnType<typeof check>>["all"]) =>
  [...new Set(all.map(({ window, attribute, expected, shown }) => [window, attribute, expected, shown].join(" ")))].toSorted();

it("[PAR-7] where channels are linked nothing is wrong and nothing late, and what a feed leaves out is intended", async () => {
  const { check: done, all, of } = await check();
  expect([briefly(of("wrong")), briefly(of("lagging"))]).toEqual([[], []]);
  expect(done).toMatchObject({ state: "done", wrong: 0, lagging: 0 });
  expect(done?.compared).toBeGreaterThan(300);
  expect(done?.done).toBe(done?.total);
  expect(all.every(({ because }) => because.kind === "no_gross_price")).toBe(true);
});

it("[PAR-2] a price list of one channel is wrong at every window of it while it is linked, and names the list", async () => {
  await cafe.must((ctx) =>
    savePriceLists(ctx, [
      { id: WEB_LIST, name: "Web only", currency: "EUR", taxIncluded: true, priority: 0, scope: { channelIds: [WEB] } },
    ]),
  );
  await setPrice(150, WEB_LIST);
  cafe.refresh();
  await letFeedsAge();
  await askForFeeds();
  const linked = (await check()).of("wrong").filter(({ attribute }) => attribute === "price");
  expect(new Set(linked.map(({ window }) => window))).toEqual(new Set(["page", "page_data", "product_feed", "inventory_feed"]));
  for (const one of linked)
    expect(one).toMatchObject({ sku: "PAS-CRO", expected: "1.80 EUR", shown: "1.50 EUR", fix: "price_list", fixId: WEB_LIST });

  await cafe.rows("update channels.channel set link_level = 'siloed' where id = $1", [WEB]);
  cafe.refresh();
  const { of } = await check();
  expect(of("wrong")).toEqual([]);
  expect(of("allowed").filter(({ attribute }) => attribute === "price")).toHaveLength(linked.length);
});

it("[PAR-3] a feed that is older than a change of the price lags since that change, until it is made anew", async () => {
  await setPrice(210);
  cafe.refresh();
  await cafe.rows(
    "insert into parity.change (source, revision, at) select 'pricing', revision, '2026-03-02T09:00:00Z' from pricing.revision",
  );
  const late = await check();
  expect(late.of("wrong")).toEqual([]);
  expect(briefly(late.of("lagging"))).toEqual(["inventory_feed price 2.10 EUR 1.80 EUR", "product_feed price 2.10 EUR 1.80 EUR"]);
  expect(new Set(late.of("lagging").map(({ since, fix }) => `${since} ${fix}`))).toEqual(new Set(["2026-03-02T09:00:00.000Z renew_feed"]));
  const renewed = await check(WEB);
  expect([renewed.of("wrong"), renewed.of("lagging"), renewed.check?.cause]).toEqual([[], [], "feed_renewed"]);
});

it("[PAR-3] a feed that somebody edited is wrong, also when a change came after it", async () => {
  const [feed] = await cafe.rows<{ packed: Buffer }>("select packed from parity.feed where kind = 'products'");
  const edited = gunzipSync(feed?.packed ?? Buffer.alloc(0))
    .toString()
    .replace("<g:price>1.80 EUR</g:price>", "<g:price>0.18 EUR</g:price>");
  await cafe.rows("update parity.feed set packed = $1 where kind = 'products'", [gzipSync(edited)]);
  await setPrice(190);
  cafe.refresh();
  const wrong = (await check()).of("wrong");
  expect(briefly(wrong)).toEqual(["product_feed price 1.90 EUR 0.18 EUR"]);
  expect(wrong[0]).toMatchObject({ because: { kind: "feed_differs" }, fix: "renew_feed" });
});

it("[PAR-3] a node that has not read a change yet shows the price before, which is late and not wrong", async () => {
  await cafe.around.snapshots.current(pricingSnapshot);
  await setPrice(220);
  const { of } = await check(null);
  expect(of("wrong")).toEqual([]);
  expect(briefly(of("lagging").filter(({ because }) => because.kind === "cache_older"))).toEqual(
    expect.arrayContaining(["page price 2.20 EUR 1.80 EUR", "till price 2.20 EUR 1.80 EUR", "board price 2.20 EUR 1.80 EUR"]),
  );
});

it("[PAR-2] what a channel excludes is intended there", async () => {
  await cafe.rows("insert into catalog.channel_exclusion (product_id, channel_id) values ($1, $2)", [productId(3), WEB]);
  cafe.refresh();
  await letFeedsAge();
  await askForFeeds();
  const { all, of } = await check();
  expect(of("wrong")).toEqual([]);
  const gone = all.filter(({ sku, because }) => sku === "PAS-CRO" && because.kind === "excluded");
  expect(new Set(gone.map(({ window }) => window))).toEqual(new Set(["page", "page_data", "product_feed", "inventory_feed"]));
});

it("[PAR-8] the file has every difference of the list in its order, and runs nothing in a spreadsheet", async () => {
  await cafe.rows("insert into catalog.channel_exclusion (product_id, channel_id) values ($1, $2)", [productId(3), WEB]);
  cafe.refresh();
  const { all } = await check();
  await cafe.rows(`insert into parity.difference (run_id, verdict, window_kind, channel_id, attribute, shown, because, fix)
    select run_id, 'allowed', window_kind, channel_id, attribute, '=1+1, "two"', because, fix
      from (select * from parity.difference limit 1) d, generate_series(1, 1200)`);
  const { after: _, limit: __, ...everything } = ALL;
  let text = "";
  for await (const part of differencesText(reader(), everything, "fr")) text += part;
  const [head, ...lines] = parse(text, { bom: true });
  expect(head?.slice(0, 7)).toEqual(["verdict", "window", "channel", "place", "sku", "name", "attribute"]);
  expect(lines).toHaveLength(all.length + 1200);
  expect(lines.filter((cells) => cells[8] === `'=1+1, "two"`)).toHaveLength(1200);
  const verdicts = lines.map(([verdict]) => verdict ?? "");
  expect(verdicts).toEqual(verdicts.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
  expect(lines.find((cells) => cells[4] === "PAS-CRO")?.[5]).toContain("Croissants au beurre");
});
const ORDER = ["wrong", "lagging", "allowed"];

it("[PAR-5] whoever asks while a check waits is answered with that one, and it makes the feeds of both anew", async () => {
  const [first, second] = [await start(), await start(WEB)];
  expect(second).toBe(first);
  await setPrice(230);
  cafe.refresh();
  expect(await run(first)).toBe("done");
  expect(await run(first)).toBe("ended");
  expect(await readCheck(reader(), first)).toMatchObject({ wrong: 0, lagging: 0 });
});

it("[PAR-5] a check waits while another runs, and one that is left by a killed node begins again", async () => {
  const first = await start();
  await cafe.rows("update parity.run set state = 'running', started_at = now(), beat_at = now() where id = $1", [first]);
  const second = await start();
  expect(second).not.toBe(first);
  expect([await run(second), await run(first)]).toEqual(["busy", "busy"]);
  await cafe.rows("update parity.run set beat_at = now() - interval '2 minutes' where id = $1", [first]);
  expect([await run(first), await run(second)]).toEqual(["done", "done"]);
});

it("[PAR-1] one product is shown as every window of a store shows it, feeds with the time at which they were made", async () => {
  await setPrice(240);
  cafe.refresh();
  const shown = await showProduct(reader(), shop, productId(3), LYON);
  const priceAt = (window: string) =>
    shown?.windows.find((one) => one.window === window)?.variants[0]?.cells.find(({ attribute }) => attribute === "price");
  expect(priceAt("page")).toMatchObject({ shown: "2.40 EUR", verdict: "same" });
  expect(priceAt("till")).toMatchObject({ shown: "2.40 EUR", verdict: "same" });
  expect(priceAt("product_feed")).toMatchObject({ shown: "1.80 EUR", expected: "2.40 EUR", verdict: "lagging" });
  expect(shown?.windows.filter(({ madeAt }) => madeAt !== null).map(({ window }) => window)).toEqual(["inventory_feed", "product_feed"]);
});
