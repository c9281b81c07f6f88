import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { clarasOffice, RUN } from "../lib/people.ts";
import { openWebsite } from "../lib/website.ts";
import { story } from "../story.ts";

const EMAIL = `amelie.${RUN}@example.com`;

story(
  "Event clients: on a plain page of another origin nothing leaves and nothing is stored before a choice; then page, product and cart are on one timeline, through a cut, a reload and the page's end",
  async (stage) => {
    const office = await clarasOffice(stage);
    const { channelId, key } = await newWebsiteChannel(office);
    const hub = stage.hubs[0] ?? "";
    const website = await openWebsite({ "/beans": beansPage(hub, key), "/thanks": "<!doctype html><title>Thanks</title>" });
    try {
      const page = await stage.device("website");
      const sent: string[] = [];
      page.on("request", (request) => (new URL(request.url()).pathname === "/v1/b" ? sent.push(request.url()) : undefined));
      const settings = page.waitForResponse((response) => response.url().endsWith("/settings"));
      await page.goto(`${website.url}/beans?utm_campaign=spring`);
      assert.equal((await (await settings).json()).weft.asksFirst, true, "the channel asks first unless somebody decides otherwise");
      await page.getByRole("button", { name: "Smell the beans" }).click();
      assert.deepEqual(sent, [], "nothing left");
      assert.deepEqual(await keptIn(page), { storage: 0, cookies: 0 }, "nothing is stored");

      const answered = page.waitForResponse((response) => response.url().endsWith("/v1/b") && response.ok());
      await page.getByRole("button", { name: "Yes, you may" }).click();
      await answered;

      await page.route("**/v1/b", (route) => route.abort());
      await page.getByRole("button", { name: "Into the cart" }).click();
      await page.unroute("**/v1/b");
      const again = page.waitForResponse((response) => response.url().endsWith("/v1/b") && response.ok());
      await page.reload();
      await again;
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("link", { name: "Buy" }).click();
      await page.waitForURL("**/thanks");

      const entries = await untilTimelineHas(office, ["Bought", "identify"]);
      // What was chosen about measuring is said beside what was measured.
      const names = entries.filter(({ kind }) => !kind.startsWith("terms")).map(({ name, kind }) => name ?? kind);
      assert.deepEqual(
        names.toSorted(),
        ["Beans", "Beans", "Bought", "Product Added", "identify"].toSorted(),
        "each once, and none from before the choice",
      );
      assert.equal(entries.find(({ name }) => name === "Beans")?.journeyRef, "campaign/spring");
      await page.goto(`${website.url}/beans`);
      await page.getByRole("button", { name: "No more" }).click();
      assert.equal((await keptIn(page)).storage, 1, "a refusal keeps itself alone");
      await askInOffice(office, "PATCH", `/v1/channels/${channelId}`, { asksFirst: false });
    } finally {
      website.close();
    }
  },
);

/** What the site's own developer writes: the docs' snippet, and buttons of their shop. */
const beansPage = (hub: string, key: string) => `<!doctype html>
<html lang="en"><head><title>Beans</title>
<script>var weft = weft || []; weft.push(["page", "Beans"]);</script>
<script async src="${hub}/weft.js" data-key="${key}"></script></head>
<body><h1>Beans</h1>
<button onclick="weft.push(['productViewed', { sku: 'BEANS-250', name: 'House beans', price: 9.5, currency: 'EUR' }])">Smell the beans</button>
<button onclick="weft.push(['consent', true])">Yes, you may</button>
<button onclick="weft.push(['consent', false])">No more</button>
<button onclick="weft.push(['productAdded', { sku: 'BEANS-250', quantity: 1 }])">Into the cart</button>
<button onclick="weft.push(['identify', '${EMAIL}', { email: '${EMAIL}', firstName: 'Amélie' }])">Sign in</button>
<a href="/thanks" onclick="weft.push(['track', 'Bought', { sku: 'BEANS-250' }])">Buy</a>
</body></html>`;

/** A website of the chain's own, which nobody has told anything about asking. */
async function newWebsiteChannel(office: Page): Promise<{ readonly channelId: string; readonly key: string }> {
  const { channels } = (await askInOffice(office, "GET", "/v1/channels")) as { channels: { entityId: string; kind: string }[] }; // by the contract
  const entityId = channels.find(({ kind }) => kind === "web")?.entityId;
  const { id } = (await askInOffice(office, "POST", "/v1/channels", {
    kind: "web",
    name: `Beans ${RUN}`,
    code: `beans-${RUN}`,
    entityId,
  })) as {
    id: string;
  }; // as above
  const { value } = (await askInOffice(office, "POST", `/v1/channels/${id}/keys`, { kind: "publishable" })) as { value: string }; // as above
  return { channelId: id, key: value };
}

type Entry = { readonly name: string | null; readonly kind: string; readonly journeyRef: string | null };

/** The timeline of whom the website named, once it has these: what a page hands over when it goes arrives a moment after. */
async function untilTimelineHas(office: Page, wanted: readonly string[]): Promise<readonly Entry[]> {
  for (let look = 0; look < 120; look++) {
    const found = (await askInOffice(office, "GET", `/v1/customers?query=${encodeURIComponent(EMAIL)}`)) as { items: { id: string }[] }; // by the contract
    const [customer] = found.items;
    const { items } = customer
      ? ((await askInOffice(office, "GET", `/v1/customers/${customer.id}/timeline?limit=50&channelKind=web`)) as { items: Entry[] }) // as above
      : { items: [] };
    if (wanted.every((what) => items.some(({ name, kind }) => (name ?? kind) === what))) return items;
    await office.waitForTimeout(250);
  }
  throw new Error(`the timeline does not have ${wanted.join(", ")}`);
}

async function keptIn(page: Page): Promise<{ readonly storage: number; readonly cookies: number }> {
  return { storage: await page.evaluate(() => localStorage.length), cookies: (await page.context().cookies(page.url())).length };
}
