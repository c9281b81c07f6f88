import { contextOf, type PageFacts, type Properties, type WireEvent } from "./event.ts";
import { openQueue } from "./queue.ts";
import { createSender, type Network } from "./sender.ts";
import type { Storage } from "./storage.ts";

/** What is sold, as the shop names it. */
export type Product = {
  readonly sku: string;
  readonly name?: string;
  /** In units of the currency, as it is shown: 3.5. */
  readonly price?: number;
  /** ISO 4217. */
  readonly currency?: string;
  readonly quantity?: number;
  readonly [field: string]: unknown;
};

export type Cart = { readonly cartId?: string; readonly products?: readonly Product[]; readonly [field: string]: unknown };

/** What a visitor has chosen; `open` is nothing yet. */
export type Choice = "given" | "refused" | "open";

export type WebClient = {
  page(name?: string, properties?: Properties): void;
  track(event: string, properties?: Properties): void;
  /** Names the account that is signed in, by the site's own id. */
  identify(userId: string, traits?: Properties): void;
  productViewed(product: Product): void;
  productAdded(product: Product, cart?: Cart): void;
  productRemoved(product: Product, cart?: Cart): void;
  cartViewed(cart?: Cart): void;
  /** Takes the visitor's choice. A refusal forgets everything that was kept in this browser, and can be taken back at any time. */
  consent(given: boolean): void;
  choice(): Choice;
  /** Forgets who was here, as at signing out: the next event is a stranger's. */
  reset(): void;
};

/** What the client needs of the browser. */
export type Surroundings = {
  readonly storage: Storage;
  readonly network: Network;
  readonly page: () => PageFacts;
  /** Whether the browser says for its owner that they do not want this (Global Privacy Control): a refusal until they choose here. */
  readonly saysNo: () => boolean;
  /** 32 random characters. */
  readonly newId: () => string;
  /** Calls when the page goes out of sight, perhaps for good. */
  readonly onLeaving: (leaving: () => void) => void;
};

const MOST_BEFORE_SETTINGS = 100;

/**
 * Sends events of a page to a hub. While the channel asks for a choice and there is none, no event is sent, stored or kept for later: what
 * happened before is not made up for, but for the page that the visitor is on when they agree.
 */
export function createWebClient(host: string, writeKey: string, around: Surroundings): WebClient {
  const { storage, network } = around;
  const queue = openQueue(storage);
  const sender = createSender(host, writeKey, queue, network);
  let asksFirst: boolean | undefined;
  let early: (() => void)[] = [];
  let lastPage: { readonly name: string | undefined; readonly properties: Properties | undefined } | undefined;
  let count = 0;

  function choice(): Choice {
    const made = storage.get("choice");
    if (made === null) return "open";
    return made === "yes" ? "given" : "refused";
  }

  /** Whether events may be sent; undefined until the channel's settings are known. */
  function may(): boolean | undefined {
    const made = choice();
    if (made !== "open") return made === "given";
    if (around.saysNo()) return false;
    return asksFirst === undefined ? undefined : !asksFirst;
  }

  /** Does it now, or once it is known that it may be done, or never. */
  function ifAllowed(work: () => void): void {
    const isAllowed = may();
    if (isAllowed) work();
    else if (isAllowed === undefined && early.length < MOST_BEFORE_SETTINGS) early.push(work);
  }

  function record(type: WireEvent["type"], fields: Partial<WireEvent>): void {
    const at = new Date(network.now()).toISOString();
    const context = contextOf(around.page());
    ifAllowed(() => keep(type, at, context, fields));
  }

  function keep(...said: Parameters<typeof eventOf>): void {
    queue.add(eventOf(...said));
    sender.send();
  }

  function eventOf(type: WireEvent["type"], timestamp: string, context: Properties, fields: Partial<WireEvent>): WireEvent {
    const userId = storage.get("user");
    return {
      type,
      messageId: `web-${network.now().toString(36).padStart(9, "0")}-${(count++).toString(36).padStart(4, "0")}-${around.newId().slice(0, 16)}`,
      timestamp,
      anonymousId: visitor(),
      ...(userId === null ? {} : { userId }),
      ...fields,
      context: { ...context, consent: choice() },
    };
  }

  function visitor(): string {
    const known = storage.get("visitor");
    if (known !== null) return known;
    const id = around.newId();
    storage.set("visitor", id);
    return id;
  }

  function forgetWho(): void {
    storage.remove("visitor");
    storage.remove("user");
  }

  function learn(asks: boolean): void {
    asksFirst = asks;
    const waiting = early;
    early = [];
    if (may()) for (const work of waiting) work();
  }

  const client: WebClient = {
    page(name, properties) {
      lastPage = { name, properties };
      record("page", { ...(name === undefined ? {} : { name }), ...(properties && { properties }) });
    },
    track: (event, properties) => record("track", { event, ...(properties && { properties }) }),
    identify(userId, traits) {
      ifAllowed(() => storage.set("user", userId));
      record("identify", { userId, ...(traits && { traits }) });
    },
    productViewed: (product) => client.track("Product Viewed", product),
    productAdded: (product, cart) => client.track("Product Added", withCart(product, cart)),
    productRemoved: (product, cart) => client.track("Product Removed", withCart(product, cart)),
    cartViewed: (cart) => client.track("Cart Viewed", withCart({}, cart)),
    consent(given) {
      const before = may();
      if (!given) {
        // Whom the hub knows by an earlier yes it must be told of; nothing of it stays in the browser.
        if (storage.get("visitor") !== null && choice() !== "refused") {
          storage.set("choice", "no");
          sender.tell(eventOf("track", new Date(network.now()).toISOString(), contextOf(around.page()), { event: "Consent Withdrawn" }));
        }
        queue.clear();
        forgetWho();
      }
      early = [];
      storage.set("choice", given ? "yes" : "no");
      if (given && before !== true && lastPage) client.page(lastPage.name, lastPage.properties);
    },
    choice,
    reset: () => ifAllowed(forgetWho),
  };
  around.onLeaving(() => (may() ? sender.handOver() : undefined));
  if (may() === undefined) void askSettings(host, writeKey, network).then(learn);
  // What an earlier page could not send.
  else if (may()) sender.send();
  return client;
}

function withCart(properties: Properties, cart: Cart | undefined): Properties {
  if (!cart) return properties;
  const { cartId, ...rest } = cart;
  return { ...rest, ...properties, ...(cartId === undefined ? {} : { cart_id: cartId }) };
}

/** Whether the channel asks visitors first. A hub that does not answer is taken as one that asks. */
async function askSettings(host: string, writeKey: string, network: Network): Promise<boolean> {
  try {
    const answer = await network.fetch(`${host}/v1/projects/${encodeURIComponent(writeKey)}/settings`, { credentials: "omit" });
    const settings = (await answer.json()) as { weft?: { asksFirst?: boolean } }; // by the hub's contract; what is not there asks
    return settings.weft?.asksFirst !== false;
  } catch {
    return true;
  }
}
