import { chooseBellecour, findAtTill, jordisTill, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

story("Advice: booked on the phone, seen at the till with its customer, canceled there, and the phone is told", async (stage) => {
  const phone = await strangersPhone(stage, "advised");
  await chooseBellecour(phone);
  await signInOnPhone(stage, phone, `advised-${RUN}@example.com`, `Adele${RUN}`);
  await phone.goto("/shop/book");
  await phone.getByLabel("Store").selectOption({ label: "Lyon Bellecour" });
  await phone.getByRole("radio", { name: /^Brewing advice/ }).check();
  // A week ahead, so that it is the same at every hour of the day.
  await phone.getByRole("button", { name: "Later days" }).click();
  await phone
    .getByRole("button", { name: /^\d{2}:\d{2}$|^\d{1,2}:\d{2}\s[AP]M$/ })
    .first()
    .click();
  await phone.getByLabel("What is it about? (optional)").fill("A grinder that is too loud");
  await phone.getByRole("button", { name: "Book", exact: true }).click();
  const booked = phone.getByRole("listitem").filter({ hasText: "A grinder that is too loud" });
  await booked.getByRole("link", { name: "Another time" }).waitFor();

  const till = await jordisTill(stage);
  await findAtTill(till, `advised-${RUN}@example.com`, new RegExp(`Adele${RUN}`));
  await till.getByRole("button", { name: "Appointments" }).click();
  const dialog = till.getByRole("dialog", { name: "Appointments" });
  await dialog.getByText("Brewing advice", { exact: true }).first().waitFor();
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog.getByText("Nothing booked ahead.").waitFor();
  await booked.getByText("Canceled").waitFor();
});
