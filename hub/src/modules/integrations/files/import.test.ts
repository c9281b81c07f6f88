import { gzipSync } from "node:zlib";
import { ok } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findRemnants } from "../../../erasure-check.ts";
import { INVARIANTS } from "../../../invariants.ts";
import { ERASURE_HOOKS } from "../../../personal-data.ts";
import { filesHub, OLD_SHOP, OLD_SHOP_DE, type FilesHub } from "../../../../test/files-hub.ts";
import { mayContact } from "../../consent/index.ts";
import { eraseRecords, publishNotice, writeRecord } from "../../customers/index.ts";
import { startImport, stopImport } from "./commands.ts";
import { refusedLines } from "./refused-lines.ts";
import { replayFileLine } from "./replay.ts";
import { runImport } from "./run-import.ts";

let hub: FilesHub;
beforeAll(async () => {
  hub = await filesHub();
});
afterAll(() => hub.close());

/** Everything that an import writes goes before each test: a database of its own for each takes longer than what it proves. */
const WRITTEN = ["customers", "consent", "integrations"];
beforeEach(() => forget());

async function forget(): Promise<void> {
  const tables = await hub.rows<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = any($1) and tablename <> 'generation'",
    [WRITTEN],
  );
  const names = [
    ...tables.map(({ name }) => name),
    "touchpoints.touchpoint",
    "touchpoints.message_key",
    "touchpoints.quarantine",
    "access.audit_entry",
  ];
  await hub.rows(`truncate ${names.join(", ")} cascade`);
}

const HEADER = "Kundennr;Vorname;Nachname;E-Mail;Telefon;Geburtsdatum;Straße;PLZ;Ort;Land;Newsletter;Einwilligung am;Lieblingskaffee";
/** As Excel of a German office saves it. */
const GERMAN = Buffer.from(
  [
    HEADER,
    "K-1;Léa;Fontaine;Lea.F@Example.com;06 39 98 55 44;05.04.1979;12 rue des Lilas;69001;Lyon;Frankreich;ja;01.02.2024;flat white",
    "K-2;Jörg;Grün;joerg@example.com;+49 30 1234567;13.12.1983;Hauptstr. 5;10115;Berlin;Deutschland;nein;03.03.2024 09:30;",
    'K-3;"Müller, gen. Mia";;mia@example.com;;;;;;;;;"=cmd|\'/c calc\'!A1"',
    "K-4;Otto;;otto(at)example.com;;;;;;;;;",
    "K-5;Olga;;olga@example.com;;31.02.1980;;;;;;;",
    "K-6;Zu;Kurz",
    "K-7;Ida;;ida@example.com;;;;;;;vielleicht;;",
  ].join("\r\n"),
  "latin1",
);

/** All that an import of customers writes, without ids and times of writing. */
async function books(): Promise<unknown> {
  const found = [];
  for (const query of [
    "select external_id, attributes, version, state from customers.source_record order by 1",
    "select r.external_id, i.kind, i.value_norm, ri.verified_at is not null as verified from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id join customers.source_record r on r.id = ri.record_id order by 1, 2, 3",
    "select r.external_id, e.purpose, e.topic, e.channel_kind, e.state, e.source, e.at, e.proof from consent.event e join customers.source_record r on r.id = e.record_id order by 1, 3, 4",
    "select r.external_id, t.kind, t.name, t.occurred_at, t.payload from touchpoints.touchpoint t join customers.source_record r on r.id = t.record_id order by 1, 4, 3",
    "select kind, reason, detail, raw from touchpoints.quarantine order by raw",
  ])
    found.push(await hub.rows(query));
  return found;
}

const attributesOf = async (externalId: string) =>
  (
    await hub.rows<{ attributes: Record<string, unknown> }>("select attributes from customers.source_record where external_id = $1", [
      externalId,
    ])
  )[0]?.attributes;

async function violations(): Promise<string[]> {
  const found: string[] = [];
  for (const { name, sql } of INVARIANTS)
    for (const { example } of await hub.rows<{ example: string }>(sql)) found.push(`${name}: ${example}`);
  return found;
}

describe("customers", () => {
  it("[IMP-7] of a German spreadsheet become records of the channel, with their decisions; bad lines wait with their reason", async () => {
    const id = await hub.upload("customers", GERMAN);
    const preview = await hub.preview(id);
    expect(preview.columns.map(({ field }) => field)).toEqual([
      "externalId",
      "givenName",
      "familyName",
      "email",
      "phone",
      "birthDate",
      "street",
      "postcode",
      "city",
      "country",
      "optInEmail",
      "optInTime",
      "trait",
    ]);
    expect(preview).toMatchObject({ encoding: "windows-1252", missing: null, checked: 7, isDateOrderOpen: false });
    expect(preview.settings).toMatchObject({ delimiter: ";", hasHeader: true, dateOrder: "dmy", timeZone: "Europe/Paris" });
    expect(preview.rows[0]).toEqual({
      line: 2,
      problem: null,
      values: {
        externalId: "K-1",
        givenName: "Léa",
        familyName: "Fontaine",
        email: "lea.f@example.com",
        phone: "+33639985544",
        birthDate: "1979-04-05",
        street: "12 rue des Lilas",
        postcode: "69001",
        city: "Lyon",
        country: "FR",
        optInEmail: "granted",
        optInTime: "2024-01-31T23:00:00.000Z",
        Lieblingskaffee: "flat white",
      },
    });
    expect(preview.problems.map(({ reason }) => reason).toSorted()).toEqual([
      "birth_date_invalid",
      "email_invalid",
      "fields_missing",
      "opt_in_unclear",
    ]);

    await hub.start(id);
    expect(await hub.go(id, 2)).toBe("done");
    expect(await hub.read(id)).toMatchObject({ state: "done", lines: 7, created: 3, changed: 0, same: 0, refused: 4 });
    expect(await attributesOf("K-1")).toEqual({
      givenName: "Léa",
      familyName: "Fontaine",
      email: "lea.f@example.com",
      phone: "+33639985544",
      birthDate: "1979-04-05",
      address: { line1: "12 rue des Lilas", postcode: "69001", city: "Lyon", country: "FR" },
      traits: { Lieblingskaffee: "flat white" },
    });
    expect(await hub.rows("select purpose, topic, channel_kind, state, source, at from consent.event order by at")).toEqual([
      {
        purpose: "marketing",
        topic: "news",
        channel_kind: "email",
        state: "granted",
        source: "import",
        at: new Date("2024-01-31T23:00:00Z"),
      },
      {
        purpose: "marketing",
        topic: null,
        channel_kind: "email",
        state: "withdrawn",
        source: "import",
        at: new Date("2024-03-03T08:30:00Z"),
      },
    ]);
    expect(await hub.rows("select kind, occurred_at from touchpoints.touchpoint order by 2")).toEqual([
      { kind: "terms_given", occurred_at: new Date("2024-01-31T23:00:00Z") },
      { kind: "terms_withdrawn", occurred_at: new Date("2024-03-03T08:30:00Z") },
    ]);
    // Nothing of the file is left but what was taken and what waits.
    expect(await hub.rows("select 1 from integrations.import_part")).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it("[IMP-1] given twice nothing doubles; what says something else is a new version", async () => {
    expect(await hub.take("customers", GERMAN)).toMatchObject({ created: 3, refused: 4 });
    const once = await books();
    expect(await hub.take("customers", GERMAN)).toMatchObject({ created: 0, changed: 0, same: 3, refused: 4 });
    expect(await books()).toEqual(once);
    const moved = Buffer.from(GERMAN.toString("latin1").replace("12 rue des Lilas", "3 quai Saint-Vincent"), "latin1");
    expect(await hub.take("customers", moved)).toMatchObject({ created: 0, changed: 1, same: 2, refused: 4 });
    expect(await attributesOf("K-1")).toMatchObject({ address: { line1: "3 quai Saint-Vincent" } });
    expect(await hub.rows("select version from customers.source_record where external_id = 'K-1'")).toEqual([{ version: 2 }]);
    expect(await violations()).toEqual([]);
  });

  it("[IMP-7] broken off at any line and run again, nothing is missing and nothing doubles", async () => {
    const people = Array.from({ length: 40 }, (_, n) => `P-${n};Person ${n};Test;p${n}@example.com;;;;;;;ja;01.02.2024;`);
    const file = [HEADER, ...people].join("\n");
    await hub.take("customers", file);
    const whole = await books();
    await forget();
    const id = await hub.upload("customers", file);
    await hub.start(id);
    let runs = 0;
    for (let end = ""; end !== "done"; runs++) {
      const stop = new AbortController();
      end = await runImport(hub.around, hub.vault, id, { signal: stop.signal, batchLines: 7, watch: () => stop.abort() });
    }
    expect(runs).toBe(6);
    expect(await hub.read(id)).toMatchObject({ state: "done", lines: 40, created: 40 });
    expect(await books()).toEqual(whole);
  });

  it("[IMP-7] two runs at once of one import write each line once", async () => {
    const people = Array.from({ length: 60 }, (_, n) => `P-${n};Person ${n};Test;p${n}@example.com;;;;;;;;;`);
    const id = await hub.upload("customers", [HEADER, ...people].join("\n"));
    await hub.start(id);
    const ends = await Promise.all([hub.go(id, 5), hub.go(id, 5)]);
    expect(ends.toSorted()).toEqual(["done", "stopped"]);
    expect(await hub.read(id)).toMatchObject({ lines: 60, created: 60, same: 0, refused: 0 });
  });

  it("[IMP-9] nothing of a file counts as verified unless somebody says why", async () => {
    const web = await hub.must((ctx) =>
      writeRecord(ctx, {
        channelId: OLD_SHOP_DE,
        input: { givenName: "Léa", email: "lea.f@example.com" },
        verified: ["email"],
        verifiedBy: "sign_in",
        cause: "test",
      }),
    );
    await hub.take("customers", "id,email,card\nK-1,lea.f@example.com,4711\n");
    expect(await hub.rows("select verified_at from customers.contact_point where record_id <> $1", [web.recordId])).toEqual([
      { verified_at: null },
    ]);
    expect(await hub.rows("select 1 from customers.link")).toEqual([]);
    expect(await hub.rows("select because from customers.review_pair")).toEqual([{ because: "email_shared_unverified" }]);
    expect(
      await hub.rows(
        "select ri.verified_at from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id where i.kind = 'card'",
      ),
    ).toEqual([{ verified_at: null }]);

    const because = "Every address was confirmed when they signed up, says Anna of the old shop";
    const vouch = (found: Parameters<Parameters<FilesHub["take"]>[2] & {}>[0]) => ({
      ...found,
      verified: { email: true, phone: false, because },
    });
    expect(await hub.take("customers", "id,email,card\nK-1,lea.f@example.com,4711\n", vouch)).toMatchObject({ changed: 1 });
    expect(await hub.rows("select kind from customers.link where state = 'active'")).toEqual([{ kind: "shared_identifier" }]);
    expect(await hub.rows("select reason from access.audit_entry where action = 'imports.start' and reason is not null")).toEqual([
      { reason: because },
    ]);
  });

  it("[IMP-7] without ids of their own are the same the next time, and a family on one address stays several people", async () => {
    const list =
      "Name,E-mail\nLéa Fontaine,home@example.com\nMax Fontaine,home@example.com\nLéa Fontaine,home@example.com\n,lonely@example.com\n";
    expect(await hub.take("customers", list)).toMatchObject({ created: 3, same: 1 });
    expect(await hub.take("customers", list)).toMatchObject({ created: 0, same: 4 });
    expect(await hub.rows("select count(*)::int as n from customers.source_record")).toEqual([{ n: 3 }]);
    expect(await hub.rows("select 1 from customers.source_record where external_id like '%example%'")).toEqual([]);
  });

  it("of cards come in like those of a table", async () => {
    const cards = gzipSync(
      "BEGIN:VCARD\nVERSION:3.0\nUID:u-1\nN:Fontaine;Léa;;;\nFN:Léa F.\nEMAIL:lea@example.com\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nUID:u-2\nFN:Nobody\nEMAIL:no mail\nEND:VCARD\n",
    );
    const { id, ...taken } = await hub.take("customers", cards);
    expect(taken).toMatchObject({ created: 1, refused: 1, lines: 2 });
    expect(await attributesOf("u-1")).toMatchObject({ givenName: "Léa", familyName: "Fontaine", email: "lea@example.com" });
    const [item] = await hub.rows<{ raw: string; context: Record<string, unknown> }>("select raw, context from touchpoints.quarantine");
    if (!item) throw new Error("one waits");
    await hub.must((ctx) =>
      replayFileLine(hub.vault)(ctx, {
        raw: item.raw.replace("no mail", "nobody@example.com"),
        channelId: OLD_SHOP,
        context: item.context,
      }),
    );
    expect(await attributesOf("u-2")).toMatchObject({ givenName: "Nobody", email: "nobody@example.com" });
    expect(id).toBe(item.context["importId"]);
  });

  it("with a hundred columns keep them all, and one line that the database cannot hold stops nobody", async () => {
    const names = Array.from({ length: 97 }, (_, n) => `Feld ${n}`);
    const wide = ["id", "email", "name", ...names].join(",");
    const row = (id: string) => [id, `${id}@example.com`, `Name ${id}`, ...names.map((_, n) => `v${n}`)].join(",");
    expect(await hub.take("customers", [wide, row("w1"), row("w2").replace("v5,", "v\u00005,"), row("w3")].join("\n"))).toMatchObject({
      created: 2,
      refused: 1,
    });
    const { traits } = (await attributesOf("w3")) ?? {};
    expect(Object.keys(traits as object)).toHaveLength(97);
    expect(await hub.rows("select reason from touchpoints.quarantine")).toEqual([{ reason: "text_invalid" }]);
  });
});

describe("[IMP-13] what people of a file were told", () => {
  const noticeOf = async (externalId: string) =>
    (
      await hub.rows<{ version: string | null }>(
        "select n.version from customers.source_record r left join customers.notice n on n.id = r.notice_id where r.external_id = $1",
        [externalId],
      )
    )[0]?.version;
  const publish = (version: string, coversJoining: boolean) =>
    hub.must((ctx) =>
      publishNotice(ctx, { version, channelIds: [OLD_SHOP], coversJoining, objectionDays: 30, address: null, isForEarlier: false }),
    );
  const named =
    (notice: string) =>
    (found: Parameters<Parameters<FilesHub["take"]>[2] & {}>[0]): typeof found => ({ ...found, notice });

  it("is the notice in force, another one that the channel showed, or none; whose says nothing of joining stay apart", async () => {
    const old = await publish("old", false);
    await publish("new", true);
    expect(
      (await hub.preview(await hub.upload("customers", "id,email\nF-0,f0@example.com\n"))).notices.map(({ version }) => version),
    ).toEqual(["new", "old"]);
    await hub.take("customers", "id,email\nF-1,f1@example.com\n");
    await hub.take("customers", "id,email\nF-2,f2@example.com\nF-1,f1@example.org\n", named(old));
    await hub.take("customers", "id,email\nF-3,f3@example.com\n", named("none"));
    expect(await Promise.all(["F-1", "F-2", "F-3"].map(noticeOf))).toEqual(["new", "old", null]);
    expect(
      await hub.rows(
        "select r.external_id as id, a.because from customers.read_apart a join customers.source_record r on r.id = a.record_id",
      ),
    ).toEqual([{ id: "F-2", because: "notice" }]);
  });

  it("cannot be a notice that its channel never showed", async () => {
    const id = await hub.upload("customers", "id,email\nF-1,f1@example.com\n");
    const { settings } = await hub.preview(id);
    const notice = "019a0000-0000-7000-8000-000000000001";
    expect(await hub.run((ctx) => startImport(ctx, hub.vault, id, { ...settings, notice }))).toMatchObject({
      error: { code: "import.notice_unknown", notice },
    });
  });
});

describe("lines that were put aside", () => {
  it("[IMP-3] wait once, however often their file is given, stand in each list, and are taken when they are mended", async () => {
    const first = await hub.take("customers", GERMAN);
    const second = await hub.take("customers", GERMAN);
    expect(await hub.rows("select reason from touchpoints.quarantine order by 1")).toHaveLength(4);
    const list = async (id: typeof first.id) => {
      let text = "";
      for await (const part of refusedLines(hub, await hub.read(id))) text += part;
      return text;
    };
    const bad = await list(second.id);
    expect(bad).toBe(await list(first.id));
    const lines = bad.split("\r\n");
    expect(lines[0]).toBe(`\uFEFFweft_line;weft_reason;weft_detail;${HEADER}`);
    expect(lines[1]).toBe("5;email_invalid;line 5: otto(at)example.com;K-4;Otto;;otto(at)example.com;;;;;;;;;");
    expect(lines).toHaveLength(6);

    // Mended and given again as they were downloaded.
    const mended = bad.replaceAll("(at)", "@").replaceAll("31.02.1980", "28.02.1980").replaceAll("vielleicht", "nein");
    expect(await hub.take("customers", mended)).toMatchObject({ created: 3, refused: 1 });
    expect(await attributesOf("K-5")).toMatchObject({ birthDate: "1980-02-28" });
  });

  it("[IMP-2] a mended line goes the way of its file, and is refused again with its new reason", async () => {
    await hub.take("customers", GERMAN);
    const [item] = await hub.rows<{ raw: string; context: Record<string, unknown> }>(
      "select raw, context from touchpoints.quarantine where reason = 'email_invalid'",
    );
    if (!item) throw new Error("one waits");
    const again = (raw: string) => hub.run((ctx) => replayFileLine(hub.vault)(ctx, { raw, channelId: OLD_SHOP, context: item.context }));
    expect(await again(item.raw)).toMatchObject({ ok: false, error: { code: "email_invalid" } });
    expect(await again(item.raw.replace("(at)", "@"))).toEqual(ok(null));
    expect(await attributesOf("K-4")).toEqual({ givenName: "Otto", email: "otto@example.com" });
  });
});

describe("events", () => {
  const EVENTS = [
    "user_id;event;time;message_id;Betrag;Farbe",
    "K-1;Katalog bestellt;01.03.2026 10:15;m-1;12,50;rot",
    "K-1;Katalog bestellt;01.03.2026 10:15;m-1;12,50;rot",
    "K-2;Laden besucht;02.03.2026 11:00;;;",
    "K-2;;02.03.2026 11:00;;;",
    "K-2;Laden besucht;02.03.2036 11:00;;;",
    "K-2;Laden besucht;02.03.2003 11:00;;;",
    "K-2;Laden besucht;gestern;;;",
    ";Laden besucht;02.03.2026 11:00;;;",
  ].join("\n");

  it("[IMP-7] stand on the timeline at their own time, once, and those that cannot are put aside", async () => {
    expect(await hub.take("events", EVENTS)).toMatchObject({ lines: 8, created: 2, same: 1, refused: 5 });
    expect(await hub.take("events", EVENTS)).toMatchObject({ created: 0, same: 3, refused: 5 });
    expect(
      await hub.rows(
        "select r.external_id, t.kind, t.name, t.occurred_at, t.payload from touchpoints.touchpoint t join customers.source_record r on r.id = t.record_id order by 4",
      ),
    ).toEqual([
      {
        external_id: "K-1",
        kind: "track",
        name: "Katalog bestellt",
        occurred_at: new Date("2026-03-01T09:15:00Z"),
        payload: { properties: { Betrag: 12.5, Farbe: "rot" } },
      },
      { external_id: "K-2", kind: "track", name: "Laden besucht", occurred_at: new Date("2026-03-02T10:00:00Z"), payload: {} },
    ]);
    expect(
      (await hub.rows<{ reason: string }>("select reason from touchpoints.quarantine order by 1")).map(({ reason }) => reason),
    ).toEqual(["event_missing", "nobody", "time_ahead", "time_invalid", "time_too_old"]);
    expect(await violations()).toEqual([]);
  });

  it("[IMP-7] find who is known by an address of the channel, and never guess between two", async () => {
    await hub.take(
      "customers",
      "id,name,email\nK-1,Léa Fontaine,lea@example.com\nK-2,Max F,home@example.com\nK-3,Mia F,home@example.com\n",
    );
    const events =
      "email,event,time\nLEA@example.com,Called,2026-03-01T10:00:00Z\nhome@example.com,Called,2026-03-01T10:00:00Z\nnew@example.com,Called,2026-03-01T10:00:00Z\n";
    expect(await hub.take("events", events)).toMatchObject({ created: 2, refused: 1 });
    expect(
      await hub.rows(
        "select r.external_id like 'file:%' as made from touchpoints.touchpoint t join customers.source_record r on r.id = t.record_id order by 1",
      ),
    ).toEqual([{ made: false }, { made: true }]);
  });
});

describe("consents", () => {
  const TERMS = [
    "email,channel,topic,state,date,source",
    "lea@example.com,email,newsletter,subscribed,2024-02-01T10:00:00Z,footer form",
    "lea@example.com,email,newsletter,unsubscribed,2025-02-01T10:00:00Z,link in a mail",
    "max@example.com,sms,offers,yes,2024-05-01T10:00:00Z,paper card 17",
    "mia@example.com,sms,offers,,2024-05-01T10:00:00Z,",
    "mia@example.com,,,yes,2024-05-01T10:00:00Z,",
    "ida@example.com,email,weather,yes,2024-05-01T10:00:00Z,",
  ].join("\n");
  const standing = () =>
    hub.rows(
      "select i.value_norm as who, e.topic, e.channel_kind as kind, e.state, e.proof ->> 'note' as note from consent.event e join customers.record_identifier ri on ri.record_id = e.record_id join customers.identifier i on i.id = ri.identifier_id and i.kind = 'email' order by e.at, 1",
    );

  it("[CNS-1] keep their time, source and proof; what is missing is no yes, and a yes says to what", async () => {
    expect(await hub.take("consents", TERMS)).toMatchObject({ lines: 6, created: 3, same: 1, refused: 2 });
    const first = await standing();
    expect(first).toEqual([
      { who: "lea@example.com", topic: "news", kind: "email", state: "granted", note: "footer form" },
      { who: "max@example.com", topic: "offers", kind: "sms", state: "granted", note: "paper card 17" },
      { who: "lea@example.com", topic: "news", kind: "email", state: "withdrawn", note: "link in a mail" },
    ]);
    expect(await hub.take("consents", TERMS)).toMatchObject({ created: 0, same: 4, refused: 2 });
    expect(await standing()).toEqual(first);
    expect(await violations()).toEqual([]);
  });

  it("[CNS-5] where a yes by mail is asked for twice it waits, unless somebody answers for it that it was confirmed", async () => {
    const yes = "email,channel,topic,state,date\nlea@example.com,email,news,yes,2024-02-01T10:00:00Z\n";
    await hub.take("consents", yes, undefined, OLD_SHOP_DE);
    expect(await hub.rows("select state from consent.event")).toEqual([{ state: "pending" }]);
    const confirm = (found: Parameters<Parameters<FilesHub["take"]>[2] & {}>[0]) => ({
      ...found,
      consent: { ...found.consent, confirmedBecause: "Double opt-in of the old system, says Anna" },
    });
    await hub.take("consents", yes, confirm, OLD_SHOP_DE);
    expect(await hub.rows("select state from consent.event order by id")).toEqual([{ state: "pending" }, { state: "granted" }]);
  });

  it("[CNS-3] an older yes of a file does not answer a no that was said here since", async () => {
    await hub.take("customers", "id,email\nK-1,lea@example.com\n");
    await hub.rows(
      "insert into consent.event (id, record_id, purpose, state, source, wording_version, language, actor_kind, at) select uuidv7(), id, 'marketing', 'withdrawn', 'web', '1', 'en', 'customer', now() from customers.source_record",
    );
    await hub.take("consents", "email,channel,topic,state,date\nlea@example.com,email,news,yes,2024-02-01T10:00:00Z\n");
    const [record] = await hub.rows<{ id: never }>("select id from customers.source_record");
    if (!record) throw new Error("there is one");
    const asked = { recordId: record.id, purpose: "marketing" as const, topic: "news" as const, channelKind: "email" as const };
    const may = await mayContact({ db: hub.db, snapshots: hub.around.snapshots }, hub.vault, {
      ...asked,
      address: "lea@example.com",
      channelId: OLD_SHOP,
      at: new Date(),
    });
    expect(may).toMatchObject({ allowed: false });
  });
});

describe("a file that waits", () => {
  it("[IMP-10] is readable by nobody, and does not bring back who was erased meanwhile", async () => {
    await hub.take("customers", "id,name,email\nK-1,Quirina Zevenbergen,quirina@example.com\n");
    const id = await hub.upload(
      "customers",
      "id,name,email\nK-1,Quirina Zevenbergen,quirina@example.com\nK-9,Zwei,quirina@example.com\nK-2,Other,other@example.com\n",
    );
    await hub.start(id);
    const [record] = await hub.rows<{ id: never }>("select id from customers.source_record");
    if (!record) throw new Error("there is one");
    await hub.must(async (ctx) => ok(await eraseRecords(ctx, [record.id], ERASURE_HOOKS)));
    const values = ["Quirina", "Zevenbergen", "quirina@example.com"];
    expect(await findRemnants(hub.pool, values)).toEqual([]);
    await hub.go(id);
    expect(await hub.read(id)).toMatchObject({ state: "done", created: 1, refused: 2 });
    expect(await findRemnants(hub.pool, values)).toEqual([]);
    expect(await hub.rows("select erased from integrations.data_import where id = $1", [id])).toEqual([{ erased: [] }]);
  });

  it("is deleted when it is left, and what was imported stays", async () => {
    const id = await hub.upload("customers", GERMAN);
    await hub.start(id);
    const stop = new AbortController();
    await runImport(hub.around, hub.vault, id, { signal: stop.signal, batchLines: 1, watch: () => stop.abort() });
    await hub.must((ctx) => stopImport(ctx, hub.vault, id));
    expect(await hub.go(id)).toBe("stopped");
    expect(await hub.rows("select 1 from integrations.import_part")).toEqual([]);
    expect(await hub.rows("select external_id from customers.source_record")).toEqual([{ external_id: "K-1" }]);
  });

  it("that is no list is refused at once, and nothing of it stays", async () => {
    for (const [file, code] of [
      ["", "import.empty"],
      [Buffer.from("PK\u0003\u0004[Content_Types].xml", "latin1"), "import.spreadsheet"],
      [Buffer.concat([gzipSync("a;b\n1;2\n").subarray(0, 14)]), "import.broken_gzip"],
    ] as const)
      await expect(hub.upload("customers", file)).rejects.toThrow(code);
    expect(await hub.rows("select 1 from integrations.data_import")).toEqual([]);
  });
});
