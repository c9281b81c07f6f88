import { underTheHubs } from "../lib/database.ts";
import { annasOffice, clarasOffice, jordisTill, makeAtTill, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

story("S1 the office judges by key whether two records are one person, and takes it back", async (stage) => {
  const till = await jordisTill(stage);
  await makeAtTill(till, "Wilfred", "wilfred.kern@example.com");
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "wilfred.kern@example.com", "Willi");
  const office = await annasOffice(stage, "/office/matches");
  const pair = office.getByRole("list", { name: "Same person?" }).getByRole("button", { name: /Wilfred/ });
  const isOpen = office.getByRole("article", { name: /Wilfred/ });
  await pair.click();
  await isOpen.getByText("Wilfred", { exact: true }).waitFor();

  await office.keyboard.press("d");
  await office.getByText("they will not be asked about again").waitFor();
  await pair.waitFor({ state: "detached" });
  await office.keyboard.press("u");
  await pair.click();
  await isOpen.getByRole("button", { name: "Later" }).waitFor();

  await office.keyboard.press("l");
  await office.getByText("Put off until tomorrow.").waitFor();
  await office.getByRole("button", { name: "Put off", exact: true }).click();
  await pair.click();
  await office.getByRole("button", { name: "Do not put off" }).click();
  await pair.waitFor({ state: "detached" });
  await office.getByRole("button", { name: "To be judged" }).click();
  await pair.click();
  await isOpen.waitFor();
  await office.keyboard.press("s");
  await office.getByText("It can be undone on the customer").waitFor();
  await office.goto("/office/matches?status=linked");
  await pair.first().waitFor();
});

story("the office stops a comparison of the whole customer file, and goes on with it to its end", async (stage) => {
  const office = await clarasOffice(stage, "/office/matching");
  const begin = office.getByRole("button", { name: "Start", exact: true });
  await begin.waitFor();
  // As if a node that is gone had taken it: a small file would be compared before anybody could press anything.
  await underTheHubs(stage, async (query) => {
    await query(
      "create function customers.story_takes() returns trigger language plpgsql as $$ begin new.lease_until := now() + interval '1 hour'; return new; end $$",
    );
    await query("create trigger story_takes before insert on customers.match_run for each row execute function customers.story_takes()");
  });
  try {
    await begin.click();
    await office.getByRole("button", { name: "Stop", exact: true }).click();
    await office.getByRole("button", { name: "Give up" }).waitFor();
    await office.reload();
    await office.getByRole("status").getByText("Stopped").waitFor();
    await office.getByRole("button", { name: "Go on" }).click();
    await begin.waitFor({ timeout: 60_000 });
    await office.getByText("Learned on").waitFor();
  } finally {
    await underTheHubs(stage, (query) => query("drop function if exists customers.story_takes() cascade"));
  }
});
