import { ok } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findRemnants, formsOf } from "../src/erasure-check.ts";
import { ERASURE_HOOKS } from "../src/personal-data.ts";
import { ANONYMOUS } from "../src/platform/index.ts";
import { decide } from "../src/modules/consent/index.ts";
import { createAtTill } from "../src/modules/customers/commands/at-till.ts";
import { requestCode } from "../src/modules/customers/commands/challenges.ts";
import { eraseCustomer } from "../src/modules/customers/commands/erase.ts";
import { mergeCustomers, writeRecord } from "../src/modules/customers/index.ts";
import { queueMessage } from "../src/modules/messages/index.ts";
import { LYON, MUG, saleHub, tillActor, visitor, WEB, type SaleHub } from "./sale-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 10);
});
afterAll(() => hub.close());

/** Invented, and in no other row of the database. */
const VALUES = [
  "Quirina Zevenbergen",
  "Quirina",
  "Zevenbergen",
  "Quirina.Z@Example.com",
  "+33 6 39 98 55 44",
  "Impasse des Violettes",
  "1979-04-05",
  "likes oat milk best",
  "said so on the terrace",
];

it("[IDN-15] after an erasure no column of any schema holds a value of the person, and everyone else is as before", async () => {
  const input = {
    externalId: "q-1",
    givenName: "Quirina",
    familyName: "Zevenbergen",
    email: "Quirina.Z@example.com",
    phone: "06 39 98 55 44",
    birthDate: "1979-04-05",
    address: { line1: "Impasse des Violettes", postcode: "69001", city: "Lyon", country: "FR" },
    traits: { note: "likes oat milk best" },
  };
  const web = await hub.must((ctx) =>
    writeRecord(ctx, { channelId: WEB, input, verified: ["email"], verifiedBy: "sign_in", cause: "test" }),
  );
  const other = await hub.must((ctx) =>
    writeRecord(ctx, {
      channelId: WEB,
      input: { givenName: "Otto", phone: "0639985544" },
      verified: [],
      verifiedBy: "code",
      cause: "test",
    }),
  );
  const made = await hub.must(
    (ctx) =>
      createAtTill(
        ctx,
        { vault: hub.vault, mostCodesPerAddress: 10 },
        { givenName: "Quirina", familyName: "Zevenbergen", phone: "+33639985544", locale: "fr", ip: "10.0.0.1" },
      ),
    tillActor(),
  );
  await hub.must((ctx) => mergeCustomers(ctx, web.customerId, made.resolution.customerId, "Quirina said so at the counter"));
  await hub.must((ctx) =>
    requestCode(ctx, hub.vault, {
      purpose: "sign_in",
      contact: "quirina.z@example.com",
      channelId: WEB,
      recordId: null,
      names: { givenName: "Quirina" },
      locale: "fr",
      ip: "10.0.0.1",
      mostPerAddress: 10,
    }),
  );
  const actor = { ...visitor(), kind: "customer" as const, customer: { recordId: web.recordId, sessionId: web.recordId } };
  const cart = await hub.cart([[MUG, 1]], { actor });
  expect(await hub.complete(cart, [{ kind: "card", token: "inline" }])).toMatchObject({ kind: "placed" });
  await hub.must(async (ctx) =>
    ok(
      await queueMessage(ctx, {
        recordId: web.recordId,
        kind: "email",
        template: "order_placed",
        channelId: WEB,
        to: "quirina.z@example.com",
        rendered: { subject: "Quirina", text: "Quirina", html: null },
        cause: "test",
      }),
    ),
  );
  await hub.must((ctx) =>
    decide(ctx, hub.vault, {
      recordId: web.recordId,
      choices: [{ purpose: "marketing", state: "withdrawn" }],
      source: "till",
      wordingVersion: "test",
      language: "fr",
      proof: { how: "in_person", note: "said so on the terrace" },
      isFromMailbox: false,
    }),
  );
  await hub.rows(
    `insert into platform.idempotency_key (credential, route, key, request_hash, status, response, record_id)
     values ('key', 'customers.create', 'k', 'h', 201, '{"givenName":"Quirina"}', $1)`,
    [web.recordId],
  );
  expect((await findRemnants(hub.pool, VALUES)).length).toBeGreaterThan(10);
  const ottoBefore = await hub.rows("select * from customers.profile_field where customer_id = $1 order by field", [other.customerId]);

  await hub.must((ctx) => eraseCustomer(ctx, made.resolution.customerId, ERASURE_HOOKS), { ...ANONYMOUS, kind: "system" });

  // The phone is Otto's as well: it stays where Otto gave it, and nowhere else.
  const shared = await findRemnants(hub.pool, ["+33 6 39 98 55 44"]);
  expect(shared.map(({ column }) => column).toSorted()).toEqual([
    "customers.contact_point.address",
    "customers.identifier.value_hash",
    "customers.identifier.value_norm",
    "customers.profile_field.value",
    "customers.source_record.attributes",
    "customers.source_record_version.attributes",
  ]);
  expect(
    await findRemnants(
      hub.pool,
      VALUES.filter((value) => !value.startsWith("+33")),
    ),
  ).toEqual([]);
  expect(await hub.rows("select * from customers.profile_field where customer_id = $1 order by field", [other.customerId])).toEqual(
    ottoBefore,
  );
  expect(await hub.rows("select record_id from customers.erased_record order by 1")).toHaveLength(2);
  expect(await hub.rows("select id from orders.orders where record_id = $1", [web.recordId])).toHaveLength(1);
  expect(await hub.broken()).toEqual([]);
});

it("the check finds a value in a text, inside a document, and as a hash among bytes", async () => {
  await hub.rows("create table public.planted (id int, words text, document jsonb, raw bytea)");
  const { bytes } = formsOf("planted@example.com");
  await hub.rows("insert into public.planted values (1, 'to PLANTED@example.com', '{\"a\":[\"planted@example.com\"]}', $1)", [
    Buffer.concat([Buffer.from("x"), bytes.at(-2) ?? Buffer.alloc(0)]),
  ]);
  const found = await findRemnants(hub.pool, ["Planted@Example.com"]);
  expect(found).toEqual(["words", "document", "raw"].map((column) => ({ column: `public.planted.${column}`, rows: 1 })));
  await hub.rows("drop table public.planted");
});
