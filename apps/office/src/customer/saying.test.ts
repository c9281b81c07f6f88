import { readFileSync } from "node:fs";
import { ConsentTopic, ContactKind, LOCALES } from "@weft/contracts";
import { expect, it } from "vitest";
import { TEMPLATES } from "../../../../hub/src/modules/messages/domain.ts";
import { FACT_KINDS, SENT_KINDS } from "../../../../hub/src/modules/touchpoints/domain.ts";
import { KNOWN_EVENTS, knownEvent, sayingOf, USES } from "./saying.ts";

const entry = (kind: string, name: string | null, data: Record<string, unknown> = {}) => sayingOf({ kind, name, data });

it("an entry is said by what came with it", () => {
  expect(entry("order", "1042", { number: "1042", total: 1250, currency: "EUR" })).toEqual({
    say: "order",
    number: "1042",
    total: { amount: 1250, currency: "EUR" },
  });
  expect(entry("terms_withdrawn", "marketing", { purpose: "marketing", topic: null, channelKind: "email" })).toEqual({
    say: "terms_withdrawn",
    topic: null,
    way: "email",
  });
  expect(entry("points_burned", null, { points: -80 })).toEqual({ say: "points", kind: "points_burned", points: 80 });
  expect(entry("track", "Product Viewed", { properties: { name: "Oat latte" } })).toEqual({
    say: "event",
    event: "Product Viewed",
    what: "Oat latte",
  });
});

it("what lacks its figures, or is of a kind that nobody knows, says its kind and its name", () => {
  expect(entry("order", "1042", { total: "12.50" })).toEqual({ say: "plain", kind: "order", name: "1042" });
  expect(entry("page", null)).toEqual({ say: "plain", kind: "page", name: null });
  expect(entry("weather", "sunny")).toEqual({ say: "plain", kind: "weather", name: "sunny" });
});

it("events are known however their client writes them", () => {
  expect(["Product Viewed", "product_viewed", "product-viewed"].map(knownEvent)).toEqual(Array(3).fill("product_viewed"));
  expect(knownEvent("Katalog bestellt")).toBe(undefined);
});

it("a use of data that somebody allows or refuses is said as that, and not as messages of any topic", () => {
  const data = { purpose: "joining", topic: null, channelKind: null };
  expect(entry("terms_withdrawn", "joining", data)).toEqual({ say: "use_refused", use: "joining" });
  expect(entry("terms_given", "location", { ...data, purpose: "location" })).toEqual({ say: "use_allowed", use: "location" });
});

it.each(LOCALES)("every kind of touchpoint, and all that its sentence is made of, has words in %s: none is said by its code", (locale) => {
  const file = new URL(`../messages/${locale}.json`, import.meta.url);
  const words = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>; // a file of texts
  const said = [
    ...[...SENT_KINDS, ...FACT_KINDS].map((kind) => `office.timeline.${kind}`),
    ...TEMPLATES.map((template) => `office.messages.template.${template}`),
    ...KNOWN_EVENTS.map((event) => `office.timeline.event.${event}`),
    ...USES.map((use) => `office.privacy.purpose.${use}`),
    ...ConsentTopic.options.map((topic) => `office.consent.topic.${topic}`),
    ...ContactKind.options.map((kind) => `office.consent.kind.${kind}`),
  ];
  expect(said.filter((key) => !words[key])).toEqual([]);
});
