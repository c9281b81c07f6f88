import { request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { defineEvent, newId } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../../test/database.ts";
import { ANONYMOUS, SYSTEM, type Actor } from "../ctx.ts";
import { dbOn } from "../database/db.ts";
import { openEdge, serveRoutes } from "../http/index.ts";
import { publish, startEventLog, type EventLog } from "../outbox/index.ts";
import { createSnapshots } from "../snapshots/index.ts";
import { openVault } from "../vault.ts";
import { createLiveHub, type LiveHub } from "./live-hub.ts";
import { livePresenter } from "./presenter.ts";
import { liveRoutes } from "./routes.ts";

const NoteChanged = defineEvent("note.changed.v1", z.object({}));
const NotePassedOn = defineEvent("note.passed_on.v1", z.object({}));
const log = pino({ level: "silent" });
const READER: Actor = { ...ANONYMOUS, credential: "reader" };
const AUTHOR: Actor = { ...ANONYMOUS, kind: "secret", credential: "author" };

let pool: pg.Pool;
let eventLog: EventLog;
let live: LiveHub;
let app: Awaited<ReturnType<typeof openEdge>>;
let presented = 0;
/** Whether the token "passed on" opens notes no longer. */
let passedOn = false;

/** Everybody who holds the note's token sees its text; its author sees the margin too. */
const notePresenter = livePresenter({
  kind: "note",
  affectedBy: [
    { event: NoteChanged, subject: (event) => event.subject },
    { event: NotePassedOn, subject: (event) => event.subject, takesRights: true },
  ],
  authorize: async (ctx, _id, token) => {
    if (ctx.actor.kind === "secret") return "author";
    return token === "open sesame" || (token === "passed on" && !passedOn) ? "reader" : null;
  },
  async present(ctx, id, fieldClass) {
    presented += 1;
    const { rows } = await sql<{ version: number; text: string }>`select version, text from note where id = ${id}`.execute(ctx.db);
    const [note] = rows;
    return note ? { version: note.version, patch: { text: note.text, ...(fieldClass === "author" && { margin: "mine" }) } } : null;
  },
});

beforeAll(async () => {
  const { poolConfig } = await testDatabase();
  pool = new pg.Pool({ ...poolConfig, max: 8 });
  await pool.query("create table note (id text primary key, version integer not null, text text not null)");
  eventLog = await startEventLog({ pool, log });
  const snapshots = createSnapshots({ pool, log });
  live = createLiveHub({
    presenters: [notePresenter],
    systemContext: () => ({ db: dbOn(pool), now: new Date(), actor: SYSTEM, requestId: "live", snapshots, log }),
    position: eventLog.position,
    epoch: 1,
    log,
  });
  eventLog.onEvents(live.onEvents);
  const authenticate = async (request: { headers: Record<string, unknown> }) => (request.headers["authorization"] ? AUTHOR : READER);
  app = await openEdge({ authenticate, allowsOrigin: async () => false }, { log, publicUrl: undefined, rateLimit: 0, trustProxy: false });
  const ports = {
    authenticate,
    mayCall: () => ({ allowed: true }) as const,
    audit: async () => undefined,
    shown: () => undefined,
  };
  serveRoutes(
    app,
    { pool, snapshots, log, ports, vault: openVault("a secret of the tests"), checksAnswers: true, secureCookies: false },
    liveRoutes(live),
  );
  await app.listen({ port: 0, host: "127.0.0.1" });
});

const opened: IncomingMessage[] = [];
afterEach(() => {
  for (const response of opened.splice(0)) response.destroy();
});

afterAll(async () => {
  live.stop();
  await app.close();
  await eventLog.stop();
  await pool.end();
});

type Received = {
  name: string;
  id: string;
  data: { subject: string; version: number; patch: Record<string, unknown> } & { stream: string };
};

/** A client that reads a stream as a browser does. `pieces` counts what came in one piece. */
async function openStream(path = "/v1/live", headers: Record<string, string> = {}) {
  const { port } = app.server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ port, path, headers }, resolve).on("error", reject).end();
  });
  opened.push(response);
  const received: Received[] = [];
  const pieces: number[] = [];
  let rest = "";
  response.on("error", () => undefined);
  response.setEncoding("utf8").on("data", (piece: string) => {
    const blocks = (rest + piece).split("\n\n");
    rest = blocks.pop() ?? "";
    const events = blocks.filter((block) => !block.startsWith(":"));
    pieces.push(events.length);
    for (const block of events) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
      received.push({ name: field("event"), id: field("id"), data: JSON.parse(field("data")) });
    }
  });
  await expect.poll(() => response.statusCode !== 200 || received.length > 0).toBe(true);
  return { response, received, pieces, stream: received[0]?.data.stream ?? "" };
}

async function follow(stream: string, body: object, headers: Record<string, string> = {}) {
  const response = await app.inject({ method: "POST", url: `/v1/live/${stream}/subjects`, payload: body, headers });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

async function writeNote(id: string, text: string, event = NoteChanged): Promise<void> {
  const client = await pool.connect();
  await client.query("begin");
  await client.query(
    "insert into note (id, version, text) values ($1, 1, $2) on conflict (id) do update set version = note.version + 1, text = excluded.text",
    [id, text],
  );
  await publish({ db: dbOn(client), newId }, event, `note/${id}`, {});
  await client.query("commit");
  client.release();
  eventLog.wake();
}

const changesOf = ({ received }: { received: Received[] }) => received.slice(1).map(({ data }) => data);

it("[LIV-1] a stream says hello with its id, and following sends the present state and then every change", async () => {
  await writeNote("a", "one");
  const client = await openStream();
  expect(client.response.headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
  expect(client.received[0]).toMatchObject({ name: "hello", data: { stream: expect.any(String), position: expect.any(Number), epoch: 1 } });
  const wish = { subject: "note/a", token: "open sesame" };
  expect(await follow(client.stream, { add: [wish] })).toEqual({ status: 200, body: { following: ["note/a"], refused: [] } });
  await expect.poll(() => changesOf(client)).toEqual([{ subject: "note/a", version: 1, patch: { text: "one" } }]);
  await writeNote("a", "two");
  await expect.poll(() => changesOf(client).at(-1)).toEqual({ subject: "note/a", version: 2, patch: { text: "two" } });
  expect(Number(client.received.at(-1)?.id)).toBe(eventLog.position());
});

it("[LIV-2] who may not see a subject is refused it, and each field class is sent its own", async () => {
  await writeNote("b", "one");
  const [reader, author, stranger] = [await openStream(), await openStream(), await openStream()];
  expect((await follow(stranger.stream, { add: [{ subject: "note/b" }, { subject: "other/b" }, { subject: "note" }] })).body).toEqual({
    following: [],
    refused: ["note/b", "other/b", "note"],
  });
  await follow(reader.stream, { add: [{ subject: "note/b", token: "open sesame" }] });
  await follow(author.stream, { add: [{ subject: "note/b" }] }, { authorization: "Bearer author" });
  await expect.poll(() => changesOf(reader)).toEqual([{ subject: "note/b", version: 1, patch: { text: "one" } }]);
  await expect.poll(() => changesOf(author)).toEqual([{ subject: "note/b", version: 1, patch: { text: "one", margin: "mine" } }]);
  expect(changesOf(stranger)).toEqual([]);
});

it("[LIV-3] a subject is presented once for all who follow it, and not at all when nobody does", async () => {
  await writeNote("c", "one");
  const clients = await Promise.all(Array.from({ length: 5 }, () => openStream()));
  for (const { stream } of clients) await follow(stream, { add: [{ subject: "note/c", token: "open sesame" }] });
  for (const client of clients) await expect.poll(() => changesOf(client)).toHaveLength(1);
  const before = presented;
  await writeNote("c", "two");
  for (const client of clients) await expect.poll(() => changesOf(client)).toHaveLength(2);
  expect(presented - before).toBe(1);

  for (const { stream } of clients) await follow(stream, { remove: ["note/c"] });
  expect(live.counts()).toMatchObject({ subjects: 0 });
  const position = eventLog.position();
  await writeNote("c", "three");
  await expect.poll(() => eventLog.position()).toBe(position + 1);
  expect(presented - before).toBe(1);
});

it("[LIV-4] changes that come together leave together, and the last version is what everybody ends with", async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `many-${index}`);
  for (const id of ids) await writeNote(id, "one");
  const client = await openStream();
  await follow(client.stream, { add: ids.map((id) => ({ subject: `note/${id}`, token: "open sesame" })) });
  await expect.poll(() => changesOf(client)).toHaveLength(ids.length);
  for (let round = 0; round < 5; round++) await Promise.all(ids.map((id) => writeNote(id, `round ${round}`)));
  const last = () => ids.map((id) => changesOf(client).findLast(({ subject }) => subject === `note/${id}`)?.patch["text"]);
  await expect.poll(last).toEqual(ids.map(() => "round 4"));
  expect(Math.max(...client.pieces)).toBeGreaterThan(1);
});

it("[LIV-5] a reader that does not read is cut, and the others go on", async () => {
  const text = "x".repeat(100_000);
  await writeNote("large", text);
  const [slow, quick] = [await openStream(), await openStream()];
  for (const { stream } of [slow, quick]) await follow(stream, { add: [{ subject: "note/large", token: "open sesame" }] });
  await expect.poll(() => changesOf(quick)).toHaveLength(1);
  slow.response.pause();
  const cut = () => live.find(slow.stream) === undefined;
  for (let round = 0; round < 200 && !cut(); round++) {
    await writeNote("large", `${round}${text}`);
    await expect.poll(() => changesOf(quick).at(-1)?.version).toBe(round + 2);
  }
  await expect.poll(cut).toBe(true);
  expect(live.find(quick.stream)).toBeDefined();
});

it("[LIV-6] a stream of another node is unknown here, so that the browser opens a new one", async () => {
  expect(await follow("0195f1d0-0000-7000-8000-000000000000", { add: [] })).toMatchObject({
    status: 404,
    body: { code: "live.stream_unknown" },
  });
});

it("[LIV-7] a ticket opens one stream, once, with the rights of who asked for it", async () => {
  await writeNote("t", "one");
  const given = await app.inject({ method: "POST", url: "/v1/live/tickets", headers: { authorization: "Bearer author" } });
  const { ticket } = given.json<{ ticket: string }>();
  expect(given.statusCode).toBe(201);
  const client = await openStream(`/v1/live?ticket=${ticket}`);
  expect(client.response.statusCode).toBe(200);
  const again = await openStream(`/v1/live?ticket=${ticket}`);
  expect(again.response.statusCode).toBe(401);
  live.end((actor) => actor.credential === "author");
  await expect.poll(() => live.find(client.stream)).toBeUndefined();
});

it("[LIV-7] an expired ticket opens nothing", async () => {
  const given = await app.inject({ method: "POST", url: "/v1/live/tickets" });
  await pool.query("update platform.live_ticket set expires_at = now() - interval '1 second'");
  const client = await openStream(`/v1/live?ticket=${given.json<{ ticket: string }>().ticket}`);
  expect(client.response.statusCode).toBe(401);
});

it("a stream that is closed is forgotten with all that it followed", async () => {
  await writeNote("gone", "one");
  const client = await openStream();
  await follow(client.stream, { add: [{ subject: "note/gone", token: "open sesame" }] });
  client.response.destroy();
  await expect.poll(() => live.counts()).toEqual({ streams: 0, subjects: 0 });
});

it("[LIV-8] who loses the right with an event is told no more of the subject, and the others are", async () => {
  await writeNote("g", "one");
  const [giver, keeper] = [await openStream(), await openStream()];
  await follow(giver.stream, { add: [{ subject: "note/g", token: "passed on" }] });
  await follow(keeper.stream, { add: [{ subject: "note/g", token: "open sesame" }] });
  await expect.poll(() => changesOf(giver)).toHaveLength(1);
  passedOn = true;
  await writeNote("g", "two", NotePassedOn);
  await expect.poll(() => changesOf(keeper).at(-1)).toEqual({ subject: "note/g", version: 2, patch: { text: "two" } });
  await expect.poll(() => changesOf(giver).at(-1)).toEqual({ subject: "note/g", version: 2, patch: null });
  await writeNote("g", "three");
  await expect.poll(() => changesOf(keeper).at(-1)?.version).toBe(3);
  expect(changesOf(giver)).toHaveLength(2);
});
