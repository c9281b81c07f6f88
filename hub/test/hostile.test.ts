import { ENDPOINTS, PATHS, type Endpoint, type OperationId } from "@weft/contracts";
import { newId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

let demo: DemoHub;
let callers: Record<string, Record<string, string>>;

beforeAll(async () => {
  demo = await openDemoHub();
  const web = demo.chain.channels.find(({ kind }) => kind === "web");
  callers = {
    nobody: {},
    shop: { authorization: `Bearer ${web?.publishableKey}` },
    server: { authorization: `Bearer ${web?.secretKey}` },
    lea: await demo.enter("lea"),
    jordi: await demo.enter("jordi"),
    anna: await demo.enter("anna"),
  };
}, 60_000);
afterAll(() => demo.close());

// The keys of the table are its operations.
const OPERATIONS = (Object.keys(PATHS) as OperationId[]).filter((operation) => operation !== "live.stream");
const DEEP = `${"[".repeat(5000)}${"]".repeat(5000)}`;
const BODIES: readonly (readonly [string, string])[] = [
  ["no JSON", "{"],
  ["nothing", ""],
  ["null", "null"],
  ["a number", "42"],
  ["a list", "[]"],
  ["an empty object", "{}"],
  [
    "wrong types",
    JSON.stringify({
      operations: "x",
      lines: 1,
      amount: "1",
      email: {},
      name: [],
      body: null,
      commands: {},
      id: 7,
      tenders: [{}],
      kind: {},
      quantity: "∞",
    }),
  ],
  [
    "figures out of range",
    JSON.stringify({
      quantity: 1e308,
      amount: -1e30,
      placeId: newId(),
      sku: "x",
      kind: "receipt",
      reason: "r",
      limit: 1e12,
      operations: [{ id: newId(), kind: "add", sku: "A", quantity: 1e15 }],
    }),
  ],
  ["a prototype", '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}'],
  ["very deep", DEEP],
  [
    "a zero byte",
    JSON.stringify({ query: "\u0000", email: "a\u0000@example.com", contact: "\u0000", persona: "lea", name: "\u0000", pin: "1234" }),
  ],
  ["SQL", JSON.stringify({ email: "'; drop table orders.orders; --", contact: "' or 1=1", name: "$1", password: "%s", pin: "0000" })],
];
const IDS = ["not-an-id", newId(), "00000000-0000-0000-0000-000000000000", "%00", "..%2f..", "'", "me"];

function urlOf(operation: OperationId, id: string): { method: string; url: string } {
  const [method = "GET", path = "/"] = PATHS[operation].split(" ");
  return { method, url: path.replaceAll(/\{\w+\}/g, id) };
}

async function ask(
  operation: OperationId,
  caller: string,
  given: { url: string; method: string; payload?: string; type?: string },
): Promise<void> {
  const answer = await demo.app.inject({
    method: given.method as "GET", // one of the methods of PATHS
    url: given.url,
    headers: {
      ...callers[caller],
      "idempotency-key": newId(),
      ...(given.payload !== undefined && { "content-type": given.type ?? "application/json" }),
    },
    ...(given.payload !== undefined && { payload: given.payload }),
  });
  const what = `${operation} as ${caller}: ${given.method} ${given.url} ${given.payload?.slice(0, 80) ?? ""} → ${answer.statusCode} ${answer.body.slice(0, 200)}`;
  expect(answer.statusCode, what).toBeLessThan(500);
  if (answer.statusCode >= 400) {
    expect(answer.headers["content-type"], what).toContain("application/problem+json");
    expect(answer.json(), what).toMatchObject({
      status: answer.statusCode,
      code: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/),
      title: expect.any(String),
    });
  }
}

it.each(OPERATIONS)(
  "[API-3] %s answers whatever it is sent with less than 500, and refuses with a problem",
  async (operation) => {
    const endpoint: Endpoint = ENDPOINTS[operation];
    // Signing out would end the session that the other operations are asked with, and an erasure the person.
    const able = operation === "access.signOut" || operation === "customers.erase" ? ["nobody"] : Object.keys(callers);
    for (const caller of able) {
      for (const id of IDS) await ask(operation, caller, urlOf(operation, id));
      const target = urlOf(operation, newId());
      if (target.method !== "GET") for (const [, payload] of BODIES) await ask(operation, caller, { ...target, payload });
      if (endpoint.query)
        for (const query of [
          "limit=0",
          "limit=x",
          "cursor=!!",
          "cursor=%00",
          "near=a,b",
          "query=%00",
          "query=%27%22%5C",
          "storeId=1",
          "query=a&query=b",
        ])
          await ask(operation, caller, { method: target.method, url: `${target.url}?${query}` });
    }
  },
  60_000,
);

it("[API-4] a body that is too large, of another type or broken is refused with a problem", async () => {
  const large = JSON.stringify({ contact: "x".repeat(2_000_000) });
  const url = "/v1/sign-in-codes";
  for (const [payload, type, status] of [
    [large, "application/json", 413],
    ["a=b", "application/x-www-form-urlencoded", 415],
    ["<a/>", "text/xml", 415],
    ["{}", "text/plain", 415],
  ] as const) {
    const answer = await demo.app.inject({ method: "POST", url, headers: { ...callers["shop"], "content-type": type }, payload });
    expect(answer.statusCode, type).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  }
  for (const broken of ["/v1/%E0%A4%A", "/v1/nothing/here", "/v1/carts/%2e%2e/x"]) {
    const answer = await demo.app.inject({ method: "GET", url: broken });
    expect(answer.statusCode, broken).toBeLessThan(500);
    expect(answer.headers["content-type"], broken).toContain("application/problem+json");
  }
});
