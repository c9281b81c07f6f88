import type { Locator, Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasDevices, hang } from "../lib/boards.ts";
import { chooseBellecour, jordisTill, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const WALL = { width: 1920, height: 1080 };
const UPRIGHT = { width: 1080, height: 1920 };
/** The first thing on all of the screens. */
const NAME = "Espresso";
const DAYS = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
/** Three days from now it is neither today nor tomorrow, in whatever zone. */
const anotherDay = (): string => DAYS[(new Date().getUTCDay() + 3) % 7] ?? "Mo";

type Place = { readonly id: string; readonly name: string };

type State = "visible" | "hidden";

/** Sees that every screen looks as it should after an act, without anybody touching it. How soon is measured by `npm run bench -- every-screen`. */
async function soon(act: () => Promise<unknown>, screens: Readonly<Record<string, readonly [Locator, State]>>): Promise<void> {
  const seen = Object.values(screens).map(([look, state]) => look.first().waitFor({ state }));
  await act();
  await Promise.all(seen);
}

story(
  "S4 another price, another time of day and a sold-out mark show on shop, till, kiosk and menu board by themselves, and so does their end",
  async (stage) => {
    const office = await annasDevices(stage);
    const board = await stage.device("board", { viewport: WALL });
    const kiosk = await stage.device("kiosk", { viewport: UPRIGHT, isTouch: true });
    await board.goto("/board/menu");
    await hang(office, board, `Menu ${RUN}`);
    await kiosk.goto("/till/kiosk");
    await hang(office, kiosk, `Menu kiosk ${RUN}`);
    const till = await jordisTill(stage);
    const phone = await strangersPhone(stage);
    await chooseBellecour(phone);

    const named = (screen: Page, of: Locator): Locator => of.filter({ has: screen.getByText(NAME, { exact: true }) });
    const at = {
      shop: named(phone, phone.getByRole("listitem")),
      till: named(till, till.getByRole("button")),
      kiosk: named(kiosk, kiosk.getByRole("button")),
      wall: named(board, board.getByRole("listitem")),
    };
    await visit(phone, `/shop/?q=${NAME}`);
    await kiosk.getByRole("button", { name: "Eat here" }).click();
    const goods = await goodsOf(office);
    // It turns its pages, and begins again with the first: what it does not show later may be on another one.
    const begin = async (): Promise<void> => {
      await board.reload();
      await at.wall.first().waitFor();
    };

    for (const look of [at.shop, at.till, at.kiosk]) await look.first().waitFor();
    const list = await ownList(office, goods.place);
    const set = (unitPrice: object | null) =>
      askInOffice(office, "POST", `/v1/price-lists/${list}/prices`, { prices: goods.skus.map((sku) => ({ sku, unitPrice })) });
    const priced = (look: Locator, state: State) => [look.filter({ hasText: /4\.44/ }), state] as const;
    const pricedAt = (state: State) => ({ shop: priced(at.shop, state), till: priced(at.till, state), kiosk: priced(at.kiosk, state) });
    await begin();
    await soon(() => set({ amount: 444 }), { ...pricedAt("visible"), wall: priced(at.wall, "visible") });
    await soon(() => set(null), pricedAt("hidden"));

    const settings = (dayparts: string | null) => askInOffice(office, "PATCH", `/v1/places/${goods.place.id}`, { settings: { dayparts } });
    const later = at.shop.filter({ hasText: /from [A-Z]/ });
    await begin();
    await soon(() => settings(`${goods.category}: ${anotherDay()} 08:00-18:00`), {
      kiosk: [at.kiosk, "hidden"],
      wall: [at.wall, "hidden"],
      shop: [later, "visible"],
    });
    await soon(() => settings(null), { kiosk: [at.kiosk, "visible"], shop: [later, "hidden"] });

    await till.getByRole("button", { name: "More" }).click();
    await till.getByRole("button", { name: "Mark something as sold out" }).click();
    const gone = (look: Locator, state: State) => [look.filter({ hasText: /sold out/i }), state] as const;
    const mark = () => at.till.first().click();
    await begin();
    await soon(mark, { shop: gone(at.shop, "visible"), kiosk: gone(at.kiosk, "visible"), wall: gone(at.wall, "visible") });
    await soon(mark, { shop: gone(at.shop, "hidden"), kiosk: gone(at.kiosk, "hidden") }); // the next stories sell it
  },
);

/** What the product is for the office: its SKUs, its category, and its store. */
async function goodsOf(office: Page) {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: Place[] }; // by the contract, as below
  const place = places.find((one) => one.name.includes("Bellecour"));
  type Found = { items: { id: string; slug: string; categoryId: string; name: { en: string } }[] };
  const { items } = (await askInOffice(office, "GET", `/v1/products?query=${NAME}&limit=10`)) as Found;
  const found = items.find((one) => one.name.en === NAME);
  const { items: categories } = (await askInOffice(office, "GET", "/v1/categories")) as { items: { id: string; code: string }[] };
  const category = categories.find(({ id }) => id === found?.categoryId);
  if (!place || !found || !category) throw new Error(`${NAME} is not found`);
  const { variants } = (await askInOffice(office, "GET", `/v1/products/${found.slug}`)) as { variants: { sku: string }[] };
  return { place, category: category.code, skus: variants.map(({ sku }) => sku) };
}

/** A price list of the store alone that goes before all others. */
async function ownList(office: Page, { id }: Place): Promise<string> {
  const terms = { name: `Menu of the story ${RUN}`, currency: "EUR", taxIncluded: true, priority: 1000, placeIds: [id] };
  return ((await askInOffice(office, "POST", "/v1/price-lists", terms)) as { id: string }).id; // by the contract
}
