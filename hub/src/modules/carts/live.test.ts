import type { AddressInfo } from "node:net";
import { newId } from "@weft/kernel";
import type { AnswerOf, CartView, OpenedCartView, StoreView } from "@weft/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "../../../test/demo-hub.ts";

let demo: DemoHub;
let shop: Record<string, string>;
let till: Record<string, string>;
let sku: string;
const closing = new AbortController();

beforeAll(async () => {
  demo = await openDemoHub();
  await demo.app.listen({ port: 0, host: "127.0.0.1" });
  shop = { authorization: `Bearer ${demo.chain.channels.find(({ kind }) => kind === "web")?.publishableKey}` };
  till = await demo.enter("jordi");
  sku = demo.chain.products.find(({ isTracked }) => !isTracked)?.variants[0]?.sku ?? "";
}, 60_000);
afterAll(async () => {
  closing.abort();
  await demo.close();
});

async function post<T>(url: string, headers: Record<string, string>, payload: object = {}): Promise<T> {
  const answer = await demo.app.inject({ method: "POST", url, headers, payload });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`);
  return answer.json<T>();
}

type Message = { readonly subject: string; readonly version: number; readonly patch: CartView | null };

/** What a browser that holds the cart is sent, over a real socket. */
async function follow(cartId: string, headers: Record<string, string>): Promise<Message[]> {
  const { port } = demo.app.server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/v1/live?cart=${cartId}`, { headers, signal: closing.signal });
  const received: Message[] = [];
  void listen(answer, received).catch(() => undefined); // ends with the test
  await expect.poll(() => received.length).toBeGreaterThan(0);
  return received;
}

async function listen({ body }: Response, received: Message[]): Promise<void> {
  let rest = "";
  for await (const piece of body ?? []) {
    const blocks = (rest + Buffer.from(piece).toString()).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data && !block.startsWith("event: hello")) received.push(JSON.parse(data) as Message); // as the presenter made it
    }
  }
}

const add = () => ({ operations: [{ id: newId(), kind: "add", sku, quantity: 1 }] });

it.each(["take", "join"] as const)(
  "[CRT-4] after a hand-over by %s the giver's open stream carries the cart only if they still hold it",
  async (mode) => {
    const opened = await post<OpenedCartView>("/v1/carts", shop, add());
    const giver = { ...shop, "weft-cart": opened.token };
    const url = `/v1/carts/${opened.cart.id}`;
    const received = await follow(opened.cart.id, giver);
    expect(received[0]).toMatchObject({ patch: { id: opened.cart.id } });

    const { code } = await post<{ code: string }>(`${url}/handovers`, giver, { mode });
    const claimed = await post<OpenedCartView>(`/v1/handovers/${code}/claim`, till);
    const taker = { ...till, "weft-cart": claimed.token };
    const taken = await follow(opened.cart.id, taker);
    const { cart } = await post<{ cart: CartView }>(`${url}/operations`, taker, add());

    await expect.poll(() => taken.at(-1)?.version).toBe(cart.version);
    if (mode === "join") await expect.poll(() => received.at(-1)?.patch).toMatchObject({ version: cart.version });
    else {
      await expect.poll(() => received.at(-1)).toMatchObject({ subject: `cart/${opened.cart.id}`, patch: null });
      expect(received.filter(({ patch }) => patch !== null && patch.version >= claimed.cart.version)).toEqual([]);
    }
  },
);

it("[CRT-16] who looks at a cart that is bought for a company is told when its customer leaves it, and of its new prices, on every screen", async () => {
  const [lea, anna] = [await demo.enter("lea"), await demo.enter("anna")];
  const send = async (method: "PUT" | "PATCH" | "DELETE", url: string, payload: object = {}): Promise<void> => {
    const { statusCode, body } = await demo.app.inject({ method, url, headers: anna, payload });
    if (statusCode >= 300) throw new Error(`${url}: ${body}`);
  };
  const me = await demo.app.inject({ url: "/v1/customers/me", headers: lea });
  const company = await post<{ id: string }>("/v1/companies", anna, { name: "Kontor Live", country: "FR" });
  const membership = `/v1/companies/${company.id}/members/${me.json<{ id: string }>().id}`;
  await send("PUT", membership, { role: "buyer" });

  const opened = await post<OpenedCartView>("/v1/carts", lea, add());
  const url = `/v1/carts/${opened.cart.id}`;
  await post(`${url}/operations`, lea, { operations: [{ id: newId(), kind: "setCompany", companyId: company.id }] });
  const { code } = await post<{ code: string }>(`${url}/handovers`, lea, { mode: "join" });
  const claimed = await post<OpenedCartView>(`/v1/handovers/${code}/claim`, till);
  const screens = [await follow(opened.cart.id, lea), await follow(opened.cart.id, { ...till, "weft-cart": claimed.token })];
  const shown = () => screens.map((received) => received.at(-1)?.patch?.company?.name ?? null);
  await expect.poll(shown).toEqual(["Kontor Live", "Kontor Live"]);

  await send("PATCH", `/v1/companies/${company.id}`, { name: "Kontor Live & Co", priceGroup: "offices" });
  await expect.poll(shown).toEqual(["Kontor Live & Co", "Kontor Live & Co"]);
  await send("DELETE", membership);
  await expect.poll(shown).toEqual([null, null]);
  const read = await demo.app.inject({ url, headers: lea });
  expect(read.json<CartView>()).toMatchObject({ company: null, version: screens[0]?.at(-1)?.version });
});

it("[PRM-51] a store that lengthens its promises is seen on every screen: who asks because it was told is never given what was before", async () => {
  const anna = await demo.enter("anna");
  const read = async <T>(url: string): Promise<T> => (await demo.app.inject({ url, headers: shop })).json<T>();
  const { items } = await read<{ items: StoreView[] }>("/v1/stores?limit=50");
  // A store that never closes: what is promised there hangs on its pace alone.
  const id = items.find(({ name }) => name.includes("Bellecour"))?.id ?? "";
  const asked = async () => {
    const { pace } = await read<StoreView>(`/v1/stores/${id}`);
    const { places } = await read<AnswerOf<"availability.read">>(`/v1/availability?sku=${sku}&storeId=${id}`);
    return { wait: pace?.waitMinutes ?? 0, readyIn: (Date.parse(places[0]?.promiseAt ?? "") - Date.now()) / 60_000 };
  };
  const usual = (await asked()).readyIn;
  const { port } = demo.app.server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/v1/live?store=${id}`, { headers: shop, signal: closing.signal });
  const told: { readonly patch: { readonly menu?: string } | null }[] = [];
  void listen(answer, told as Message[]).catch(() => undefined); // of a store its menu is looked at; ends with the test
  const menus = () => new Set(told.map(({ patch }) => patch?.menu)).size;
  await expect.poll(menus).toBe(1);
  for (const waitMinutes of [10, 0, 20, 0]) {
    const before = menus();
    const change = waitMinutes > 0 ? { method: "PUT" as const, payload: { minutes: 60, waitMinutes } } : { method: "DELETE" as const };
    const said = await demo.app.inject({ url: `/v1/places/${id}/pace`, headers: anna, ...change });
    expect(said.statusCode).toBeLessThan(300);
    await expect.poll(menus, { interval: 1 }).toBe(before + 1);
    const seen = await asked();
    expect(seen.wait).toBe(waitMinutes);
    expect(Math.abs(seen.readyIn - usual - waitMinutes)).toBeLessThan(1);
  }
});
