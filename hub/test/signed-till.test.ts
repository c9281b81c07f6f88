import { newId } from "@weft/kernel";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  appendForHub,
  base64urlOf,
  enrollmentBytes,
  type Base,
  type Document,
  type RegisterIdentity,
} from "../src/modules/till/fiscal/index.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";
import { actAt, SigningRegister, testKey } from "./signing-register.ts";

let demo: DemoHub;
let headers: Record<string, string>;
let registerId: string;
beforeAll(async () => {
  demo = await openDemoHub();
  headers = await demo.enter("jordi");
  const session = await ask<{ device: { registerId: string } }>("GET", "/v1/session");
  registerId = session.device.registerId;
}, 60_000);
afterAll(() => demo.close());

async function ask<Answer>(method: InjectOptions["method"], url: string, payload?: object, status = 200): Promise<Answer> {
  const key = method === "POST" ? { "idempotency-key": newId() } : {};
  const answer = await demo.app.inject({ method: method ?? "GET", url, headers: { ...headers, ...key }, ...(payload && { payload }) });
  expect([url, answer.statusCode, answer.statusCode === status ? "" : answer.body]).toEqual([url, status, ""]);
  return answer.json();
}

type Journal = {
  register: RegisterIdentity;
  keyId: string | null;
  base: Base;
  book: object | null;
  toSign: { kind: string }[];
  defects: number;
};
type Answers = {
  answers: {
    outcome: string;
    toSign: { commandId: string; kind: string; document: Document }[];
    journal: { seq: number; refused: object[] };
  }[];
};

it("[JRN-7] a till enrolls its key over the API, sends what it signed with its acts, and finds its book again at the hub", async () => {
  const at = `/v1/till/registers/${registerId}`;
  const before = await ask<Journal>("GET", `${at}/journal`);
  expect(before).toMatchObject({ keyId: null, book: null, toSign: [], register: { registerId } });
  const key = await testKey();
  const proof = base64urlOf(await key.signer.sign(enrollmentBytes(registerId, key.signer.keyId)));
  const enrolled = await ask<Journal>("POST", `${at}/keys`, { publicKey: key.publicKey, proof });
  expect(enrolled.keyId).toBe(key.signer.keyId);
  const register = await SigningRegister.open(new Date(), enrolled.register, enrolled.base, key);

  const { lastSeq, shift } = await ask<{ lastSeq: number; shift: object | null }>("GET", `/v1/till/state?registerId=${registerId}`);
  let seq = lastSeq;
  const command = (kind: string, body: object, entries: object[]) => ({
    id: newId(),
    registerId,
    seq: ++seq,
    schema: 1,
    at: new Date().toISOString(),
    staffId: null,
    kind,
    body,
    entries,
  });
  const opens = shift ? [] : [command("shift.open", { shiftId: newId(), float: { lines: [] } }, register.unsent())];
  const sent = opens.length > 0 ? opens : [command("journal.write", {}, register.unsent())];
  const [first] = (await ask<Answers>("POST", "/v1/till/commands", { commands: sent })).answers;
  expect(first).toMatchObject({ outcome: "done", journal: { seq: 1, refused: [] } });
  for (const each of first?.toSign ?? []) await register.write((book, signer) => appendForHub(book, each, actAt(new Date()), signer));
  const [second] = (await ask<Answers>("POST", "/v1/till/commands", { commands: [command("journal.write", {}, register.unsent())] }))
    .answers;
  expect(second).toMatchObject({ outcome: "done", toSign: [], journal: { ...register.book.journal, refused: [] } });

  const found = await ask<Journal>("GET", `${at}/journal`);
  expect(found).toMatchObject({ keyId: key.signer.keyId, book: register.book, defects: 0 });
  // That this device became the till is told a moment later than it did [TIL-65].
  expect(found.toSign.filter(({ kind }) => kind !== "device.added")).toEqual([]);
  await ask("GET", `${at}/journal/L/1/proof`, undefined, 404);
});
