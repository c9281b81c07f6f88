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

const QUERIES = [
  "limit=0",
  "limit=x",
  "cursor=!!",
  "cursor=%00",
  "near=a,b",
  "query=%00",
  "query=%27%22%5C",
  "storeId=1",
  "query=a&query=b",
];

function urlOf(operation: OperationId, id: string): { method: string; url: string } {
  const [method = "GET", path = "/"] = PATHS[operation].split(" ");
  return { method, url: path.replaceAll(/\{\w+\}/g, id) };
}

type Asked = { readonly url: string; readonly method: string; readonly payload?: string };

/** Asks, and says what is wrong with the answer. */
async function ask(caller: string, { url, method, payload }: Asked): Promise<string[]> {
  const answer = await demo.app.inject({
    method: method as "GET", // one of the methods of PATHS
    url,
    headers: { ...callers[caller], "idempotency-key": newId(), ...(payload !== undefined && { "content-type": "application/json" }) },
    ...(payload !== undefined && { payload }),
  });
  if (answer.statusCode < 400 || (answer.statusCode < 500 && isProblem(answer))) return [];
  return [`as ${caller}: ${method} ${url} ${payload?.slice(0, 80) ?? ""} → ${answer.statusCode} ${answer.body.slice(0, 200)}`];
}

function isProblem({ headers, statusCode, body }: Awaited<ReturnType<DemoHub["app"]["inject"]>>): boolean {
  if (!String(headers["content-type"]).includes("application/problem+json")) return false;
  const { status, code, title } = JSON.parse(body) as Readonly<Record<string, unknown>>; // a problem is an object
  return status === statusCode && typeof title === "string" && /^[a-z_]+\.[a-z_]+$/.test(String(code));
}

/** Everything that an operation is sent by one caller, one after the other. */
async function askAll(operation: OperationId, caller: string): Promise<string[]> {
  const endpoint: Endpoint = ENDPOINTS[operation];
  const byId = new Map(IDS.map((id) => urlOf(operation, id)).map((one) => [one.url, one])); // only one, where the path has no id
  const target = urlOf(operation, newId());
  const all: Asked[] = [
    ...byId.values(),
    ...(target.method === "GET" ? [] : BODIES.map(([, payload]) => ({ ...target, payload }))),
    ...(endpoint.query ? QUERIES.map((query) => ({ ...target, url: `${target.url}?${query}` })) : []),
  ];
  const wrong: string[] = [];
  for (const one of all) wrong.push(...(await ask(caller, one)));
  return wrong;
}

it.each(OPERATIONS)(
  "[API-3] %s answers whatever it is sent with less than 500, and refuses with a problem",
  async (operation) => {
    // Signing out would end the session that the other operations are asked with, and an erasure the person.
    const able = operation === "access.signOut" || operation === "customers.erase" ? ["nobody"] : Object.keys(callers);
    const wrong = await Promise.all(able.map((caller) => askAll(operation, caller)));
    expect(wrong.flat()).toEqual([]);
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
