import { clarasOffice, jordisTill, makeAtTill } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

story("S1 an owner tries what a limit would change, sees whose a value is, sets it aside and lets it count again", async (stage) => {
  const till = await jordisTill(stage);
  await makeAtTill(till, "Ottilie", "ottilie.brandt@example.com");

  const office = await clarasOffice(stage, "/office/matching");
  await office.getByLabel("e-mail: Belongs to").selectOption("a household");
  await office.getByRole("button", { name: "What would change?" }).click();
  await office.getByText(/Links that go: \d/).waitFor();
  await office.getByRole("button", { name: "Leave it as it is" }).click();
  await office.getByText(/Links that go: \d/).waitFor({ state: "detached" });

  await visit(office, "/office/customers?query=ottilie.brandt@example.com");
  await office
    .getByRole("link", { name: /Ottilie/ })
    .first()
    .click();
  await office.getByRole("link", { name: "ottilie.brandt@example.com" }).first().click();
  await office.getByRole("heading", { level: 1, name: "ottilie.brandt@example.com" }).waitFor();
  await office.getByLabel("Reason").fill("a mailbox of the whole team");
  await office.getByRole("button", { name: "Set it aside" }).click();
  await office.getByText("no: somebody set it aside").waitFor();
  await office.getByLabel("Reason").fill("it is hers after all");
  await office.getByRole("button", { name: "Let it count again" }).click();
  await office.getByRole("button", { name: "Set it aside" }).waitFor();
});
