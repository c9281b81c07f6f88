import { newId, ok, type RegisterId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDemoHub, type DemoHub } from "../../../test/demo-hub.ts";
import { createLog, dbOn, inTransaction, SYSTEM } from "../../platform/index.ts";
import { appendTicket, keyIdOf, makeKey, openBook, publicKeyOf, signerOf } from "./fiscal/index.ts";
import { identityOf } from "./journal/identity.ts";
import { keepEntries } from "./journal/rows.ts";
import { readRegister } from "./queries/registers.ts";

let demo: DemoHub;
let anna: Record<string, string>;
let registerId: RegisterId;
beforeAll(async () => {
  demo = await openDemoHub();
  anna = await demo.enter("anna");
  registerId = await fill();
}, 60_000);
afterAll(() => demo.close());

const around = () => ({ pool: demo.pool, snapshots: demo.hub.snapshots, log: createLog("silent"), actor: SYSTEM, requestId: "test" });

/** Three signed tickets of a register of the demo. */
async function fill(): Promise<RegisterId> {
  const { rows } = await demo.pool.query<{ id: RegisterId }>(
    "select r.id from till.register r join places.legal_entity e on e.id = r.entity_id where not r.training and e.country = 'FR' order by r.code limit 1",
  );
  const register = rows[0] && (await readRegister({ db: dbOn(demo.pool) }, rows[0].id));
  if (!register) throw new Error("the demo has registers");
  const pair = await makeKey();
  const publicKey = await publicKeyOf(pair.publicKey);
  const signer = signerOf(await keyIdOf(publicKey), pair.privateKey);
  await demo.pool.query(
    "insert into till.register_key (register_id, key_id, public_key, from_journal_seq, lost, enrolled_at) values ($1, $2, $3, 1, false, now())",
    [register.id, signer.keyId, JSON.stringify(publicKey)],
  );
  const act = (hour: number) => ({ at: new Date(`2026-03-02T${String(hour)}:00:00Z`), operator: null, softwareVersion: "1.0.0" });
  let { entries, book } = await openBook(await identityOf({ ...around(), db: dbOn(demo.pool) }, register), publicKey, act(10), signer);
  for (const hour of [11, 12, 13]) {
    const document = {
      currency: "EUR",
      total: 550,
      taxes: [{ rate: "1/10", net: 500, tax: 50, gross: 550 }],
      tenders: [{ kind: "cash", state: "captured", amount: 550 }],
    };
    const next = await appendTicket(book, { kind: "sale", document }, act(hour), signer);
    [entries, book] = [[...entries, ...next.entries], next.book];
  }
  await inTransaction(around(), async (ctx) => ok(await keepEntries(ctx, register, book.register, entries)));
  return register.id;
}

async function ask<Answer>(
  method: "GET" | "POST" | "PUT",
  url: string,
  payload?: object,
  headers = anna,
): Promise<{ status: number; body: Answer }> {
  const answer = await demo.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json<Answer>() };
}

/** The hub's own jobs work beside the requests: what they make of something is there soon. */
async function ended(url: string, id: string): Promise<object | undefined> {
  return vi.waitFor(
    async () => {
      const { body } = await ask<{ items: { id: string; state: string }[] }>("GET", url);
      const found = body.items.find((one) => one.id === id);
      expect(["done", "failed"]).toContain(found?.state);
      return found;
    },
    { timeout: 30_000, interval: 50 },
  );
}

type Rows = { items: { registerId: string; chain: string; seq: number; number: string | null }[]; nextCursor: string | null };

describe("the journal in the office", () => {
  it("[ARC-4] lists entries page by page, the newest first, by register, chain and day, and shows one whole with its place in the chain", async () => {
    const url = `/v1/journal/entries?registerId=${registerId}&chain=T&day=2026-03-02&limit=2`;
    const first = await ask<Rows>("GET", url);
    const second = await ask<Rows>("GET", `${url}&cursor=${encodeURIComponent(first.body.nextCursor ?? "")}`);
    expect([...first.body.items, ...second.body.items].map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(second.body.nextCursor).toBeNull();
    expect((await ask<Rows>("GET", `/v1/journal/entries?registerId=${registerId}&chain=B`)).body.items).toEqual([]);
    const whole = await ask<object>("GET", `/v1/journal/entries/${registerId}/T/2`);
    expect(whole.body).toMatchObject({
      seq: 2,
      isSigned: true,
      hasPrevious: true,
      hasNext: true,
      total: { amount: 550, currency: "EUR" },
      document: { total: 550 },
    });
    expect((await ask("GET", `/v1/journal/entries/${registerId}/T/9`)).status).toBe(404);
  });

  it("[ARC-4] shows where each register stands, and verifies it in the background", async () => {
    const registers = await ask<{ items: { id: string; heads: { chain: string; seq: number }[]; defects: number }[] }>(
      "GET",
      "/v1/journal/registers",
    );
    expect(registers.body.items.find(({ id }) => id === registerId)).toMatchObject({
      defects: 0,
      heads: [
        { chain: "T", seq: 3 },
        { chain: "L", seq: 1 },
      ],
    });
    const asked = await ask<{ id: string; state: string }>("POST", "/v1/journal/verifications", { registerId });
    expect(asked).toMatchObject({ status: 201, body: { state: "waiting" } });
    expect(await ended("/v1/journal/verifications", asked.body.id)).toMatchObject({ state: "done", entries: 4, found: 0 });
    expect((await ask("POST", "/v1/journal/verifications", { registerId: newId() })).status).toBe(404);
  });

  it("[ARC-5] [ARC-10] makes an archive, gives its file to whoever may have it, and writes down that it was taken", async () => {
    const entities = await ask<{ items: { entityId: string; country: string }[] }>("GET", "/v1/journal/identities");
    const entityId = entities.body.items.find(({ country }) => country === "FR")?.entityId ?? "";
    const numbers = { companyNumber: "12345678900012", activityCode: "5610C", taxNumber: null };
    expect((await ask("PUT", `/v1/journal/identities/${entityId}`, numbers)).body).toMatchObject(numbers);
    const made = await ask<{ id: string }>("POST", "/v1/journal/archives", { entityId, from: "2026-01-01", until: "2026-12-31" });
    expect(made.status).toBe(201);
    expect(await ended("/v1/journal/archives", made.body.id)).toMatchObject({ state: "done", isKept: true });
    const file = await demo.app.inject({ url: `/v1/journal/archives/${made.body.id}/file`, headers: anna });
    for (const takenFor of ["tax_audit", "accountant"])
      await demo.app.inject({ url: `/v1/journal/archives/${made.body.id}/file?takenFor=${takenFor}`, headers: anna });
    expect([file.statusCode, file.headers["content-type"]]).toEqual([200, "application/zip"]);
    expect(file.rawPayload.subarray(0, 2).toString()).toBe("PK");
    const { rows } = await demo.pool.query<{ message: string; code: string }>(
      "select entry #>> '{body,document,message}' as message, entry #>> '{body,document,code}' as code from till.hub_entry order by journal_seq",
    );
    // [ARC-10] For whom it was taken stands beside that it was.
    expect(rows.map(({ code }) => code).filter(Boolean)).toEqual(["260", "270", "20", "110", "110", "280", "110", "290"]);
    expect(rows.map(({ message }) => message).filter(Boolean)).toEqual([
      "journal of the hub opened",
      "numbers of the legal entity set",
      "archive 2026-01-01 to 2026-12-31",
      "archive 2026-01-01 to 2026-12-31",
      "archive 2026-01-01 to 2026-12-31",
      "tax audit: archive 2026-01-01 to 2026-12-31",
      "archive 2026-01-01 to 2026-12-31",
      "exchange with the accountant: archive 2026-01-01 to 2026-12-31",
    ]);
    const checked = await ask<{ id: string }>("POST", `/v1/journal/archives/${made.body.id}/verifications`);
    expect(await ended("/v1/journal/verifications", checked.body.id)).toMatchObject({
      failure: null,
      state: "done",
      found: 0,
      archiveId: made.body.id,
    });
    const german = await demo.app.inject({
      url: `/v1/journal/dsfinv-k?entityId=${entityId}&from=2026-01-01&until=2026-12-31`,
      headers: anna,
    });
    expect(german.json()).toMatchObject({ code: "till.not_its_country" });
  });

  it("[ARC-5] keeps it from who sells", async () => {
    const jordi = await demo.enter("jordi");
    expect((await ask("GET", "/v1/journal/archives", undefined, jordi)).status).toBe(403);
  });
});
