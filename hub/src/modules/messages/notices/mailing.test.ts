import { ok, type CustomerId, type RecordId } from "@weft/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobContext } from "../../../../test/job-context.ts";
import { saleHub, TILLS, WEB, type SaleHub } from "../../../../test/sale-hub.ts";
import { ERASURE_HOOKS } from "../../../personal-data.ts";
import { decide, suppress } from "../../consent/index.ts";
import {
  advanceNotices,
  customerInvariants,
  customersOf,
  eraseRecords,
  publishNotice,
  writeRecord,
  type NewNotice,
} from "../../customers/index.ts";
import { sendJob } from "../jobs.ts";
import type { Mail } from "../domain.ts";
import { advanceMailings, startMailing, stopMailing, type MailingId } from "./mailing.ts";
import { mailingsOf, unreachedPage } from "./queries.ts";

let hub: SaleHub;
let arrived: Mail[];
// Each test has notices of its own: they hold for everybody who comes after.
beforeEach(async () => {
  hub = await saleHub();
  arrived = [];
}, 60_000);
afterEach(() => hub.close());

const BRAND = { name: "Trama", accent: "#96391d" };
const NOON = new Date("2026-03-04T11:00:00Z");

async function someone(email: string | null, channelId = WEB, externalId = `${email} ${channelId}`): Promise<RecordId> {
  const written = await hub.must((ctx) =>
    writeRecord(ctx, {
      channelId,
      input: { externalId, givenName: "Mia", ...(email && { email }) },
      verified: email ? ["email"] : [],
      verifiedBy: "code",
      cause: "test",
    }),
  );
  return written.recordId;
}

const publish = (version: string, more: Partial<NewNotice> = {}) =>
  hub.must((ctx) =>
    publishNotice(ctx, {
      version,
      channelIds: null,
      coversJoining: true,
      objectionDays: 30,
      address: "https://trama.example/privacy",
      isForEarlier: false,
      ...more,
    }),
  );
const silent = () => publish("old", { coversJoining: false });
const start = (noticeId: Awaited<ReturnType<typeof publish>>, perMinute = 300) =>
  hub.must((ctx) => startMailing(ctx, { noticeId, channelId: WEB, perMinute }));

/** One step of the job, and the mails that it queued. */
async function step(): Promise<Date | null> {
  const due = await hub.must(async (ctx) => ok(await advanceMailings(ctx, BRAND)));
  await leave();
  return due;
}

async function leave(): Promise<void> {
  const job = sendJob({ mail: { send: async (mail) => void arrived.push(mail) }, vault: hub.vault, publicUrl: "https://trama.example" });
  const queued = await hub.rows<{ messageId: string; recordId: string; createdAt: Date }>(
    'select id as "messageId", record_id as "recordId", created_at as "createdAt" from messages.outbound where state = \'queued\' order by id',
  );
  for (const key of queued) await job.handle(jobContext(hub, NOON), { ...key, createdAt: key.createdAt.toISOString() });
}

/** As if its pace had let it go on: a while ago, because a command's clock knows no parts of a millisecond. */
const go = () => hub.rows("update messages.notice_mailing set next_at = now() - interval '1 second'");
const toEnd = async () => {
  for (let n = 0; n < 20 && (await hub.rows("select 1 from messages.notice_mailing where state = 'running'")).length > 0; n++) {
    await go();
    await step();
  }
};
const mailing = async (id: MailingId) => (await mailingsOf(hub, id))[0];
const customerIds = async (...records: RecordId[]) => {
  const map = await hub.must(async (ctx) => ok(await customersOf(ctx, records)));
  return records.map((id): CustomerId | undefined => map.get(id));
};
const advance = async () => {
  for (let n = 0; n < 20; n++) if ((await hub.must(async (ctx) => ok(await advanceNotices(ctx)))) === "idle") return;
  throw new Error("the job never ends");
};
const refuseMarketing = (recordId: RecordId) =>
  hub.must((ctx) =>
    decide(ctx, hub.vault, {
      recordId,
      choices: [{ purpose: "marketing", state: "withdrawn" }],
      source: "web",
      wordingVersion: "test",
      language: "en",
      proof: null,
      isFromMailbox: false,
    }),
  );

describe("[MSG-14] a notice that is sent by mail", () => {
  it("reaches everybody who was told nothing, also who declined marketing, once each; who has no address or is left alone is listed", async () => {
    await silent();
    const told = await someone("told@mailing.test.net");
    const declined = await someone("declined@mailing.test.net");
    const [nowhere, alone] = [await someone(null, WEB, "nowhere"), await someone("alone@mailing.test.net")];
    await refuseMarketing(declined);
    await hub.must((ctx) =>
      suppress(ctx, hub.vault, { channelKind: "email", address: "alone@mailing.test.net", reason: "do_not_contact" }),
    );
    const noticeId = await publish("new");
    const later = await someone("later@mailing.test.net");
    const id = await start(noticeId);
    await toEnd();
    expect(arrived.map(({ to }) => to).toSorted()).toEqual(["declined@mailing.test.net", "told@mailing.test.net"]);
    expect(await mailing(id)).toMatchObject({ state: "done", queued: 0, sent: 2, noAddress: 1, leftAlone: 1, failed: 0 });
    expect(await unreachedPage(hub, id, { after: null, limit: 10 })).toEqual([
      { recordId: nowhere, because: "no_address" },
      { recordId: alone, because: "left_alone" },
    ]);
    const informed = await hub.rows<{ id: RecordId; days: number }>(
      "select record_id as id, round(extract(epoch from joins_at - at) / 86400)::int as days from customers.informed_record order by 1",
    );
    expect(informed).toEqual([told, declined].toSorted().map((record) => ({ id: record, days: 30 })));
    expect(informed.map((row) => row.id)).not.toContain(later);
    const again = await start(noticeId);
    await toEnd();
    expect([arrived.length, (await mailing(again))?.sent]).toEqual([2, 0]);
  });

  it("carries the words and a link by which its reader objects without signing in; nothing but the hash of it is kept", async () => {
    await silent();
    const email = "mia@mailing.test.net";
    await someone(email);
    await start(await publish("new"));
    await toEnd();
    const [mail] = arrived;
    expect(mail?.text).toContain("https://trama.example/privacy");
    expect(mail?.text).toContain("30");
    const token = /\/shop\/preferences\/([\w-]{22})/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(mail?.html).toContain(token);
    expect([token.length, mail?.unsubscribeUrl]).toEqual([22, null]);
    expect(await hub.rows("select purpose, topic from consent.link")).toEqual([{ purpose: "joining", topic: null }]);
    expect(JSON.stringify(await hub.rows("select l::text from consent.link l"))).not.toContain(token);
  });

  it("lets files be joined from the day each mail left, when the days to object are over, and never those of whom it did not reach", async () => {
    await silent();
    const [web, till] = [await someone("ada@mailing.test.net"), await someone("ada@mailing.test.net", TILLS)];
    const noticeId = await publish("new");
    await start(noticeId);
    await toEnd();
    await hub.must((ctx) => startMailing(ctx, { noticeId, channelId: TILLS, perMinute: 300 }));
    await toEnd();
    await advance();
    expect(await customerIds(web, till)).toEqual([web, till]);
    await hub.rows("update customers.informed_record set joins_at = now() - interval '1 second' where record_id = $1", [web]);
    await advance();
    expect(await customerIds(web, till)).toEqual([web, till]);
    await hub.rows("update customers.informed_record set joins_at = now() - interval '1 second' where record_id = $1", [till]);
    await advance();
    expect(await customerIds(web, till)).toEqual([web, web]);
    for (const { name, sql } of customerInvariants) expect([name, await hub.rows(sql)]).toEqual([name, []]);
  });

  it("keeps its pace, goes on behind the last one after a kill, and writes once to two records of one customer", async () => {
    await silent();
    for (const n of [1, 2, 3, 4, 5]) await someone(`pace${n}@mailing.test.net`);
    const [first, second] = [await someone("twice@mailing.test.net", WEB, "a"), await someone("twice@mailing.test.net", WEB, "b")];
    expect(await customerIds(second)).toEqual([first]);
    const id = await start(await publish("new"), 2);
    const due = await step();
    expect(due && Math.round((due.getTime() - Date.now()) / 1000)).toBeGreaterThan(50);
    expect(arrived).toHaveLength(2);
    expect((await step())?.getTime()).toBe(due?.getTime());
    expect(arrived).toHaveLength(2);
    await toEnd();
    expect(arrived.map(({ to }) => to).toSorted()).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => `pace${n}@mailing.test.net`),
      "twice@mailing.test.net",
    ]);
    expect(await mailing(id)).toMatchObject({ sent: 7 });
  });

  it("is one at a time for a channel, can be ended, and needs words that say it and can be read", async () => {
    await silent();
    await someone("one@mailing.test.net");
    const noticeId = await publish("new");
    const id = await start(noticeId);
    const code = async (given: Parameters<typeof startMailing>[1]) => {
      const answer = await hub.run((ctx) => startMailing(ctx, given));
      return answer.ok ? null : answer.error.code;
    };
    expect(await code({ noticeId, channelId: WEB, perMinute: 1 })).toBe("notice.mailing_under_way");
    await hub.must((ctx) => stopMailing(ctx, id));
    await go();
    await step();
    expect([arrived, (await mailing(id))?.state]).toEqual([[], "stopped"]);
    expect(await hub.run((ctx) => stopMailing(ctx, id))).toMatchObject({ error: { code: "notice.mailing_ended" } });
    const nowhere = await publish("nowhere", { address: null });
    expect(await code({ noticeId: nowhere, channelId: WEB, perMinute: 1 })).toBe("notice.nowhere_to_read");
    const mute = await publish("mute", { coversJoining: false });
    expect(await code({ noticeId: mute, channelId: WEB, perMinute: 1 })).toBe("notice.says_nothing_of_joining");
  });

  it("forgets with its person that they were told", async () => {
    await silent();
    const recordId = await someone("gone@mailing.test.net");
    await start(await publish("new"));
    await toEnd();
    await hub.must(async (ctx) => ok(await eraseRecords(ctx, [recordId], ERASURE_HOOKS)));
    for (const table of ["messages.notice_receiver", "customers.informed_record"])
      expect([table, await hub.rows(`select 1 from ${table} where record_id = $1`, [recordId])]).toEqual([table, []]);
  });
});
