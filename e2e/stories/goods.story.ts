import { askInOffice, leave } from "../lib/api.ts";
import { annasOffice, chooseBellecour, fillCartOnPhone, jordisTill, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

/** Nobody else's story sells, counts or moves it. */
const SKU = "PAN-GRA";
const NAME = "House granola";

story(
  "Goods: what the depot sends is received at the till, and sold in the shop within the second; a count leaves what moved",
  async (stage) => {
    const office = await annasOffice(stage);
    await leave(office, SKU, 0);
    const phone = await strangersPhone(stage);
    await chooseBellecour(phone);
    const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: { id: string; name: string; kind: string }[] }; // by the contract
    const depot = places.find(({ kind }) => kind === "warehouse");
    const bellecour = places.find(({ name }) => name.includes("Bellecour"));
    if (!depot || !bellecour) throw new Error("the chain has no depot, or no store in Lyon");
    const available = async (): Promise<number | null> => {
      const url = `/v1/availability?sku=${SKU}&storeId=${bellecour.id}`;
      const answer = (await askInOffice(office, "GET", url)) as { places: { available: number | null }[] }; // as above
      return answer.places[0]?.available ?? null;
    };

    await visit(office, "/office/goods");
    await office.getByRole("button", { name: "New transfer" }).click();
    const beside = office.getByRole("complementary").filter({ hasText: "New transfer" });
    await beside.getByLabel("From").selectOption(depot.id);
    await beside.getByLabel("To", { exact: true }).selectOption(bellecour.id);
    await beside.getByLabel("Note").fill(`van ${RUN}`);
    await beside.getByLabel("Product, SKU or barcode").fill(SKU);
    await beside.getByRole("button", { name: `Take ${SKU}` }).click();
    await beside.getByLabel(`Units of ${SKU}`).fill("5");
    await beside.getByRole("button", { name: "Send" }).click();
    await office.getByRole("heading", { name: /^Transfer \d+$/ }).waitFor();
    if ((await available()) !== 0) throw new Error("goods on their way are promised already");

    const till = await jordisTill(stage);
    await till.getByRole("link", { name: /^Goods/ }).click();
    const card = till.getByRole("listitem").filter({ hasText: `van ${RUN}` });
    await card.getByRole("button", { name: "Receive" }).click();
    const sheet = till.getByRole("dialog");
    await sheet
      .getByRole("group", { name: new RegExp(NAME) })
      .getByRole("button")
      .first()
      .click();
    await sheet.getByRole("button", { name: "Book the arrival" }).click();
    await card.waitFor({ state: "hidden" });
    for (let look = 0; (await available()) === 0; look++) {
      if (look > 100) throw new Error("the shop does not sell what the till received");
      await till.waitForTimeout(100);
    }
    await fillCartOnPhone(phone, NAME);

    await till.getByRole("link", { name: "Count", exact: true }).click();
    await till.getByRole("button", { name: "Begin a count" }).click();
    await till.getByLabel("Scan, or type a name").fill("granola");
    await till.getByRole("button", { name: new RegExp(NAME) }).click();
    await till.getByLabel(`How many: ${NAME}`).fill("3");
    await till.getByRole("button", { name: "Note it" }).click();
    await till.getByText("1 product counted").waitFor();

    await till.getByRole("link", { name: "Waste" }).click();
    await till.getByLabel("Scan, or type a name").fill("granola");
    await till.getByRole("button", { name: new RegExp(NAME) }).click();
    await till.getByRole("button", { name: "Broken" }).click();
    await till.getByRole("button", { name: "Book the waste" }).click();
    await till.getByText(/^Waste \d+ is booked\.$/).waitFor();

    await office.goto(`/office/goods?kind=count&open=yes&place=${bellecour.id}`);
    await office.getByRole("link", { name: /^Count \d+$/ }).click();
    await office.getByText("Count again, now 3").waitFor();
    await office.getByRole("button", { name: "End without booking the rest" }).click();
    await office.getByText("The count has ended.").waitFor();
  },
);
