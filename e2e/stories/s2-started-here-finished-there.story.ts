import {
  claimAtTill,
  codeOnPhone,
  fillCartOnPhone,
  findAtTill,
  jordisTill,
  leasPhone,
  payByCard,
  payInApp,
  shownCode,
  strangersPhone,
  totalOnPhone,
} from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { story } from "../story.ts";

story("S2 a cart that Léa filled on the phone is taken over and paid at the till, and her phone shows it", async (stage) => {
  const phone = await leasPhone(stage);
  await fillCartOnPhone(phone, "Double espresso");
  const till = await jordisTill(stage);
  await findAtTill(till, "Fontaine", /Léa/);
  await till.getByRole("button", { name: "Take over", exact: true }).click();
  await till.getByText("Double espresso").nth(1).waitFor();
  await payByCard(till);
  await phone.getByText("This cart is paid").waitFor();
});

story("S2 what is tapped while the customer's cart is on its way to the till goes onto it, and is paid with it", async (stage) => {
  const phone = await leasPhone(stage);
  await fillCartOnPhone(phone, "Double espresso");
  const till = await jordisTill(stage);
  await findAtTill(till, "Fontaine", /Léa/);
  const tapped = Promise.withResolvers<void>();
  await till.route("**/take-over", async (way) => {
    await tapped.promise;
    await way.continue();
  });
  await till.getByRole("button", { name: "Take over", exact: true }).click();
  await till
    .getByRole("button", { name: /Carrot cake/ })
    .first()
    .click();
  tapped.resolve();
  await till.getByText("Double espresso").nth(1).waitFor();
  await phone.goto("/shop/cart");
  await phone.getByText("Carrot cake").first().waitFor();
  await payByCard(till);
  await phone.getByText("This cart is paid").waitFor();
});

story("S2 an anonymous cart is shared by its code: till and phone change it together, and it is paid once", async (stage) => {
  const phone = await strangersPhone(stage);
  await fillCartOnPhone(phone, "Butter croissant");
  const till = await jordisTill(stage);
  await claimAtTill(till, await codeOnPhone(phone, "join"));
  await till.getByText("Website").first().waitFor({ state: "attached" });
  await till
    .getByRole("button", { name: /Carrot cake/ })
    .first()
    .click();
  await phone.goto("/shop/cart");
  await phone.getByText("Carrot cake").first().waitFor();
  await payByCard(till);
  await phone.getByText("This cart is paid").waitFor();
});

story("S2 an anonymous cart is moved by its code: the till has it at its price and the phone no longer does", async (stage) => {
  const phone = await strangersPhone(stage);
  await fillCartOnPhone(phone, "Butter croissant");
  const till = await jordisTill(stage);
  const promised = await totalOnPhone(phone);
  await claimAtTill(till, await codeOnPhone(phone, "take"));
  await till.getByRole("button", { name: /^Pay/ }).getByText(promised).waitFor();
  await phone.goto("/shop/cart");
  await phone.getByText("Butter croissant").first().waitFor({ state: "detached" });
  await payByCard(till);
});

story(
  "S2 a cart from the phone is taken over, then the till has no network: it is paid for cash, and the phone hears of it as it is back",
  async (stage) => {
    const phone = await leasPhone(stage);
    await fillCartOnPhone(phone, "Double espresso");
    const till = await jordisTill(stage);
    await findAtTill(till, "Fontaine", /Léa/);
    await till.getByRole("button", { name: "Take over", exact: true }).click();
    await till.getByText("Double espresso").nth(1).waitFor();
    await till.context().setOffline(true);
    await till
      .getByRole("button", { name: /Carrot cake/ })
      .first()
      .click();
    await till.getByRole("button", { name: /^Pay/ }).click();
    await till.getByRole("button", { name: /^Exact/ }).click();
    await till.getByText(/ paid$/).waitFor();
    await till.context().setOffline(false);
    await phone.getByText("This cart is paid").waitFor();
  },
);

story("S2 a code that is scanned while the till asks for one brings the cart and puts the question away", async (stage) => {
  const phone = await strangersPhone(stage);
  await fillCartOnPhone(phone, "Butter croissant");
  const promised = await totalOnPhone(phone);
  await codeOnPhone(phone, "take");
  const code = await readQr(phone, "QR code of the cart");
  const till = await jordisTill(stage);
  await till.getByRole("button", { name: "More" }).click();
  await till.getByText("Take the cart from a phone").click();
  await till.getByLabel(/Code on the customer/).waitFor();
  await scan(till, code);
  await till.getByRole("button", { name: /^Pay/ }).getByText(promised).waitFor();
  await till.getByLabel(/Code on the customer/).waitFor({ state: "detached" });
});

story("S2 a ticket that was begun at the till goes on in the app by its code, and is paid there", async (stage) => {
  const till = await jordisTill(stage);
  await till
    .getByRole("button", { name: /Carrot cake/ })
    .first()
    .click();
  await till.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
  await till.getByRole("button", { name: "More" }).click();
  await till.getByText("Hand over to a phone").click();
  await till.getByRole("button", { name: "Hand over: only the phone" }).click();
  const code = await shownCode(till);
  const phone = await strangersPhone(stage);
  await phone.goto(`/shop/handover/${code}`);
  await phone.getByRole("button", { name: "Go on with this cart" }).click();
  await payInApp(phone, "Carrot cake");
});

story("S2 a ticket that was begun at the till for Léa is in her app by itself, and is paid there", async (stage) => {
  const phone = await leasPhone(stage);
  const till = await jordisTill(stage);
  await findAtTill(till, "Fontaine", /Léa/);
  await till
    .getByRole("button", { name: /Cheesecake/ })
    .first()
    .click();
  await till.getByRole("button", { name: /^Pay/ }).getByText("€4.60").waitFor();
  await phone.getByRole("link", { name: /^Cart/ }).click();
  await payInApp(phone, "Cheesecake");
  await till.getByText("Cheesecake").nth(1).waitFor({ state: "detached" });
});
