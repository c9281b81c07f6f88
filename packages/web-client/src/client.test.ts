import { describe, expect, it } from "vitest";
import { createWebClient, type Surroundings, type WebClient } from "./client.ts";
import type { WireEvent } from "./event.ts";
import { openStorage } from "./storage.ts";

type Answer = { readonly status: number; readonly retryAfter?: string } | "no network";

/** A browser's tab: its storage, its clock, and a hub that answers as told, 200 by default. */
function openBrowser({
  asksFirst = false,
  saysNo = false,
  random = 0,
}: { asksFirst?: boolean | null; saysNo?: boolean; random?: number } = {}) {
  const stored = new Map<string, string>();
  const requests: { readonly batch: WireEvent[]; readonly body: string; readonly by: "fetch" | "beacon" }[] = [];
  const answers: Answer[] = [];
  const timers: { readonly work: () => void; readonly milliseconds: number }[] = [];
  const warnings: string[] = [];
  const kept: (boolean | undefined)[] = [];
  let now = Date.UTC(2026, 3, 1, 10);
  let leave = () => {};
  const fetch = async (url: unknown, init?: RequestInit) => {
    if (url !== "https://hub.example/v1/b") {
      if (asksFirst === null) throw new TypeError("no network");
      return Response.json({ weft: { asksFirst } });
    }
    const body = init?.body as string; // the client sends text
    kept.push(init?.keepalive);
    requests.push({ batch: (JSON.parse(body) as { batch: WireEvent[] }).batch, body, by: "fetch" }); // as the client writes it
    const answer = answers.shift() ?? { status: 200 };
    if (answer === "no network") throw new TypeError("no network");
    return new Response("{}", { status: answer.status, headers: answer.retryAfter ? { "retry-after": answer.retryAfter } : {} });
  };
  const browserStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
    removeItem: (name: string) => void stored.delete(name),
    key: (n: number) => [...stored.keys()][n] ?? null,
    get length() {
      return stored.size;
    },
    clear: () => stored.clear(),
  };
  let ids = 0;
  const around = (): Surroundings => ({
    storage: openStorage("weft:pk:", () => browserStorage),
    network: {
      fetch,
      beacon: (_url, body) => requests.push({ batch: (JSON.parse(body) as { batch: WireEvent[] }).batch, body, by: "beacon" }) > 0, // as above
      alone: (work) => work(),
      later: (work, milliseconds) => void timers.push({ work, milliseconds }),
      now: () => now,
      random: () => random,
      warn: (text) => void warnings.push(text),
    },
    page: () => ({
      url: "https://shop.example/menu?utm_source=mail&utm_campaign=spring&token=secret#top",
      title: "Menu",
      referrer: "https://mail.example/?to=lea@example.com",
      language: "fr",
      timeZone: "Europe/Paris",
    }),
    saysNo: () => saysNo,
    newId: () => String(ids++).padStart(32, "0"),
    onLeaving: (leaving) => (leave = leaving),
  });
  return {
    stored,
    requests,
    answers,
    timers,
    warnings,
    kept,
    open: (): WebClient => createWebClient("https://hub.example", "pk", around()),
    leave: () => leave(),
    sent: () => requests.flatMap(({ batch }) => batch),
    async later(): Promise<void> {
      const timer = timers.shift();
      // Timers and clocks of browsers know whole milliseconds.
      now += Math.floor(timer?.milliseconds ?? 0);
      timer?.work();
      await settled();
    },
  };
}

/** Until everything that was begun has come to its end: nothing here waits for a clock. */
const settled = async () => {
  for (let n = 0; n < 50; n++) await Promise.resolve();
  await new Promise((done) => setImmediate(done));
};

describe("a choice", () => {
  it("while the channel asks and nobody has chosen, nothing is sent and nothing stored, also at the page's end", async () => {
    const browser = openBrowser({ asksFirst: true });
    const client = browser.open();
    client.page("Menu");
    client.identify("lea", { email: "lea@example.com" });
    await settled();
    client.productViewed({ sku: "A" });
    browser.leave();
    await settled();
    expect(browser.requests).toEqual([]);
    expect([...browser.stored]).toEqual([]);
    expect(client.choice()).toBe("open");
  });

  it("a yes sends the page that the visitor is on and what comes after, and is remembered; what was before is not made up for", async () => {
    const browser = openBrowser({ asksFirst: true });
    const client = browser.open();
    client.page("Menu");
    client.track("Before");
    await settled();
    client.consent(true);
    client.track("After");
    await settled();
    expect(browser.sent().map(({ name, event }) => name ?? event)).toEqual(["Menu", "After"]);
    expect(browser.sent().every(({ context }) => context["consent"] === "given")).toBe(true);
    const next = browser.open();
    next.track("Next page");
    await settled();
    expect(browser.sent().at(-1)?.event).toBe("Next page");
  });

  it("a no forgets everything but itself, at any time", async () => {
    const browser = openBrowser();
    const client = browser.open();
    browser.answers.push("no network");
    client.identify("lea");
    client.track("Waits");
    await settled();
    expect(browser.stored.size).toBeGreaterThan(2);
    client.consent(false);
    client.track("Refused");
    await settled();
    expect([...browser.stored]).toEqual([["weft:pk:choice", "no"]]);
    const told = browser.sent().at(-1);
    expect([told?.event, told?.userId, told?.context["consent"], browser.requests.at(-1)?.by]).toEqual([
      "Consent Withdrawn",
      "lea",
      "refused",
      "beacon",
    ]);
    await browser.later();
    expect(browser.sent().map(({ event }) => event)).not.toContain("Refused");
  });

  it("a no of somebody who never said yes tells nobody anything", async () => {
    const browser = openBrowser({ asksFirst: true });
    const client = browser.open();
    client.page();
    await settled();
    client.consent(false);
    client.consent(false);
    await settled();
    expect([browser.requests, [...browser.stored]]).toEqual([[], [["weft:pk:choice", "no"]]]);
  });

  it.each([
    ["a browser that says no for its owner", { asksFirst: false, saysNo: true }],
    ["a hub that does not answer", { asksFirst: null }],
  ])("%s counts as a refusal until somebody chooses", async (_name, settings) => {
    const browser = openBrowser(settings);
    const client = browser.open();
    client.page();
    await settled();
    expect([browser.requests, [...browser.stored]]).toEqual([[], []]);
    client.consent(true);
    await settled();
    expect(browser.sent()).toHaveLength(1);
  });

  it("where the channel does not ask, events go at once, those before its answer too", async () => {
    const browser = openBrowser({ asksFirst: false });
    const client = browser.open();
    client.identify("lea");
    client.page();
    await settled();
    expect(browser.sent().map(({ type, userId }) => [type, userId])).toEqual([
      ["identify", "lea"],
      ["page", "lea"],
    ]);
    expect(browser.sent().every(({ context }) => context["consent"] === "open")).toBe(true);
  });
});

describe("what is sent", () => {
  it("an address without its query, the campaign apart, and the cart by its id", async () => {
    const browser = openBrowser();
    const client = browser.open();
    client.productAdded({ sku: "A", price: 3.5, currency: "EUR", quantity: 2 }, { cartId: "c-1" });
    await settled();
    const [event] = browser.sent();
    expect(event).toMatchObject({
      event: "Product Added",
      properties: { sku: "A", price: 3.5, currency: "EUR", quantity: 2, cart_id: "c-1" },
      context: {
        page: { url: "https://shop.example/menu", path: "/menu", title: "Menu", referrer: "https://mail.example/" },
        campaign: { source: "mail", name: "spring" },
      },
    });
    expect(JSON.stringify(browser.requests)).not.toMatch(/secret|lea@example/);
  });

  it("after signing out the visitor is another", async () => {
    const browser = openBrowser();
    const client = browser.open();
    client.identify("lea");
    client.page();
    client.reset();
    client.page();
    await settled();
    const [, before, after] = browser.sent();
    expect([before?.userId, after?.userId]).toEqual(["lea", undefined]);
    expect(after?.anonymousId).not.toBe(before?.anonymousId);
  });
});

describe("trying again", () => {
  it("what was not answered goes again with the same id and time, first, after a wait that doubles", async () => {
    const browser = openBrowser();
    browser.answers.push("no network", { status: 503 }, { status: 500 });
    const client = browser.open();
    client.track("One");
    await settled();
    client.track("Two");
    await settled();
    expect(browser.requests).toHaveLength(1);
    const waits: (number | undefined)[] = [];
    for (let n = 0; n < 3; n++) {
      waits.push(browser.timers[0]?.milliseconds);
      await browser.later();
    }
    expect(waits).toEqual([1000, 2000, 4000]);
    const [first, ...again] = browser.requests.map(({ batch }) => batch[0]);
    for (const event of again) expect([event?.messageId, event?.timestamp]).toEqual([first?.messageId, first?.timestamp]);
    expect(browser.requests.at(-1)?.batch.map(({ event }) => event)).toEqual(["One", "Two"]);
    expect([...browser.stored.keys()].filter((name) => name.includes("event:"))).toEqual([]);
  });

  it("a wait that ends a part of a millisecond early by the clock is over all the same: nothing waits for the next event", async () => {
    const browser = openBrowser({ random: 0.3333 });
    browser.answers.push("no network");
    browser.open().track("One");
    await settled();
    expect(browser.timers[0]?.milliseconds).toBeCloseTo(1083.325);
    await browser.later();
    expect(browser.requests).toHaveLength(2);
    expect([...browser.stored.keys()].filter((name) => name.includes("event:"))).toEqual([]);
  });

  it("a hub that says when to come again is not asked before, also not for a new event", async () => {
    const browser = openBrowser();
    browser.answers.push({ status: 429, retryAfter: "7" });
    const client = browser.open();
    client.track("One");
    await settled();
    client.track("Two");
    await settled();
    expect(browser.requests).toHaveLength(1);
    expect(browser.timers[0]?.milliseconds).toBe(7000);
    await browser.later();
    expect(browser.requests.at(-1)?.batch).toHaveLength(2);
  });

  it("the queue survives a reload, and a page's end hands it over once without taking it out", async () => {
    const browser = openBrowser();
    browser.answers.push("no network");
    const client = browser.open();
    client.track("Waits");
    await settled();
    browser.leave();
    browser.leave();
    expect(browser.requests.map(({ by }) => by)).toEqual(["fetch", "beacon"]);
    client.consent(true);
    browser.open();
    await settled();
    const ids = browser.sent().map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(3);
  });

  it("a batch that is refused is halved until the bad one is alone, which is dropped; an unknown key drops nothing", async () => {
    const browser = openBrowser();
    browser.answers.push("no network");
    const client = browser.open();
    for (const event of ["A", "B", "C"]) client.track(event);
    await settled();
    browser.answers.push({ status: 400 }, { status: 400 }, { status: 400 });
    await browser.later();
    expect(browser.requests.slice(1).map(({ batch }) => batch.map(({ event }) => event).join(""))).toEqual(["ABC", "AB", "A", "BC"]);
    browser.answers.push({ status: 401 });
    client.track("D");
    await settled();
    expect(browser.warnings).toHaveLength(1);
    expect([...browser.stored.keys()].filter((name) => name.includes("event:"))).toHaveLength(1);
  });

  it("what somebody else has broken in the storage stops nothing, and a large batch asks for no more than a browser keeps alive", async () => {
    const browser = openBrowser();
    browser.stored.set("weft:pk:event:web-0", "{");
    const client = browser.open();
    client.consent(true);
    client.track("Small");
    await settled();
    client.track("Large", { text: "é".repeat(40_000) });
    await settled();
    expect(browser.sent().map(({ event }) => event)).toEqual(["Small", "Large"]);
    expect(browser.kept).toEqual([true, false]);
    expect([...browser.stored.keys()].filter((name) => name.includes("event:"))).toEqual([]);
  });

  it("a hub that is away for long keeps the newest thousand", async () => {
    const browser = openBrowser();
    browser.answers.push("no network");
    const client = browser.open();
    await settled();
    for (let n = 0; n < 1100; n++) client.track(`Event ${n}`);
    await settled();
    await browser.later();
    const names = new Set(browser.sent().map(({ event }) => event));
    expect(names.has("Event 1099")).toBe(true);
    expect(names.has("Event 100")).toBe(true);
    expect([...names].filter((name) => name !== "Event 0")).toHaveLength(1000);
  });
});
