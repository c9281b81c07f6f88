import { strict as assert } from "node:assert";
import { annasOffice } from "../lib/people.ts";
import { story } from "../story.ts";

story(
  "Office: a page that was never opened says in words that there is no connection, and opens by itself when it is back",
  async (stage) => {
    const office = await annasOffice(stage);
    // The worker is fetched after the first screen, and only what it serves is there without a network.
    const isServed = await office.evaluate<boolean>("navigator.serviceWorker.ready.then(({ active }) => active !== null)");
    assert.ok(isServed);
    await office.context().setOffline(true);
    await office.goto("/office/audit?subject=nothing");
    await office.getByRole("heading", { level: 1, name: "No connection" }).waitFor();
    await office.context().setOffline(false);
    await office.getByRole("navigation", { name: "Main" }).waitFor();
    assert.match(office.url(), /\/office\/audit\?subject=nothing$/);
  },
);
