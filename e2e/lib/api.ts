import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Stage } from "../story.ts";
import { RUN, strangersPhone } from "./people.ts";

/** What a story only needs to be there, asked with the session of an office that is open. Throws where it is refused. */
export async function askInOffice(office: Page, method: string, path: string, body?: object): Promise<unknown> {
  return office.evaluate(
    async ([method, path, body]) => {
      const headers = { "weft-session": "weft_office", "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      const answer = await fetch(path, { method, headers, ...(body === null ? {} : { body }) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    [method, path, body ? JSON.stringify(body) : null] as const,
  );
}

export type Goods = { readonly sku: string; readonly quantity: number };

/** An order of the shop's API to be collected at Jordi's store, where it is paid unless it is by card. */
export async function orderToCollect(
  stage: Stage,
  goods: readonly Goods[],
  tender: { readonly kind: "due_at_collection" } | { readonly kind: "card"; readonly token: string } = { kind: "due_at_collection" },
): Promise<{ readonly number: string; readonly code: string }> {
  const phone = await strangersPhone(stage);
  await phone.goto("/shop/");
  const ask = async <Answer>(url: string, data?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await phone.request.fetch(url, { method: data ? "POST" : "GET", headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${url}: ${await answer.text()}`);
    return answer.json() as Promise<Answer>; // as the contract says
  };
  const { publishableKey } = await ask<{ publishableKey: string }>("/v1/apps/shop");
  const key = { authorization: `Bearer ${publishableKey}`, "weft-session": "weft_shop" };
  const stores = await ask<{ items: { id: string }[] }>("/v1/stores?query=bellecour", undefined, key);
  const placeId = stores.items[0]?.id;
  const operations = goods.map((one) => ({ id: randomUUID(), kind: "add", ...one }));
  const opened = await ask<{ token: string; cart: { id: string; totals: { total: object } } }>("/v1/carts", { placeId, operations }, key);
  const order = await ask<{ number: string; fulfillments: { collectCode: string }[] }>(
    `/v1/carts/${opened.cart.id}/completion`,
    {
      fulfillment: { kind: "collect", placeId },
      tenders: [tender],
      expectedTotal: opened.cart.totals.total,
      contact: { name: "Ana", phone: "+33639980123" },
    },
    { ...key, "weft-cart": opened.token, "idempotency-key": randomUUID() },
  );
  const code = order.fulfillments[0]?.collectCode;
  if (!code) throw new Error("the order has no collection code");
  return { number: order.number, code };
}

type Level = { readonly sku: string; readonly onHand: number; readonly placeId: string; readonly placeName: string };

/** Leaves so many of a product at Jordi's store: what a count finds. */
export async function leave(office: Page, sku: string, left: number): Promise<void> {
  const { items } = (await askInOffice(office, "GET", `/v1/stock?query=${sku}&limit=50`)) as { items: Level[] }; // by the contract
  const level = items.find((one) => one.sku === sku && one.placeName.includes("Bellecour"));
  if (!level) throw new Error(`${sku} has no stock in Lyon`);
  await askInOffice(office, "POST", "/v1/stock/movements", {
    kind: "count",
    placeId: level.placeId,
    sku,
    counted: left,
    changeFromQuantity: level.onHand,
    reason: "counted",
  });
}

type Place = { readonly id: string; readonly name: string; readonly latitude: number; readonly longitude: number } & Readonly<
  Record<"entityId" | "groupId", string>
>;

/** So many such stores were opened on this stage and others: each has a code of its own. */
let opened = 0;

/** Opens a store around the corner of Jordi's that never closes and has some of a product, so that the hour of the day decides nothing. */
export async function openAllHours(office: Page, name: string, { sku, quantity }: Goods): Promise<string> {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: Place[] }; // by the contract
  const bellecour = places.find((place) => place.name.includes("Bellecour"));
  if (!bellecour) throw new Error("there is no store in Lyon");
  const { entityId, groupId, latitude, longitude } = bellecour;
  const weekly = Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]);
  const { id } = (await askInOffice(office, "POST", "/v1/places", {
    entityId,
    groupId,
    latitude,
    longitude,
    timeZone: zoneAtMidday(),
    kind: "store",
    name,
    code: `all-hours-${RUN}-${++opened}`,
    address: { line1: "2 rue du Peigne", postcode: "69002", city: "Lyon", country: "FR" },
    hours: { weekly, exceptions: [] },
  })) as { id: string }; // as above
  await askInOffice(office, "PATCH", `/v1/places/${id}`, { services: ["collect"] });
  await askInOffice(office, "POST", "/v1/stock/movements", { kind: "receipt", placeId: id, sku, quantity, reason: "first delivery" });
  return id;
}

/** The time zone of such a store: where it is about midday now, so that what is ordered there is never for tomorrow. */
export function zoneAtMidday(): string {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`; // POSIX counts hours west of Greenwich
}
