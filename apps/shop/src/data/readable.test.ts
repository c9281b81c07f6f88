import { expect, it } from "vitest";
import { readablePage } from "./readable.ts";

it("what is held becomes a page of names and values, and what somebody wrote stays text", () => {
  const page = readablePage("Léa", "fr", {
    customer: { givenName: "<b>Léa</b>", email: null, address: { city: "Lyon" } },
    orders: [{ number: "A & B" }, {}],
    messages: [],
  });
  expect(page).toContain('<html lang="fr">');
  expect(page).toContain("<dt>givenName</dt><dd>&lt;b&gt;Léa&lt;/b&gt;</dd>");
  expect(page).toContain("<dt>address</dt><dd><dl><dt>city</dt><dd>Lyon</dd></dl></dd>");
  expect(page).toContain("<h2>orders</h2><ul><li><dl><dt>number</dt><dd>A &amp; B</dd></dl></li></ul>");
  expect(page).not.toMatch(/email|messages/);
});
