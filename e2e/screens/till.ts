import type { Page } from "playwright-core";
import { storeSays } from "./house.ts";
import { showKioskOrders } from "./kiosk.ts";
import { at, said, type Room } from "./room.ts";
import { openHandOver, openTrouble, openUnknownOrder, openWaiting } from "./till-collections.ts";
import {
  besideLea,
  findCustomer,
  newCustomer,
  openAdvice,
  openBookings,
  openLea,
  openProposal,
  proveNewCustomer,
  searchAdvised,
} from "./till-customer.ts";
import {
  openSettings,
  pairDevices,
  failToPrint,
  printCopy,
  payAtTerminal,
  loseTerminal,
  missScanner,
  TICKET_SHOWN,
  PAID_SHOWN,
  openDisplay,
  showOnDisplay,
  findSignedElsewhere,
  findEmptied,
} from "./till-devices.ts";
import {
  bringBackAlone,
  bringBackLate,
  bringToExchange,
  exchangeAlone,
  giveBackAlone,
  givePrice,
  paperAlone,
  sellAlone,
} from "./till-alone.ts";
import { openSplit, payParts } from "./till-parts.ts";
import { bringBack, exchangeForMore, giveBack, openReturnPaper, takeUnproven } from "./till-returns.ts";
import { TABLES } from "./till-tables.ts";
import { openTill, start, type, sell, pay, payExact, openReceipt } from "./till-steps.ts";
import { askForWeight, weighOnScale, weighed } from "./weigh.ts";
import type { Words } from "./words.ts";

/** A device that is no till yet, then Jordi's at Lyon Bellecour. */
export const TILL_ROOMS: readonly Room[] = [
  { name: "till-new", app: "till", screens: [at("enroll", "/till/")] },
  {
    name: "till-jordi",
    app: "till",
    enter: openTill,
    screens: [
      at("sell-empty", "/till/"),
      { name: "kiosk-orders", open: showKioskOrders, isOtherSide: true },
      { name: "sell", open: (page) => sell(page) },
      { name: "options", open: openOptions },
      { name: "find-customer", open: findCustomer, isOtherSide: true },
      { name: "new-customer", open: newCustomer, isOtherSide: true },
      { name: "new-customer-code", open: proveNewCustomer, isOtherSide: true },
      { name: "customer", open: openLea, isOtherSide: true },
      { name: "terms", open: (page, say) => besideLea(page, say, "till.terms.title"), isOtherSide: true },
      { name: "grant", open: (page, say) => besideLea(page, say, "till.grant.title"), isOtherSide: true },
      { name: "bookings", open: openBookings, isOtherSide: true },
      { name: "proposal", open: openProposal, isOtherSide: true },
      { name: "advice", open: openAdvice },
      { name: "advice-found", after: "advice", open: searchAdvised },
      { name: "more", open: openMore, isOtherSide: true },
      { name: "claim", open: (page, say) => more(page, say, "till.menu.claim"), isOtherSide: true },
      { name: "to-phone", open: handToPhone, isOtherSide: true },
      { name: "collect-later", open: collectLater, isOtherSide: true },
      { name: "elsewhere", open: openElsewhere },
      { name: "elsewhere-address", after: "elsewhere", open: askAddress },
      { name: "ticket-mixed", open: sellMixed, isOtherSide: true },
      { name: "paid-mixed", after: "ticket-mixed", open: payExact },
      { name: "receipt-mixed", after: "paid-mixed", open: openReceipt },
      { name: "discount-code", open: askForCode, isOtherSide: true },
      { name: "note-line", open: noteLine, isOtherSide: true },
      { name: "note-ticket", after: "note-line", open: noteTicket, isOtherSide: true },
      { name: "bill", after: "note-ticket", open: openBill },
      { name: "price", open: givePrice, isOtherSide: true },
      { name: "pay", after: "sell", open: pay },
      { name: "paid", after: "pay", open: payExact },
      { name: "receipt", after: "paid", open: openReceipt },
      { name: "gift", after: "receipt", open: openGift },
      { name: "gift-given", after: "gift", open: giveGift },
      { name: "weigh-typed", open: askForWeight },
      { name: "weigh", open: weighOnScale },
      { name: "weighed", after: "weigh", open: weighed, isOtherSide: true },
      { name: "sell-gift-card", open: chooseGiftCard },
      { name: "paid-gift-card", open: sellGiftCard },
      { name: "receipt-gift-card", after: "paid-gift-card", open: openReceipt },
      { name: "invoice", after: "receipt-gift-card", open: askInvoice },
      { name: "top-up", open: topUpCard },
      { name: "pay-tip", open: payWithTip },
      { name: "pay-split", open: openSplit },
      { name: "pay-parts", after: "pay-split", open: payParts },
      // Sold, so that nobody has paid for what comes after it.
      { name: "paid-parts", after: "pay-parts", open: payExact },
      at("returns", "/till/returns"),
      { name: "returns-unproven", open: takeUnproven },
      { name: "returns-order", open: bringBack },
      { name: "exchange", open: exchangeForMore },
      { name: "returned", open: giveBack },
      { name: "returned-paper", open: openReturnPaper },
      at("collections-none", "/till/collections"),
      { name: "collections", open: openWaiting },
      { name: "hand-over", after: "collections", open: openHandOver },
      { name: "trouble", after: "collections", open: openTrouble },
      { name: "order-unknown", open: openUnknownOrder },
      { name: "sold-out", open: markSoldOut },
      at("goods-arrivals", "/till/goods"),
      at("goods-count", "/till/goods?part=count"),
      at("goods-waste", "/till/goods?part=waste"),
      at("goods-elsewhere", "/till/goods?part=elsewhere"),
      ...TABLES,
      at("shift", "/till/shift"),
      { name: "settings", open: openSettings },
      { name: "settings-devices", after: "settings", open: pairDevices },
      { name: "print-trouble", open: failToPrint },
      { name: "print-copy", after: "print-trouble", open: printCopy, isOtherSide: true },
      { name: "terminal", after: "settings-devices", open: payAtTerminal },
      { name: "terminal-unknown", after: "terminal", open: loseTerminal },
      { name: "settings-scanner", open: missScanner },
      // The last of the devices: it forgets them.
      { name: "display-idle", open: openDisplay },
      { name: "display-ticket", after: "display-idle", open: (page) => showOnDisplay(page, TICKET_SHOWN) },
      { name: "display-paid", after: "display-ticket", open: (page) => showOnDisplay(page, PAID_SHOWN) },
      { name: "signed-elsewhere", open: findSignedElsewhere },
      { name: "emptied", open: findEmptied },
      { name: "pin", open: changePerson },
      at("missing", "/till/nothing-here"),
      // Last, because nothing of the hub is there behind them.
      { name: "sell-offline", open: sellAlone, isOtherSide: true },
      { name: "pay-offline", after: "sell-offline", open: pay },
      { name: "paid-offline", after: "pay-offline", open: payExact },
      { name: "receipt-offline", after: "paid-offline", open: openReceipt },
      { name: "returns-offline", open: bringBackAlone },
      { name: "returned-offline", after: "returns-offline", open: giveBackAlone },
      { name: "exchange-offline", open: bringToExchange },
      { name: "exchanged-offline", after: "exchange-offline", open: exchangeAlone },
      { name: "exchanged-paper", after: "exchanged-offline", open: paperAlone },
      { name: "returns-late", open: bringBackLate },
    ],
  },
];

async function openOptions(page: Page): Promise<void> {
  await start(page);
  await page.locator("main input[type=search]").fill("COF-CAP");
  // Called so in every language.
  await page.locator("main li button").filter({ hasText: "Cappuccino" }).first().click();
  await page.getByRole("dialog").waitFor();
}

async function openMore(page: Page, say: Words): Promise<void> {
  await start(page);
  await page.getByRole("button", { name: say("till.ticket.more"), exact: true }).click();
}

async function more(page: Page, say: Words, what: string): Promise<void> {
  await openMore(page, say);
  await page.getByRole("button", { name: say(what) }).click();
}

/** A code takes something off what is on the ticket. */
async function askForCode(page: Page, say: Words): Promise<void> {
  await sell(page);
  await more(page, say, "till.menu.code");
}

/** What is said about a line: kept, and the form again with it. */
async function noteLine(page: Page, say: Words): Promise<void> {
  await sell(page);
  await page.locator("aside li button").first().click();
  const open = page.locator("aside").getByRole("button", { name: say("till.note.open"), exact: true });
  await open.click();
  await page.getByLabel(say("till.note.of_line")).fill("Extra hot, no sugar, and a straw please");
  await page.getByRole("button", { name: say("till.note.keep") }).click();
  await page.locator("aside li").getByText("Extra hot").waitFor();
  await open.click();
  await page.getByLabel(say("till.note.of_line")).waitFor();
}

/** What is said about the whole ticket, on it. */
async function noteTicket(page: Page, say: Words): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: say("till.ticket.more"), exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("till.menu.note"), exact: true })
    .click();
  await page.getByLabel(say("till.note.of_ticket")).fill("For the birthday table by the window, with one candle");
  await page.getByRole("button", { name: say("till.note.keep") }).click();
  await page.getByText("with one candle").waitFor();
}

async function openBill(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: say("till.ticket.more"), exact: true }).click();
  await page.getByRole("button", { name: say("till.menu.bill"), exact: true }).click();
  await page.getByRole("article").waitFor();
}

async function openGift(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: say("till.gift.open"), exact: true }).click();
  await page.getByRole("checkbox").first().waitFor();
}

async function giveGift(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: say("till.gift.make") }).click();
  await page.getByRole("article").waitFor();
}

/** Only what is on the ticket can be fetched later. */
async function collectLater(page: Page, say: Words): Promise<void> {
  await sell(page);
  await page.getByRole("button", { name: say("till.ticket.more"), exact: true }).click();
  await page.getByRole("button", { name: say("till.menu.collect") }).click();
  await page.getByRole("button", { name: say("till.collect.choose") }).waitFor();
}

async function openElsewhere(page: Page): Promise<void> {
  await start(page);
  await lookElsewhere(page);
}

/** Paper filters, which travel: where else they are, and that they can be sent. Called so by their number in every language. */
async function lookElsewhere(page: Page): Promise<void> {
  await page.locator("main input[type=search]").fill("GEA-FIL");
  await page.locator("main li button").first().click({ button: "right" });
  await page.getByRole("dialog").getByRole("listitem").nth(2).waitFor();
}

async function askAddress(page: Page, say: Words): Promise<void> {
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("till.elsewhere.send"), exact: true })
    .click();
  await page.getByLabel(say("ui.address.line1")).waitFor();
}

/** Something is taken along, and something is sent. */
async function sellMixed(page: Page, say: Words): Promise<void> {
  await sell(page);
  await lookElsewhere(page);
  await askAddress(page, say);
  for (const [part, text] of Object.entries({ name: "Ada Probst", line1: "3 rue de la Soie", postcode: "69002", city: "Lyon" }))
    await page.getByLabel(say(`ui.address.${part}`)).fill(text);
  await page.getByRole("button", { name: say("till.elsewhere.send_there") }).click();
  await page.getByText(say("till.elsewhere.charge"), { exact: true }).waitFor({ state: "attached" });
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
}

async function handToPhone(page: Page, say: Words): Promise<void> {
  await more(page, say, "till.menu.phone");
  await page.getByRole("button", { name: say("till.phone.join") }).click();
  await page.getByRole("img", { name: say("till.phone.qr") }).waitFor();
}

async function chooseGiftCard(page: Page): Promise<void> {
  await start(page);
  await type(page, "GIF-25");
  await page.getByRole("dialog").getByText("100,").or(page.getByRole("dialog").getByText("100.")).first().waitFor();
}

async function sellGiftCard(page: Page, say: Words): Promise<void> {
  await chooseGiftCard(page);
  await page.getByRole("dialog").getByRole("button").last().click();
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
  await payExact(page, say);
  await page.getByRole("link", { name: say("till.paid.gift_card") }).waitFor();
}

/** A card of which nobody typed the code yet. */
async function topUpCard(page: Page, say: Words): Promise<void> {
  await chooseGiftCard(page);
  await page.getByRole("button", { name: say("till.top_up.open") }).click();
  await page.getByLabel(say("till.pay.gift_card")).waitFor();
}

/** A till that has a printer prints the receipt and shows it when it is asked to. */
async function askInvoice(page: Page, say: Words): Promise<void> {
  const ask = page.getByRole("button", { name: say("till.invoice.open_sheet"), exact: true });
  const look = page.getByRole("link", { name: say("till.print.look") });
  await ask.or(look).first().waitFor();
  if (await look.isVisible()) await look.click();
  await ask.click();
  await page.getByRole("button", { name: say("ui.invoice.ask") }).waitFor();
}

/** Where the store takes tips. */
async function payWithTip(page: Page): Promise<void> {
  await storeSays(page, { tipPercents: "5 10 15" });
  await sell(page);
  await page.goto("/till/pay");
  await page.locator("h1").first().waitFor();
}

async function markSoldOut(page: Page, say: Words): Promise<void> {
  await more(page, say, "till.sold_out.start");
}

/** The settings that were looked at before lie over the strip, which stays while screens change. */
async function changePerson(page: Page, say: Words): Promise<void> {
  await page.goto("/till/");
  await page.getByRole("button", { name: said(say("till.strip.switch")) }).click();
}
