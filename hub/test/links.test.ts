import { afterAll, beforeAll, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

let demo: DemoHub;
beforeAll(async () => {
  demo = await openDemoHub();
}, 60_000);
afterAll(() => demo.close());

it("[CNS-9] a mail program that opens the link to unsubscribe is led to the terms on the hub that it asked, and nothing else", async () => {
  const answer = await demo.app.inject("/v1/unsubscribes/c29tZSBsaW5r");
  expect(answer.statusCode).toBe(302);
  expect(answer.headers.location).toBe("/shop/preferences/c29tZSBsaW5r");
  const odd = await demo.app.inject("/v1/unsubscribes/..%2F..%2F%2Fevil.example");
  expect(odd.headers.location).toBe("/shop/preferences/..%2F..%2F%2Fevil.example");
});
