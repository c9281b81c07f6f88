import { fillCartOnPhone, annasOffice, findAtTill, jordisTill, leasPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

story("S6 the code on a shelf opens the product with the stock of that store, and what is added there shows at the till", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await leasPhone(stage);
  await fillCartOnPhone(phone, "Double espresso");
  await findAtTill(till, "Fontaine", /Léa/);
  await till.getByRole("button", { name: "Take over", exact: true }).click();
  await till.getByText("Double espresso").nth(1).waitFor();
  const { gtin, name, storeId } = await phone.evaluate<{ gtin: string; name: string; storeId: string }>(`(async () => {
    const { publishableKey } = await (await fetch("/v1/apps/shop")).json();
    const ask = async (path) => (await fetch(path, { headers: { authorization: "Bearer " + publishableKey } })).json();
    const storeId = (await ask("/v1/stores?query=bellecour")).items[0].id;
    const { items } = await ask("/v1/products?limit=200&storeId=" + storeId);
    for (const { slug, availability } of items) {
      if (!availability.tracked || availability.soldOut || availability.available < 2) continue;
      const { variants, optionGroups, name } = await ask("/v1/products/" + slug + "?storeId=" + storeId);
      if (variants.length === 1 && optionGroups.length === 0 && variants[0].barcodes[0]) return { gtin: variants[0].barcodes[0].padStart(14, "0"), name: name.en, storeId };
    }
    throw new Error("nothing on the shelves has a barcode");
  })()`);
  await phone.goto(`/01/${gtin}?store=${storeId}`);
  await phone.getByRole("heading", { name, level: 1 }).waitFor();
  await phone.getByText("Lyon Bellecour").first().waitFor();
  await phone.getByRole("button", { name: /^Add · / }).click();
  await till.getByRole("complementary").getByText(name).first().waitFor();
});

story("S6 a shelf code that is none, or of no product of ours, says so in words", async (stage) => {
  const phone = await strangersPhone(stage);
  await phone.goto("/01/04006381333932");
  await phone.getByText("This is not a whole product code").waitFor();
  await phone.goto("/01/04006381333931/10/LOT7");
  await phone.getByText("belongs to no product").waitFor();
});

story("S6 by four digits an agent on the phone joins the cart, both see each other's change, and either ends it", async (stage) => {
  const phone = await strangersPhone(stage);
  const office = await annasOffice(stage);
  await fillCartOnPhone(phone, "Double espresso");
  await visit(phone, "/shop/help");
  await phone.getByRole("button", { name: "Show my call code" }).click();
  const code = await phone.getByText(/^\d{4}$/).innerText();
  await visit(office, "/office/calls");
  await office.getByLabel("Call code").fill(code);
  await office.getByRole("button", { name: "Join" }).click();
  await office.getByText(/Double espresso/).waitFor();
  await phone.goto("/shop/cart");
  await phone.getByText(/Anna .*helps you/).waitFor();
  await office.getByLabel(/^Product to add/).fill("CAK-CAR");
  await office.getByRole("button", { name: "Add", exact: true }).click();
  await phone.getByText("Carrot cake").first().waitFor();
  await phone
    .getByRole("button", { name: /^Increase|^One more/ })
    .first()
    .click();
  await office.getByText(/2 × Double espresso/).waitFor();
  await phone.getByRole("button", { name: "End", exact: true }).click();
  await office.getByText("This call is over").waitFor();
});

story("S6 a television shows the cart by the code that it displays, follows it, and is sent away by one tap", async (stage) => {
  const television = await stage.device("television", { viewport: { width: 1920, height: 1080 } });
  await television.goto("/tv");
  const code = await television.getByText(/^[34679ACDEFGHJKMNPQRTUVWXY]{5}$/).innerText();
  const tablet = await strangersPhone(stage, "tablet");
  await fillCartOnPhone(tablet, "Double espresso");
  await tablet.goto(`/shop/help?screen=${code}`);
  await tablet.getByRole("button", { name: "Show my cart there" }).click();
  const cart = television.getByRole("region", { name: "Cart", exact: true });
  await cart.getByText(/1 × Double espresso/).waitFor();
  await tablet.goto("/shop/cart");
  await tablet
    .getByRole("button", { name: /^Increase|^One more/ })
    .first()
    .click();
  await cart.getByText(/2 × Double espresso/).waitFor();
  await tablet.getByRole("button", { name: "End", exact: true }).click();
  await cart.waitFor({ state: "detached" });
  await television.getByText(/^[34679ACDEFGHJKMNPQRTUVWXY]{5}$/).waitFor();
});
