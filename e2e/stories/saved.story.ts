import { leave } from "../lib/api.ts";
import { annasOffice, chooseBellecour, findAtTill, jordisTill, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

/** Nobody else's story sells, counts or waits for these. */
const PITCHER = { sku: "GEA-PIT", slug: "milk-pitcher", name: "Milk pitcher" };
const TOTE = { sku: "GEA-TOT", slug: "cotton-tote", name: "Cotton tote" };

story(
  "Saved: what a visitor saved on the phone comes along at sign-in, is put on the ticket at the till, and leaves the phone",
  async (stage) => {
    const phone = await strangersPhone(stage, "saver");
    await chooseBellecour(phone);
    await phone.goto(`/shop/p/${PITCHER.slug}`);
    await phone.getByRole("button", { name: `Save ${PITCHER.name} for later`, pressed: false }).click();
    await phone.getByRole("button", { name: `Save ${PITCHER.name} for later`, pressed: true }).waitFor();
    await signInOnPhone(stage, phone, `saver-${RUN}@example.com`, `Sava${RUN}`);
    await visit(phone, "/shop/saved");
    const saved = phone.getByRole("link", { name: PITCHER.name });
    await saved.waitFor();
    const till = await jordisTill(stage);
    await findAtTill(till, `saver-${RUN}@example.com`, new RegExp(`Sava${RUN}`));
    await till.getByRole("button", { name: "1 thing saved" }).click();
    await till.getByRole("dialog").getByRole("button", { name: PITCHER.name }).click();
    // The phone is told while the dialog of the till is still open.
    await saved.waitFor({ state: "detached" });
    await till.keyboard.press("Escape");
    await till.getByRole("button", { name: /^Pay/ }).getByText("21.90").waitFor();
  },
);

story(
  "Saved: who waits for something is told once when it is back, takes the one that is held for them, and the office sees both",
  async (stage) => {
    const office = await annasOffice(stage);
    await leave(office, TOTE.sku, 0);
    const phone = await strangersPhone(stage, "waiter");
    await chooseBellecour(phone);
    await signInOnPhone(stage, phone, `waiter-${RUN}@example.com`, `Wanda${RUN}`);
    await phone.goto(`/shop/p/${TOTE.slug}`);
    await phone.getByRole("button", { name: /^Tell me when it is back/ }).click();
    await phone.getByText("We will tell you, once.").waitFor();
    await visit(office, "/office/wishes");
    await office.getByRole("row").filter({ hasText: TOTE.name }).waitFor();
    await leave(office, TOTE.sku, 4);
    await phone.goto("/shop/");
    await phone.getByRole("link", { name: /Me.*1 piece of news/ }).click();
    await phone.getByRole("link", { name: new RegExp(`^${TOTE.name} is back`) }).waitFor();
    await office.reload();
    await office
      .getByRole("table", { name: "Held for who waited" })
      .getByRole("row")
      .filter({ hasText: `Wanda${RUN}` })
      .waitFor();
    await phone.getByText(/One is held for you until/).waitFor();
    await phone.getByRole("button", { name: "Put it into my cart" }).click();
    await phone.getByText("It is in your cart.").waitFor();
    await leave(office, TOTE.sku, 5);
    await phone.goto("/shop/me");
    await phone.getByRole("link", { name: "Saved for later" }).waitFor();
    await phone.getByRole("link", { name: /piece of news/ }).waitFor({ state: "detached" });
  },
);
