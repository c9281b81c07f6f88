import type { CartId, OrderId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { saleHub, visitor, LYON, MUG, TILLS, tillActor, WEB, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import type { Actor, Input } from "../../platform/index.ts";
import { writeRecord } from "../customers/index.ts";
import { queueMessage } from "./index.ts";
import { messagesRoutes } from "./routes.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 20);
});
afterAll(() => hub.close());

const BRAND = { name: "Trama", accent: "#96391d" };

it("[MSG-7] a receipt goes out for whoever may see the order, and for nobody else", async () => {
  const cart = await hub.cart([[MUG, 1]]);
  const orderId = await placed(cart);
  const stranger = await hub.cart([[MUG, 1]]);
  const customer = await hub.customer();
  const secret: Actor = { ...visitor(), kind: "secret" };
  const mayAsk = await Promise.all(
    [cart.actor, tillActor(), secret, stranger.actor, customer, visitor(), { ...secret, channelId: TILLS }].map((actor) =>
      askReceipt(orderId, actor),
    ),
  );
  expect(mayAsk).toEqual([true, true, true, false, false, false, false]);
  const own = await hub.cart([[MUG, 1]], { actor: customer });
  expect(await askReceipt(await placed(own), { ...customer, cartToken: null })).toBe(true);
  const [sent] = await hub.rows<{ recipient: string; text: string }>(
    "select recipient, text from messages.outbound where template = 'receipt' limit 1",
  );
  expect(sent).toMatchObject({ recipient: "anna@example.com", text: expect.stringContaining("€14.00") });
});

it("[MSG-12] staff write to a customer whom they can reach, as something that needs a yes", async () => {
  const customer = await hub.customer();
  const id = customer.customer?.recordId ?? "";
  expect(await writeTo(id)).toEqual({ ok: false, error: { code: "message.no_address", kind: "email" } });
  expect(await writeTo("01990000-0000-7000-8000-00000000ffff")).toEqual({ ok: false, error: { code: "customer.unknown" } });
  await hub.must((ctx) =>
    writeRecord(ctx, {
      channelId: WEB,
      input: { externalId: "noa", givenName: "Noa", email: "noa@written.test.net", locale: "fr" },
      verified: ["email"],
      verifiedBy: "code",
      cause: "test",
    }),
  );
  const [noa] = await hub.rows<{ id: string }>("select id from customers.source_record where external_id = 'noa'");
  expect(await writeTo(noa?.id ?? "")).toMatchObject({ ok: true });
  const sent = await hub.rows("select recipient, purpose, topic, subject, text from messages.outbound where template = 'written'");
  expect(sent).toEqual([
    { recipient: "noa@written.test.net", purpose: "marketing", topic: "offers", subject: "Beans", text: "Half price.\n\nTrama\n" },
  ]);
});

it("[MSG-6] staff see that a code was sent, and not the code; in a demo they do", async () => {
  await hub.must(async (ctx) => {
    const rendered = { subject: "482913 is your sign-in code", text: "Here: 482913. Order 12345678.", html: "<b>482913</b>" };
    const cause = { recordId: null, channelId: WEB, to: "x@example.com", cause: "a code" };
    return { ok: true, value: await queueMessage(ctx, { ...cause, kind: "email", template: "code", rendered }) };
  });
  expect(await list(false)).toMatchObject([
    { subject: "•••••• is your sign-in code", text: "Here: ••••••. Order 12345678.", html: "<b>••••••</b>" },
  ]);
  expect(await list(true)).toMatchObject([{ subject: "482913 is your sign-in code" }]);
});

async function placed(cart: TestCart): Promise<OrderId> {
  const completion = await hub.complete(cart, [{ kind: "due_at_collection" }]);
  expect(completion.kind).toBe("placed");
  const [order] = await hub.rows<{ id: OrderId }>("select id from orders.orders where cart_id = $1", [cart.id satisfies CartId]);
  if (!order) throw new Error("there is no order");
  return order.id;
}

const deps = (isDemo: boolean) => ({ brand: BRAND, isDemo, vault: hub.vault, publicUrl: "https://trama.example" });

async function askReceipt(id: OrderId, actor: Actor): Promise<boolean> {
  const route = messagesRoutes(deps(false)).find(({ operation }) => operation === "orders.sendReceipt");
  if (route?.kind !== "write") throw new Error("it is a write");
  const input = { params: { id }, body: { email: "anna@example.com" }, request: { ip: "", locale: "en", headers: {} } };
  return (await hub.run((ctx) => route.handle(ctx, input as never), actor)).ok; // what this operation takes
}

async function writeTo(id: string): Promise<unknown> {
  const route = messagesRoutes(deps(false)).find(({ operation }) => operation === "messages.write");
  if (route?.kind !== "write") throw new Error("it is a write");
  const input: Pick<Input<"messages.write">, "params" | "body"> = {
    params: { id },
    body: { kind: "email", topic: "offers", subject: "Beans", text: "Half price." },
  };
  return hub.run((ctx) => route.handle(ctx, input as never), tillActor()); // what this operation takes
}

async function list(isDemo: boolean): Promise<unknown> {
  const route = messagesRoutes(deps(isDemo)).find(({ operation }) => operation === "messages.list");
  if (route?.kind !== "read") throw new Error("it is a read");
  const input: Pick<Input<"messages.list">, "query"> = { query: { limit: 5, to: "x@example.com" } };
  const answer = await route.handle({ ...hub.around, db: hub.db, now: new Date() }, input as never); // what this operation takes
  if (!answer.ok) throw new Error("a list is answered");
  return (answer.value as { items: unknown[] }).items; // the contract's answer
}
