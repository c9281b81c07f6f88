import { ok, type MessageId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobContext } from "../../../test/job-context.ts";
import { saleHub, TILLS, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { startJobs } from "../../platform/index.ts";
import { decide, setPreferences } from "../consent/index.ts";
import { writeRecord } from "../customers/index.ts";
import { askHeldAgain } from "./held.ts";
import { queueMessage, sendJob, type Mail, type MailPort } from "./index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  // Makes the tables of the queue; the test itself is who sends.
  await (await startJobs({ ...hub.around, jobs: [] })).stop();
}, 60_000);
afterAll(() => hub.close());

const EMAIL = "mia@terms.test.net";
const NOON = new Date("2026-03-04T11:00:00Z");
const taken: Mail[] = [];
const box: MailPort = { send: async (mail) => void taken.push(mail) };
let messages = 0;

async function someone(): Promise<RecordId> {
  const written = await hub.must((ctx) =>
    writeRecord(ctx, {
      channelId: WEB,
      input: { externalId: `mia ${messages}`, givenName: "Mia", email: EMAIL },
      verified: ["email"],
      verifiedBy: "code",
      cause: "test",
    }),
  );
  return written.recordId;
}

const say = (recordId: RecordId, state: "granted" | "withdrawn") =>
  hub.must((ctx) =>
    decide(ctx, hub.vault, {
      recordId,
      choices: [{ purpose: "marketing", topic: "offers", channelKind: "email", state }],
      source: "web",
      wordingVersion: "test",
      language: "fr",
      proof: null,
      isFromMailbox: false,
    }),
  );

/** An offer that waits to be sent; the test sends it itself. */
async function offer(recordId: RecordId | null, to = EMAIL) {
  const id = await hub.must(async (ctx) =>
    ok(
      await queueMessage(ctx, {
        recordId,
        kind: "email",
        template: "receipt",
        channelId: WEB,
        to,
        rendered: { subject: "Beans", text: "Half price.", html: "<div><p>Half price.</p></div></body>" },
        purpose: { purpose: "marketing", topic: "offers" },
        cause: `offer ${++messages}`,
      }),
    ),
  );
  const [row] = await hub.rows<{ record_id: string; created_at: Date }>(
    "select record_id, created_at from messages.outbound where id = $1",
    [id],
  );
  if (!row) throw new Error("the offer was not queued");
  return { messageId: id, recordId: row.record_id, createdAt: row.created_at.toISOString() };
}

async function send(key: Awaited<ReturnType<typeof offer>>, { at = NOON, mail = box }: { at?: Date; mail?: MailPort | null } = {}) {
  await sendJob({ mail, vault: hub.vault, publicUrl: "https://trama.example" }).handle(jobContext(hub, at), key);
  const [row] = await hub.rows<{ state: string; error: string | null }>("select state, error from messages.outbound where id = $1", [
    key.messageId satisfies MessageId,
  ]);
  return row;
}

describe("the terms of a message", () => {
  it("[MSG-8] are asked right before it leaves: a no that is said after it was queued holds", async () => {
    const recordId = await someone();
    expect(await send(await offer(recordId))).toEqual({ state: "suppressed", error: "no_consent" });
    await say(recordId, "granted");
    const [first, second] = [await offer(recordId), await offer(recordId)];
    expect(await send(first)).toEqual({ state: "sent", error: null });
    await say(recordId, "withdrawn");
    expect(await send(second)).toEqual({ state: "suppressed", error: "withdrawn" });
    expect(taken.filter(({ id }) => id === second.messageId)).toEqual([]);
  });

  it("[MSG-9] what needs a yes carries the way to them, the same at every try", async () => {
    const recordId = await someone();
    await say(recordId, "granted");
    const key = await offer(recordId);
    const tries: Mail[] = [];
    const failing: MailPort = {
      send: (mail) => {
        tries.push(mail);
        return tries.length === 1 ? Promise.reject(new Error("not now")) : Promise.resolve();
      },
    };
    await expect(send(key, { mail: failing })).rejects.toThrow("did not take");
    await send(key, { mail: failing });
    const [first, second] = tries;
    expect(first?.unsubscribeUrl).toMatch(/^https:\/\/trama\.example\/v1\/unsubscribes\/[\w-]{22}$/);
    expect(second).toEqual(first);
    const token = first?.unsubscribeUrl?.split("/").at(-1) ?? "";
    expect([first?.text, first?.html].every((part) => part?.includes(`/shop/preferences/${token}`))).toBe(true);
    expect(JSON.stringify(await hub.rows("select l::text from consent.link l"))).not.toContain(token);
  });

  it("[MSG-8] a no that is committed while the mail server hesitates holds at the next try, and for what waits behind", async () => {
    const recordId = await someone();
    await say(recordId, "granted");
    const [first, second] = [await offer(recordId), await offer(recordId)];
    const tries: string[] = [];
    const hesitating: MailPort = {
      async send({ id }) {
        tries.push(id);
        await say(recordId, "withdrawn");
        throw new Error("not now");
      },
    };
    await expect(send(first, { mail: hesitating })).rejects.toThrow("did not take");
    expect([await send(first), await send(second)]).toEqual([
      { state: "suppressed", error: "withdrawn" },
      { state: "suppressed", error: "withdrawn" },
    ]);
    expect(tries).toEqual([first.messageId]);
    expect(taken.filter(({ id }) => id === first.messageId || id === second.messageId)).toEqual([]);
  });

  it("[MSG-8] whatever the two do at once, nothing leaves whose terms were asked after the no was said", async () => {
    const recordId = await someone();
    await say(recordId, "granted");
    const keys = await Promise.all(Array.from({ length: 6 }, () => offer(recordId)));
    const saying = say(recordId, "withdrawn");
    const racing = keys.slice(0, 3).map((key) => send(key));
    await saying;
    const later = await Promise.all(keys.slice(3).map((key) => send(key)));
    expect(later).toEqual(later.map(() => ({ state: "suppressed", error: "withdrawn" })));
    for (const one of await Promise.all(racing)) expect(["sent", "suppressed"]).toContain(one?.state);
  });

  it("[CNS-7] quiet hours that were said on one channel hold a message of another until morning, when it is asked again", async () => {
    const recordId = await someone();
    const atTill = await hub.must((ctx) =>
      writeRecord(ctx, {
        channelId: TILLS,
        input: { externalId: "mia", email: EMAIL },
        verified: ["email"],
        verifiedBy: "code",
        cause: "test",
      }),
    );
    await say(recordId, "granted");
    const quietHours = { from: 1320, until: 420, timeZone: "Europe/Paris" };
    await hub.must(async (ctx) => ok(await setPreferences(ctx, atTill.recordId, "till", { quietHours })));
    const [night, morning] = [new Date("2026-03-04T22:30:00Z"), new Date("2026-03-05T06:00:01Z")];
    const [kept, refused] = [await offer(recordId), await offer(recordId)];
    for (const key of [kept, refused]) expect(await send(key, { at: night })).toEqual({ state: "queued", error: null });
    const waiting = await hub.rows<{ at: Date }>("select run_at as at from jobs._private_jobs where key = any($1) order by 1", [
      [kept, refused].map(({ messageId }) => `message ${messageId}`),
    ]);
    expect(waiting.map(({ at }) => at.toISOString())).toEqual(Array(2).fill("2026-03-05T06:00:00.000Z"));
    expect(await send(kept, { at: morning })).toEqual({ state: "sent", error: null });
    await say(atTill.recordId, "withdrawn");
    expect(await send(refused, { at: morning })).toEqual({ state: "suppressed", error: "withdrawn" });
    await hub.must(async (ctx) => ok(await setPreferences(ctx, atTill.recordId, "till", { quietHours: null })));
  });

  it("[MSG-15] what waits for the morning is asked about again when its receiver ends the night on any channel, and nothing else is", async () => {
    const recordId = await someone();
    await say(recordId, "granted");
    const quiet = (until: number | null) =>
      hub.must(async (ctx) => ok(await setPreferences(ctx, recordId, "web", { quietHours: until === null ? null : { from: 1320, until, timeZone: "Europe/Paris" } }))); // prettier-ignore
    await quiet(420);
    const night = new Date("2026-03-04T22:30:00Z");
    const [held, tried] = [await offer(recordId), await offer(recordId)];
    for (const key of [held, tried]) await send(key, { at: night });
    await hub.rows("update messages.outbound set attempts = 1 where id = $1", [tried.messageId]);
    const due = async () =>
      (
        await hub.rows<{ key: string; isNow: boolean }>(
          'select key, run_at <= now() as "isNow" from jobs._private_jobs where key = any($1) order by key',
          [[held, tried].map(({ messageId }) => `message ${messageId}`).toSorted()],
        )
      ).filter(({ isNow }) => isNow);
    await hub.rows("update jobs._private_jobs set run_at = now() + interval '1 day' where key like 'message %'");
    await quiet(null);
    await hub.must(async (ctx) => ok(await askHeldAgain(ctx, sendJob({ mail: box, vault: hub.vault, publicUrl: "" }), recordId)));
    expect(await due()).toEqual([{ key: `message ${held.messageId}`, isNow: true }]);
    expect(await send(held, { at: night })).toEqual({ state: "sent", error: null });
  });

  it("[MSG-12] without a mail server the outbox shows the mail as it would have arrived, with the way to its receiver's terms", async () => {
    const recordId = await someone();
    await say(recordId, "granted");
    const key = await offer(recordId);
    expect(await send(key, { mail: null })).toEqual({ state: "sent", error: null });
    const [kept] = await hub.rows<{ text: string }>("select text from messages.outbound where id = $1", [key.messageId]);
    expect(kept?.text).toMatch(/https:\/\/trama\.example\/shop\/preferences\/[\w-]{22}/);
  });

  it("[MSG-9] a box that is not there is not tried again, and is left alone from then on", async () => {
    const recordId = await someone();
    await say(recordId, "granted");
    const gone: MailPort = {
      send: () => Promise.reject(Object.assign(new Error("no such box"), { code: "EENVELOPE", responseCode: 550 })),
    };
    expect(await send(await offer(recordId), { mail: gone })).toEqual({ state: "failed", error: "EENVELOPE 550" });
    expect(await send(await offer(recordId))).toEqual({ state: "suppressed", error: "hard_bounce" });
  });
});
