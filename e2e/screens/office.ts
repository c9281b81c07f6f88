import type { Page } from "playwright-core";
import { makeBadge, promiseWhatIsGone, soldAhead } from "./house.ts";
import { openDeskCart, openDeskOffer } from "./offers.ts";
import { openRecall } from "./recalls.ts";
import { at, enterAs, visit, type Room } from "./room.ts";
import type { Words } from "./words.ts";

/** The office before anybody has signed in, then as Anna, the manager of all places, on her day and setting things up, as Clara, the owner, and as an agent, whom less is open to. */
export const OFFICE_ROOMS: readonly Room[] = [
  { name: "office-door", app: "office", screens: [at("sign-in", "/office/"), at("owner", "/office/owner?token=anything")] },
  {
    name: "office-anna",
    app: "office",
    enter: (page) => enterAs(page, /Anna/),
    screens: [
      at("home", "/office/"),
      at("customers-ask", "/office/customers"),
      at("customers", "/office/customers?query=Fontaine"),
      at("customers-none", "/office/customers?query=xylophone"),
      { name: "customer", open: openLea },
      { name: "customer-merge", open: openMerge },
      { name: "customer-apart", open: openApart },
      at("companies", "/office/companies"),
      at("companies-none", "/office/companies?query=xylophone"),
      { name: "company-new", open: (page) => openBeside(page, "/office/companies?open=new") },
      { name: "company", open: (page) => openCompany(page, /Duvernay/) },
      { name: "company-suggested", open: (page) => openCompany(page, /Serra/) },
      at("matches", "/office/matches"),
      at("matches-judged", "/office/matches?status=different"),
      at("matching", "/office/matching"),
      { name: "identifier", open: openIdentifier },
      at("orders", "/office/orders"),
      { name: "order", open: (page) => openFirst(page, "/office/orders") },
      { name: "order-invoice", open: askInvoice },
      at("returns", "/office/returns"),
      at("returns-taken", "/office/returns?list=taken"),
      at("collections", "/office/collections"),
      at("queue", "/office/queue"),
      at("bookings", "/office/bookings"),
      at("services", "/office/services"),
      { name: "service", open: (page) => openFirst(page, "/office/services") },
      at("shipping", "/office/shipping"),
      at("shipping-done", "/office/shipping?list=done"),
      at("delivery-methods", "/office/delivery-methods"),
      { name: "delivery-method", open: (page) => openFirst(page, "/office/delivery-methods") },
      { name: "delivery-method-new", open: (page) => openBeside(page, "/office/delivery-methods?open=new") },
      at("orders-none", "/office/orders?query=xylophone"),
      at("stock", "/office/stock"),
      { name: "stock-level", open: (page) => openFirst(page, "/office/stock") },
      { name: "stock-ahead", open: async (page) => openFirst(page, await soldAhead(page, "GEA-GRI")) },
      at("goods", "/office/goods"),
      { name: "goods-new-delivery", open: (page) => openBeside(page, "/office/goods?make=delivery") },
      { name: "goods-new-transfer", open: (page) => openBeside(page, "/office/goods?make=transfer") },
      { name: "goods-new-waste", open: (page) => openBeside(page, "/office/goods?make=waste") },
      { name: "goods-new-count", open: (page) => openBeside(page, "/office/goods?make=count") },
      at("conflicts", "/office/conflicts"),
      at("tasks", "/office/tasks"),
      { name: "task", open: openTask },
      at("by-itself", "/office/by-itself"),
      at("by-itself-planned", "/office/by-itself?list=planned"),
      at("task-kinds", "/office/task-kinds"),
      at("refunds", "/office/refunds"),
      at("settlements", "/office/settlements"),
      at("owed", "/office/owed"),
      at("owed-none", "/office/owed?from=2020-01-01&to=2020-01-02"),
      { name: "goods-asked", open: (page) => openBeside(page, "/office/goods?asked=yes") },
      at("gift-cards", "/office/gift-cards"),
      at("gift-cards-none", "/office/gift-cards?query=ZZZZ"),
      at("offers", "/office/offers"),
      { name: "offer-cart", open: openDeskCart },
      { name: "offer-made", open: openDeskOffer },
      { name: "offer-new", open: (page) => openBeside(page, "/office/offers?open=new") },
      at("calls", "/office/calls"),
      at("tills", "/office/tills"),
      at("journal", "/office/journal"),
      at("journal-entries", "/office/journal?view=entries"),
      { name: "journal-entry", open: (page) => openFirst(page, "/office/journal?view=entries&chain=T") },
      at("journal-none", "/office/journal?view=entries&chain=B"),
      at("journal-closings", "/office/journal?view=closings"),
      at("journal-archives", "/office/journal?view=archives"),
      at("wishes", "/office/wishes"),
    ],
  },
  {
    name: "office-chain",
    app: "office",
    enter: (page) => enterAs(page, /Anna/),
    screens: [
      at("terms", "/office/terms"),
      at("labels-ask", "/office/labels"),
      { name: "labels", open: openLabels },
      at("catalog", "/office/catalog"),
      { name: "product", open: (page) => openFirst(page, "/office/catalog") },
      { name: "product-editor", open: openEditor },
      { name: "product-new", open: (page) => openSaved(page, "/office/catalog/new") },
      at("catalog-choices", "/office/catalog-choices"),
      { name: "category-new", open: (page) => openBeside(page, "/office/catalog-choices?open=new-category") },
      { name: "options-new", open: (page) => openBeside(page, "/office/catalog-choices?open=new-options") },
      at("stores", "/office/stores"),
      { name: "store", open: (page) => openFirst(page, "/office/stores", /Bellecour/) },
      { name: "group", open: (page) => openFirst(page, "/office/stores", /France/) },
      at("channels", "/office/channels"),
      { name: "channel", open: (page) => openFirst(page, "/office/channels") },
      at("promotions", "/office/promotions"),
      { name: "promotion-new", open: (page) => openBeside(page, "/office/promotions?open=new") },
      { name: "promotions-shown", open: (page) => openBeside(page, "/office/promotions?open=shown") },
      at("recalls", "/office/recalls"),
      { name: "recall", open: openRecall },
      { name: "recall-new", open: (page) => openBeside(page, "/office/recalls?open=new") },
      at("deposits", "/office/deposits"),
      { name: "deposit", open: (page) => openFirst(page, "/office/deposits") },
      { name: "deposit-new", open: (page) => openBeside(page, "/office/deposits?open=new") },
      at("rounding", "/office/rounding"),
      at("price-lists", "/office/price-lists"),
      { name: "price-list-new", open: (page) => openBeside(page, "/office/price-lists?open=new") },
      at("loyalty", "/office/loyalty"),
      { name: "reward-new", open: openNewReward },
      { name: "bonus-new", open: (page, say) => openLoyaltyForm(page, say("office.loyalty.add_bonus")) },
      { name: "tiers-edit", open: (page, say) => openLoyaltyForm(page, say("office.loyalty.edit_tiers")) },
      { name: "loyalty-terms-edit", open: (page, say) => openLoyaltyForm(page, say("office.loyalty.edit_terms")) },
      { name: "loyalty-simulated", open: openSimulation },
      { name: "loyalty-planned", open: openPlan },
      { name: "partner-new", open: (page, say) => openLoyaltyForm(page, say("office.partners.add")) },
      { name: "partner", open: openPartner },
      at("devices", "/office/devices"),
      at("continuity", "/office/insights/continuity"),
      at("parity", "/office/same-everywhere"),
      { name: "parity-product", open: openShownProduct },
      at("staff", "/office/staff"),
      { name: "staff-member", open: (page) => openFirst(page, "/office/staff") },
      { name: "staff-badge", open: makeBadge },
      { name: "staff-new", open: (page) => openBeside(page, "/office/staff?open=new") },
    ],
  },
  {
    name: "office-house",
    app: "office",
    enter: (page) => enterAs(page, /Anna/),
    screens: [
      at("messages", "/office/messages"),
      at("failed-events", "/office/failed-events"),
      at("failed-events-none", "/office/failed-events?state=discarded"),
      at("quarantine", "/office/quarantine"),
      at("imports", "/office/imports"),
      { name: "import-give", open: openGive },
      { name: "import-columns", open: openColumns },
      { name: "import-done", open: openImported },
      at("health", "/office/health"),
      { name: "find-anything", open: findAnything },
      at("missing", "/office/nothing-here"),
    ],
  },
  {
    name: "office-clara",
    app: "office",
    enter: (page, say) => signInAs(page, say, "clara.vidal@trama.example"),
    screens: [
      { name: "customer-erase", open: openErase },
      { name: "channel-settings", open: (page) => openFirst(page, "/office/channels") },
      { name: "channel-level", open: openLevelPreview },
      { name: "channel-new", open: openNewChannel },
      at("staff", "/office/staff"),
      at("audit", "/office/audit"),
      at("exports", "/office/exports"),
      at("exports-events", "/office/exports?kind=events"),
      { name: "privacy", open: openRequest },
      at("privacy-purposes", "/office/privacy?part=purposes"),
      at("privacy-notices", "/office/privacy?part=notices"),
      at("privacy-retention", "/office/privacy?part=retention"),
      at("privacy-exports", "/office/privacy?part=exports"),
    ],
  },
  {
    name: "office-agent",
    app: "office",
    enter: (page, say) => signInAs(page, say, "marc.olivier@trama.example"),
    screens: [
      at("home", "/office/"),
      { name: "channel", open: (page) => openFirst(page, "/office/channels") },
      at("closed", "/office/staff"),
    ],
  },
];

/** Somebody was promised what is not there. */
async function openTask(page: Page): Promise<void> {
  await promiseWhatIsGone(page, "GEA-PRE");
  await openFirst(page, "/office/tasks?kind=stock_conflict");
}

/** The labels of the first store that there is. */
async function openLabels(page: Page): Promise<void> {
  await visit(page, "/office/labels");
  await page.locator("main header select").selectOption({ index: 1 });
  await page.locator("main li img").first().waitFor();
}

/** An order as if it had been bought over a counter: there it has a receipt, and an invoice where somebody asks. All are, until the room is left. */
async function askInvoice(page: Page, say: Words): Promise<void> {
  await page.route("**/v1/orders/*/documents", (route) => route.fulfill({ json: { items: [] } }));
  await page.route(/\/v1\/orders\/[0-9a-f-]{36}$/, async (route) => {
    const answer = await route.fetch();
    const sold = { channelKind: "store", company: null, mode: "live", paymentState: "paid" };
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...sold } });
  });
  await openFirst(page, "/office/orders");
  await page.getByRole("button", { name: say("office.order.ask_invoice") }).click();
  // What is wrong stands beside it.
  await page.getByRole("button", { name: say("ui.invoice.ask") }).click();
  await page.locator("aside [aria-invalid=true]").first().waitFor();
}

async function openLea(page: Page): Promise<void> {
  await visit(page, "/office/customers?query=Fontaine");
  await page.getByRole("link", { name: /Léa/ }).first().click();
  await page.waitForURL(/\/office\/customers\/./);
  await page.getByRole("heading", { level: 1, name: /Léa/ }).waitFor();
}

async function openCompany(page: Page, name: RegExp): Promise<void> {
  await visit(page, "/office/companies");
  await page.getByRole("link", { name }).first().click();
  await page.waitForURL(/\/office\/companies\/./);
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** The page of the first of Léa's addresses. */
async function openIdentifier(page: Page): Promise<void> {
  await openLea(page);
  await page.getByRole("link", { name: /@/ }).first().click();
  await page.waitForURL(/\/office\/identifiers\/./);
  await page.getByRole("heading", { level: 1, name: /@/ }).waitFor();
}

/** Takes a request of Léa's down, and opens it beside the list. */
async function openRequest(page: Page, say: Words): Promise<void> {
  await openLea(page);
  await page.getByRole("button", { name: say("office.customer.more") }).click();
  await page.getByRole("menuitem", { name: say("office.privacy.take_down") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("office.privacy.take_down") })
    .click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await openFirst(page, "/office/privacy?part=requests");
}

async function openMerge(page: Page, say: Words): Promise<void> {
  await openLea(page);
  await page.getByRole("button", { name: say("office.merge.open") }).click();
  await page.getByRole("dialog").waitFor();
}

async function openApart(page: Page, say: Words): Promise<void> {
  await openLea(page);
  await page.getByRole("button", { name: say("office.customer.more") }).click();
  await page.getByRole("menuitem", { name: say("office.apart.open") }).click();
  await page.getByRole("dialog").waitFor();
}

async function openErase(page: Page, say: Words): Promise<void> {
  await openLea(page);
  await page.getByRole("button", { name: say("office.customer.more") }).click();
  await page.getByRole("menuitem", { name: say("office.erase.open") }).click();
  await page.getByRole("dialog").waitFor();
}

/** Opens the first row of a list beside it, or the first that is called so. */
async function openFirst(page: Page, list: string, named = /./): Promise<void> {
  await visit(page, list);
  // What stands above a list leads elsewhere.
  await page.locator("main :is(table, ul)").getByRole("link", { name: named }).first().click();
  await page.locator("aside").first().waitFor();
}

/** A page with a form that is there once what it may refer to has come. */
async function openSaved(page: Page, path: string): Promise<void> {
  await visit(page, path);
  await page.locator("form button[type=submit]").last().waitFor();
}

/** Everything that is said of the first product of the catalog. */
async function openEditor(page: Page): Promise<void> {
  await openFirst(page, "/office/catalog");
  const path = await page.locator('aside a[href*="/catalog/"]').first().getAttribute("href");
  await openSaved(page, path ?? "/office/catalog/new");
}

async function openBeside(page: Page, path: string): Promise<void> {
  await visit(page, path);
  await page.locator("aside").first().waitFor();
}

async function openGive(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/imports");
  await page.getByRole("button", { name: say("office.import.give") }).click();
  await page.getByRole("dialog").waitFor();
}

/** Two customers and a line that cannot be taken; what is imported again is known already. */
const LIST =
  "Kundennr;Name;E-Mail;Geburtsdatum;Newsletter;Notiz\nL-1;Ida Lang;ida.lang@example.com;03.04.1980;ja;Fenster\nL-2;Bo Kurz;no mail;;;\n";

async function openColumns(page: Page, say: Words): Promise<void> {
  await openGive(page, say);
  await page.locator('input[type="file"]').setInputFiles({ name: "Kunden.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await page.getByRole("button", { name: say("office.import.look") }).click();
  await page.getByRole("table", { name: say("office.import.preview") }).waitFor();
}

async function openImported(page: Page, say: Words): Promise<void> {
  await openColumns(page, say);
  await page.getByRole("button", { name: say("office.import.start"), exact: true }).click();
  await page.getByRole("button", { name: say("office.import.download") }).waitFor();
  await page.getByText(say("office.import.file_gone")).waitFor();
}

async function openNewReward(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/loyalty");
  await page.getByRole("button", { name: say("office.loyalty.add_reward") }).click();
  await page.locator("aside form").waitFor();
}

async function openLoyaltyForm(page: Page, button: string): Promise<void> {
  await visit(page, "/office/loyalty");
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.locator("aside form").waitFor();
}

/** A bonus in a draft, tried on the sales of the last month; nothing is published. */
async function openSimulation(page: Page, say: Words): Promise<void> {
  await openLoyaltyForm(page, say("office.loyalty.add_bonus"));
  await page.locator("aside form").getByRole("textbox").first().fill("Twice on everything, for all who come");
  await page.getByRole("button", { name: say("office.loyalty.into_draft") }).click();
  await page.getByRole("button", { name: say("office.loyalty.simulate") }).click();
  await page.getByRole("region", { name: say("office.loyalty.simulation") }).waitFor();
}

/** A version of the program for next year on the screen, to be changed by the same forms; what is planned holds long after. */
async function openPlan(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/loyalty");
  const undo = page.getByRole("button", { name: say("office.loyalty.plan_undo") });
  const make = page.getByRole("button", { name: say("office.loyalty.plan_make") });
  await undo.or(make).waitFor();
  if (await make.isVisible()) {
    await page.getByLabel(say("office.loyalty.plan_day")).fill(`${new Date().getFullYear() + 1}-12-01`);
    await make.click();
  } else await page.getByRole("button", { name: say("office.loyalty.plan_edit") }).click();
  await page.getByRole("button", { name: say("office.loyalty.plan_back") }).waitFor();
}

async function openPartner(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/loyalty");
  await page.getByRole("button", { name: say("office.partners.open", { name: "Vélos du Rhône" }) }).click();
  await page.getByRole("heading", { name: say("office.partners.statement") }).waitFor();
}

/** What would change if the first channel stood alone; nothing is switched. */
async function openLevelPreview(page: Page, say: Words): Promise<void> {
  await openFirst(page, "/office/channels");
  await page.getByRole("radio", { name: say("office.channels.level.siloed") }).check();
  await page.getByText(say("office.channels.level_rights")).waitFor();
}

async function openNewChannel(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/channels");
  await page.getByRole("button", { name: say("office.channels.add") }).click();
  await page.getByRole("dialog").waitFor();
}

async function signInAs(page: Page, say: Words, email: string): Promise<void> {
  await page.goto("/office/");
  await page.getByLabel(say("office.sign_in.email")).fill(email);
  await page.getByRole("textbox", { name: say("office.sign_in.password") }).fill("trama-demo-2026");
  await page.getByRole("button", { name: say("office.sign_in.go"), exact: true }).click();
  await page.getByRole("navigation").waitFor();
}

async function findAnything(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/");
  await page.locator("h1").first().waitFor();
  await page.keyboard.press("Control+k");
  // Called so in every language.
  await page.getByPlaceholder(say("office.find.placeholder")).fill("cappuccino");
  await page
    .getByRole("dialog")
    .getByText(/Cappuccino/)
    .first()
    .waitFor();
}

/** A product side by side on every channel, whether anything differs or not. */
async function openShownProduct(page: Page): Promise<void> {
  await visit(page, "/office/catalog");
  await page.getByRole("row").nth(1).getByRole("link").click();
  await page.waitForURL(/open=/);
  const id = new URL(page.url()).searchParams.get("open") ?? "";
  await visit(page, `/office/same-everywhere?product=${id.replaceAll('"', "")}`);
  await page.getByRole("columnheader").nth(3).waitFor();
}
