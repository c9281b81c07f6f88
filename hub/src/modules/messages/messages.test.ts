import { ok, type MessageId, type OrderId, type PlaceId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { giftCardHub, VOUCHER } from "../../../test/gift-card-hub.ts";
import { LYON, MUG, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { testId, variantId } from "../../../test/goods-hub.ts";
import {
  contextOf,
  inTransaction,
  publish,
  startEventLog,
  startJobs,
  startSubscribers,
  SYSTEM,
  type JobContext,
} from "../../platform/index.ts";
import { CodeRequested } from "../customers/events.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { spellGiftCardCode } from "../payments/index.ts";
import { saveDeposit } from "../pricing/index.ts";
import {
  eraseMessages,
  listMessages,
  messagesInvariants,
  messagesSubscribers,
  queueMessage,
  noticeMailingsJob,
  recallMessagesJob,
  sendJob,
  type Mail,
  type MailPort,
  type NewMessage,
} from "./index.ts";
import { CODE_HOURS, MOST_ATTEMPTS } from "./domain.ts";
import { forgetCodes } from "./commands.ts";

let hub: SaleHub;
const mailBox = createMailBox();
const sending = (mail: MailPort | null) => ({ mail, vault: hub.vault, publicUrl: "https://trama.example" });
let stop: () => Promise<void>;

beforeAll(async () => {
  hub = await giftCardHub();
  const { pool } = hub;
  const { log, snapshots } = hub.around;
  const send = sendJob(sending(mailBox));
  const follower = await startEventLog({ pool, log });
  const subscribers = await startSubscribers({
    pool,
    follower,
    log,
    subscribers: messagesSubscribers({
      brand: { name: "Trama", accent: "#96391d" },
      vault: hub.vault,
      publicUrl: "https://trama.example",
      send,
      mailings: noticeMailingsJob({ brand: { name: "Trama", accent: "#96391d" } }),
      recalls: recallMessagesJob({ brand: { name: "Trama", accent: "#96391d" } }),
    }),
    contextOn: (db, now, requestId) => contextOf({ db, now, actor: SYSTEM, requestId, snapshots, log }),
  });
  const jobs = await startJobs({ pool, log, snapshots, jobs: [send] });
  stop = async () => {
    await subscribers.stop();
    await jobs.stop();
    await follower.stop();
  };
}, 60_000);

afterAll(async () => {
  await stop();
  await hub.close();
});

describe("the one place that sends", () => {
  it("[MSG-1] a code goes out by mail, once, although its fact came twice", async () => {
    const challengeId = await challenge("email", "lea@example.com", "482913", "fr");
    const mail = mailBox.next();
    await askForCode(challengeId);
    await askForCode(challengeId);
    expect(await mail).toMatchObject({
      to: "lea@example.com",
      subject: "482913 est votre code de connexion",
      html: expect.stringContaining("482913"),
    });
    const other = await challenge("email", "anna@example.com", "111222", "en");
    const next = mailBox.next();
    await askForCode(other);
    expect((await next).to).toBe("anna@example.com");
    const { items } = await listMessages(reading(), { recordId: null, to: "lea@example.com", limit: 10 });
    expect(items).toMatchObject([{ kind: "email", template: "code", state: "sent", error: null, recordId: null }]);
    expect(await hub.violations(messagesInvariants)).toEqual([]);
  });

  it("[MSG-2] a buyer who left an address is told what they ordered and the code that opens it", async () => {
    const mail = mailBox.next();
    await hub.stock(MUG, LYON, 5);
    const cart = await hub.cart([[MUG, 2]]);
    const placed = await hub.complete(cart, [{ kind: "due_at_collection" }], {
      contact: { name: "Léa", email: "lea.mugs@example.com", phone: null },
    });
    expect(placed.kind).toBe("placed");
    expect((await mail).to).toBe("lea.mugs@example.com");
    const { items } = await listMessages(reading(), { recordId: null, to: "lea.mugs@example.com", limit: 10 });
    const [code] = await hub.rows<{ code_sealed: string }>(
      "select code_sealed from fulfillment.fulfillment order by placed_at desc limit 1",
    );
    expect(items[0]?.text).toContain("2 ×");
    expect(items[0]?.text).toContain("€28.00");
    expect(items[0]?.text).toContain(hub.vault.open(code?.code_sealed ?? "") ?? "no code");
  });

  it("[MSG-17] who orders a gift card is sent its code, and what is kept has its end only", async () => {
    const mail = mailBox.next();
    await hub.complete(await hub.cart([[VOUCHER, 1]]), [{ kind: "card", token: "inline" }], {
      contact: { name: "Mia", email: "mia.gift@example.com", phone: null },
    });
    const { text, html } = await mail;
    const [card] = await hub.rows<{ last4: string; code_sealed: string }>(
      "select last4, code_sealed from payments.gift_card order by id desc limit 1",
    );
    const code = spellGiftCardCode(hub.vault.open(card?.code_sealed ?? "") ?? "none");
    expect(text).toContain(code);
    expect(html).toContain(code);
    const { items } = await listMessages(reading(), { recordId: null, to: "mia.gift@example.com", limit: 10 });
    expect(items[0]?.text).toContain(`••••-••••-••••-${card?.last4}`);
    expect(JSON.stringify(items)).not.toContain(code);
  });

  it("[MSG-10] who is not known otherwise is told in the language in which they ordered", async () => {
    const mail = mailBox.next();
    await hub.stock(MUG, LYON, 5);
    const contact = { name: "Ivo", email: "ivo.mugs@example.com", phone: null, language: "de" } as const;
    await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }], { contact });
    expect((await mail).subject).toMatch(/^Ihre Bestellung /);
  });

  it("[MSG-2] is told once when it waits at the counter, where, and by which code", async () => {
    const [order] = await hub.rows<{ orderId: OrderId; number: string; id: string; placeId: PlaceId; sealed: string }>(
      `select order_id as "orderId", order_number as number, id, place_id as "placeId", code_sealed as sealed from fulfillment.fulfillment limit 1`,
    );
    if (!order) throw new Error("nothing was placed");
    const { orderId, id, placeId } = order;
    const mail = mailBox.next();
    for (const state of ["accepted", "ready", "ready"])
      await hub.must(async (ctx) => {
        await publish(ctx, FulfillmentChanged, `order/${orderId}`, {
          fulfillmentId: id,
          orderId,
          recordId: null,
          placeId,
          kind: "collect",
          state,
        });
        return ok(undefined);
      });
    const { subject, text, to } = await mail;
    expect({ subject, to }).toEqual({ subject: `Order ${order.number} is ready`, to: "lea.mugs@example.com" });
    expect(text).toContain("at Lyon");
    expect(text).toContain(hub.vault.open(order.sealed) ?? "no code");
    expect(await hub.rows("select 1 from messages.outbound where template = 'order_ready'")).toHaveLength(1);
  });

  it("[MSG-10] who left a number and no mail address is told by a text message that their order is ready", async () => {
    const cart = await hub.cart([[MUG, 1]]);
    const contact = { name: "Noa", email: null, phone: "+33639980077" };
    const placed = await hub.complete(cart, [{ kind: "due_at_collection" }], { contact });
    expect(placed.kind).toBe("placed");
    const [waiting] = await hub.rows<{ orderId: OrderId; id: string; placeId: PlaceId; sealed: string }>(
      `select f.order_id as "orderId", f.id, f.place_id as "placeId", f.code_sealed as sealed
         from fulfillment.fulfillment f join orders.orders o on o.id = f.order_id where o.cart_id = $1`,
      [cart.id],
    );
    if (!waiting) throw new Error("nothing was placed");
    const { id: fulfillmentId, orderId, placeId, sealed } = waiting;
    await hub.must(async (ctx) => {
      const changed = { fulfillmentId, orderId, placeId, recordId: null, kind: "collect" as const, state: "ready" };
      await publish(ctx, FulfillmentChanged, `order/${orderId}`, changed);
      return ok(undefined);
    });
    const told = async () => (await listMessages(reading(), { recordId: null, to: contact.phone, limit: 2 })).items;
    while ((await told())[0]?.state !== "sent") await hub.rows("select pg_sleep(0.01)");
    const items = await told();
    expect(items).toMatchObject([{ kind: "sms", template: "order_ready", subject: "", html: null }]);
    expect(items[0]?.text).toContain(hub.vault.open(sealed) ?? "no code");
  });

  it("[PRC-22] the deposit on packaging stands behind the goods that carry it, in the language of the mail", async () => {
    const amounts = [{ country: "FR", currency: "EUR", amount: 25, followsGoods: true, taxClass: "goods" }];
    const bottle = { code: "bottle", name: { en: "Deposit", de: "Pfand" }, amounts };
    await hub.must((ctx) => saveDeposit(ctx, { ...bottle, variantIds: [variantId(MUG)] }));
    hub.around.snapshots.invalidate();
    const mail = mailBox.next();
    await hub.stock(MUG, LYON, 20);
    const contact = { name: "Ida", email: "ida.mugs@example.com", phone: null, language: "de" } as const;
    await hub.complete(await hub.cart([[MUG, 2]]), [{ kind: "due_at_collection" }], { contact });
    const { text } = await mail;
    await hub.must((ctx) => saveDeposit(ctx, { ...bottle, variantIds: [] }));
    hub.around.snapshots.invalidate();
    for (const row of [/2 × .*28,00/, /2 × Pfand.*0,50/, /28,50/]) expect(text).toMatch(row);
  });

  it("[MSG-4] a code to a phone ends in the outbox, and is no mail", async () => {
    await askForCode(await challenge("phone", "+33639980001", "555666", "ca"));
    const sent = async () => (await listMessages(reading(), { recordId: null, to: "+33639980001", limit: 1 })).items[0];
    while ((await sent())?.state !== "sent") await hub.rows("select pg_sleep(0.01)");
    expect(await sent()).toMatchObject({ kind: "sms", subject: "", html: null, text: "Trama: 555666 és el teu codi. Val deu minuts." });
    const marker = await challenge("email", "marker@example.com", "777888", "de");
    const next = mailBox.next();
    await askForCode(marker);
    expect((await next).to).toBe("marker@example.com");
  });

  it("[MSG-3] what the mail server does not take is tried again, and stays as failed in the end", async () => {
    const refusing: MailPort = { send: () => Promise.reject(Object.assign(new Error("lea@example.com is full"), { responseCode: 452 })) };
    const key = await queueAside({ to: "full@example.com", cause: "a refused one" });
    const job = sendJob(sending(refusing));
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) await expect(job.handle(jobContext(), key)).rejects.toThrow("did not take");
    expect(await stateOf(key.messageId)).toEqual({ state: "queued", error: "452", attempts: MOST_ATTEMPTS - 1 });
    await job.handle(jobContext(), key);
    expect(await stateOf(key.messageId)).toEqual({ state: "failed", error: "452", attempts: MOST_ATTEMPTS });
  });

  it("[MSG-4] without a mail server the outbox is where mail arrives", async () => {
    const key = await queueAside({ to: "nowhere@example.com", cause: "no server" });
    await sendJob(sending(null)).handle(jobContext(), key);
    expect(await stateOf(key.messageId)).toMatchObject({ state: "sent", attempts: 1 });
  });
});

describe("what a message keeps", () => {
  it("[MSG-5] erasing people empties their messages, also those to an address before it was known whose it is", async () => {
    const record = testId<RecordId>("record", 7);
    await hub.rows("insert into customers.source_record (id, channel_id, state, known_at) values ($1, $2, 'known', now())", [record, WEB]);
    const identifier = testId("identifier", 7);
    await hub.rows(
      "insert into customers.identifier (id, kind, value_norm, value_hash) values ($1, 'email', 'gone@example.com', sha256('gone'))",
      [identifier],
    );
    await hub.rows(
      "insert into customers.contact_point (id, record_id, kind, address, identifier_id) values ($1, $2, 'email', 'gone@example.com', $3)",
      [testId("contact", 7), record, identifier],
    );
    await queueAside({ to: "gone@example.com", cause: "unknown yet", recordId: null });
    await queueAside({ to: "other@example.com", cause: "theirs", recordId: record });
    await hub.must(async (ctx) => ok(await eraseMessages(ctx, [record])));
    const left = await hub.rows("select * from messages.outbound where recipient in ('gone@example.com', 'other@example.com')");
    expect(left).toEqual([]);
    expect(await hub.rows("select state, text from messages.outbound where record_id = $1", [record])).toEqual([
      { state: "suppressed", text: "" },
    ]);
  });

  it("[MSG-6] a code is forgotten a day later", async () => {
    const key = await queueAside({ to: "late@example.com", cause: "old code", template: "code" });
    await hub.rows(
      `with moved as (delete from messages.outbound where id = $1 returning *)
       insert into messages.outbound select (jsonb_populate_record(null::messages.outbound, to_jsonb(moved) ||
         jsonb_build_object('created_at', now() - make_interval(hours => $2::integer)))).* from moved`,
      [key.messageId, CODE_HOURS + 1],
    );
    expect(await hub.must(async (ctx) => ok(await forgetCodes(ctx)))).toBe(1);
    expect(await hub.rows("select 1 from messages.outbound where recipient = 'late@example.com'")).toEqual([]);
  });
});

const reading = () => ({ db: hub.db });

async function challenge(kind: "email" | "phone", address: string, code: string, locale: string): Promise<string> {
  const id = testId("challenge", Number(code));
  await hub.rows(
    `insert into customers.challenge (id, purpose, kind, address, channel_id, sealed_code, locale, asker, expires_at)
     values ($1, 'sign_in', $2, $3, $4, $5, $6, 'asker', now() + interval '10 minutes')`,
    [id, kind, address, WEB, hub.vault.seal(code), locale],
  );
  return id;
}

async function askForCode(challengeId: string): Promise<void> {
  await hub.must(async (ctx) => {
    await publish(ctx, CodeRequested, `challenge/${challengeId}`, { challengeId, purpose: "sign_in", channelId: WEB, recordId: null });
    return ok(undefined);
  });
}

/** Queues a message without its fact, so that no job of the hub takes it away from the test. */
async function queueAside(given: Pick<NewMessage, "to" | "cause"> & Partial<NewMessage>) {
  const id = await hub.must(async (ctx) => {
    const message: NewMessage = {
      recordId: null,
      kind: "email",
      template: "receipt",
      channelId: WEB,
      rendered: { subject: "Words", text: "More words", html: null },
      ...given,
    };
    const queued = await queueMessage(ctx, message);
    await ctx.db.deleteFrom("platform.outbox").where("subject", "=", `message/${queued}`).execute();
    return ok(queued);
  });
  const [row] = await hub.rows<{ record_id: string; created_at: Date }>(
    "select record_id, created_at from messages.outbound where id = $1",
    [id],
  );
  if (!row) throw new Error("the message was not queued");
  return { messageId: id, recordId: row.record_id, createdAt: row.created_at.toISOString() };
}

async function stateOf(id: MessageId) {
  const [row] = await hub.rows("select state, error, attempts from messages.outbound where id = $1", [id]);
  return row;
}

function jobContext(): JobContext {
  return {
    read: { ...hub.around, db: hub.db, now: new Date() },
    signal: new AbortController().signal,
    async write(work) {
      const outcome = await inTransaction(hub.around, async (ctx) => ok(await work(ctx)));
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a command without a key is never replayed");
      return outcome.result.value;
    },
  };
}

/** What a mail server would have taken. */
type MailBox = MailPort & { next(): Promise<Mail> };

function createMailBox(): MailBox {
  const received: Mail[] = [];
  const waiting: ((mail: Mail) => void)[] = [];
  return {
    async send(mail) {
      const first = waiting.shift();
      if (first) first(mail);
      else received.push(mail);
    },
    next: () => {
      const mail = received.shift();
      return mail ? Promise.resolve(mail) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
