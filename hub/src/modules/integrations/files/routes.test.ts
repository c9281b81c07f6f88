import { ok } from "@weft/kernel";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD, peopleHub, SECRET, SHOP, TILLS_DE, type PeopleHub } from "../../../../test/people-hub.ts";
import { writeRecords } from "../../customers/index.ts";
import { exportText } from "./export.ts";
import { filesRoutes } from "./routes.ts";
import { runImport } from "./run-import.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub({ more: async ({ vault }) => filesRoutes({ vault }) });
});
afterAll(() => hub.close());

/** Headers of a member of staff at the office. */
async function staff(role: string): Promise<Record<string, string>> {
  const browser = hub.browser("weft_office");
  const answer = await browser.call("POST", "/v1/staff-sessions", { email: `${role}@example.com`, password: PASSWORD });
  expect(answer.status).toBe(201);
  return { "weft-session": "weft_office", cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
}

const ask = (
  method: "GET" | "POST" | "DELETE",
  url: string,
  headers: Record<string, string>,
  payload?: string | Buffer | object | Readable,
) => hub.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });

const upload = (headers: Record<string, string>, file: string | Buffer | Readable, kind = "customers") =>
  ask("POST", `/v1/imports?kind=${kind}&channelId=${SHOP}&fileName=L%C3%A9a.csv`, { ...headers, "content-type": "text/csv" }, file);

describe("a file", () => {
  it("is given, looked at, imported, and its bad lines are given back", async () => {
    const anna = await staff("manager");
    const given = await upload(anna, "E-Mail;Name\nlea@example.com;=Léa\nno mail;Max\n");
    expect(given.statusCode).toBe(201);
    const run = given.json();
    expect(run).toMatchObject({ kind: "customers", state: "waiting", fileName: "Léa.csv", channelName: expect.any(String) });
    expect(await hub.rows("select 1 from integrations.data_import where file_name like '%Léa%'")).toEqual([]);

    const looked = await ask("POST", `/v1/imports/${run.id}/preview`, anna, {});
    expect(looked.statusCode).toBe(200);
    const { settings, rows } = looked.json();
    expect(rows.map(({ problem }: { problem: unknown }) => problem)).toEqual([null, { code: "email_invalid", detail: "no mail" }]);

    const without = { ...settings, columns: ["ignore", "ignore"] };
    expect((await ask("POST", `/v1/imports/${run.id}/run`, anna, { settings: without })).json()).toMatchObject({
      code: "import.column_missing",
      missing: "who",
    });
    const vouching = { ...settings, verified: { email: true, phone: false, because: null } };
    expect((await ask("POST", `/v1/imports/${run.id}/run`, anna, { settings: vouching })).json()).toMatchObject({
      code: "import.vouching_unfounded",
    });
    expect((await ask("POST", `/v1/imports/${run.id}/run`, anna, { settings })).statusCode).toBe(202);
    expect(
      await hub.rows(
        "select type from platform.outbox where type like 'import%' union select type from platform.event_log where type like 'import%'",
      ),
    ).toEqual([{ type: "import.started.v1" }]);
    expect((await ask("POST", `/v1/imports/${run.id}/run`, anna, { settings })).json()).toMatchObject({ code: "import.not_waiting" });

    await runImport(hub.around, hub.vault, run.id);
    const done = (await ask("GET", `/v1/imports/${run.id}`, anna)).json();
    expect(done).toMatchObject({ state: "done", created: 1, refused: 1, reasons: [{ reason: "email_invalid", count: 1 }] });
    const bad = await ask("GET", `/v1/imports/${run.id}/refused-lines`, anna);
    expect(bad.headers["content-disposition"]).toMatch(/^attachment; filename="refused-lines-/);
    expect(bad.body).toBe("\uFEFFweft_line;weft_reason;weft_detail;E-Mail;Name\r\n3;email_invalid;line 3: no mail;no mail;Max\r\n");
    expect((await ask("DELETE", `/v1/imports/${run.id}`, anna)).json()).toMatchObject({ code: "import.ended" });
    const listed = (await ask("GET", "/v1/imports", anna)).json();
    expect(listed.items.map(({ id }: { id: string }) => id)).toContain(run.id);
  });

  it("may be larger than what the API reads otherwise, and is in memory a part at a time", async () => {
    const anna = await staff("manager");
    async function* rows() {
      yield "id,email\n";
      for (let n = 0; n < 40; n++) yield Array.from({ length: 5000 }, (_, k) => `${n}-${k},p${n}x${k}@example.com\n`).join("");
    }
    const given = await upload(anna, Readable.from(rows(), { objectMode: false }));
    expect(given.json()).toMatchObject({ state: "waiting", bytes: expect.any(Number) });
    expect(given.json().bytes).toBeGreaterThan(4_000_000);
    expect(
      (await hub.rows<{ n: number }>("select count(*)::int as n from integrations.import_part where import_id = $1", [given.json().id]))[0]
        ?.n,
    ).toBeGreaterThan(5);
    expect((await ask("DELETE", `/v1/imports/${given.json().id}`, anna)).json()).toMatchObject({ state: "stopped" });
  });

  it("that is none is refused with a problem", async () => {
    const anna = await staff("manager");
    for (const [file, code, status] of [
      ["", "import.empty", 422],
      [Buffer.from("PK\u0003\u0004 something", "latin1"), "import.archive", 422],
    ] as const) {
      const answer = await upload(anna, file);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      expect(answer.json()).toMatchObject({ code, status });
    }
    const unknown = await ask("POST", `/v1/imports?kind=customers&channelId=${PASSWORD}&fileName=x`, anna, "a,b\n");
    expect(unknown.json()).toMatchObject({ status: 422, code: "request.invalid" });
  });
});

describe("an export", () => {
  beforeAll(async () => {
    await hub.must(async (ctx) => {
      const record = (channelId: typeof SHOP, externalId: string, email: string, givenName: string) => ({
        id: ctx.newId<never>(),
        channelId,
        input: { externalId, email, givenName },
        verified: [],
        knownSince: new Date("2025-01-02T03:04:05Z"),
      });
      await writeRecords(ctx, [record(SHOP, "S-1", "spring@example.com", "=SUM(A1)"), record(SHOP, "S-2", "two@example.com", "Zoë")]);
      await writeRecords(ctx, [record(TILLS_DE, "T-1", "till@example.com", "Jörg")]);
      return ok(null);
    });
  });

  it("[IMP-12] is for those who answer for all people, and for a channel's own server; who took it is in the audit", async () => {
    const [clara, anna] = [await staff("owner"), await staff("manager")];
    expect((await ask("GET", "/v1/exports/customers", anna)).statusCode).toBe(403);
    const all = await ask("GET", "/v1/exports/customers", clara);
    expect(all.statusCode).toBe(200);
    expect(all.headers["content-type"]).toContain("text/csv");
    expect(all.body).toContain("S-1,'=SUM(A1),,spring@example.com,");
    expect(all.body).toContain("till@example.com");
    const own = await ask("GET", "/v1/exports/customers?format=jsonl", { authorization: `Bearer ${SECRET}` });
    const rows = own.body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ email }) => email)).toEqual(expect.arrayContaining(["spring@example.com", "two@example.com"]));
    expect(own.body).not.toContain("till@example.com");
    const audited = await hub.rows<{ reason: string }>(
      "select reason from access.audit_entry where action = 'exports.customers' and outcome = 'allowed' and actor_kind = 'staff' order by id",
    );
    expect(audited.map(({ reason }) => reason.replace(/\d+/, "n"))).toEqual(["begun, csv", "complete, n rows"]);
  });

  it("[IMP-12] of events and decisions has a header of its own, also when there is nothing", async () => {
    const clara = await staff("owner");
    const events = await ask("GET", "/v1/exports/events?from=2030-01-01T00:00:00Z", clara);
    expect(events.body).toBe("\uFEFFid,customerId,recordId,time,kind,name,channel,placeId,messageId,data\r\n");
    const consents = await ask("GET", "/v1/exports/consents?format=jsonl", clara);
    expect(consents.body).toBe("");
  });

  it("[IMP-12] holds some rows at a time, and ends when nobody reads any more", async () => {
    let rows = 0;
    const wanted = { kind: "customers" as const, format: "csv" as const, channelId: null, from: null, until: null };
    const ctx = { db: hub.db, snapshots: hub.around.snapshots };
    for await (const text of exportText(ctx, wanted, (more) => (rows += more))) {
      expect(text).toContain("customerId");
      break;
    }
    expect(rows).toBe(0);
  });
});
