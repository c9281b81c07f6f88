import { mkdtempSync, rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { newId, type Id } from "@weft/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { paperText } from "../modules/till/domain/devices/index.ts";
import { openBridge, type Bridge } from "./bridge.ts";
import { readBridgeConfig, type Device } from "./config.ts";
import { serveBridge } from "./serve.ts";
import { startBridge } from "./start.ts";
import { startPrinterSimulator, type PrinterSimulator } from "./simulators/printer.ts";
import { startScaleSimulator, type ScaleSimulator } from "./simulators/scale.ts";

const REGISTER = "01900000-0000-7000-8000-000000000001";
const OTHER = "01900000-0000-7000-8000-000000000002";
/** `Hello` in bold with a cut, as ESC/POS. */
const HELLO = Buffer.from("\x1b@\x1bE\x01Hello\x1bE\x00\n\x1dV\x01", "latin1").toString("base64");
const KICK = Buffer.from("\x1b@\x1bp\x002\xfa", "latin1").toString("base64");

let home: string;
let printer: PrinterSimulator;
let scale: ScaleSimulator;
let bridge: Bridge;
let app: FastifyInstance;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "weft-bridge-"));
  [printer, scale] = await Promise.all([startPrinterSimulator("esc-pos"), startScaleSimulator()]);
  await open();
});
afterEach(async () => {
  await app.close();
  await Promise.all([printer.stop(), scale.stop()]);
  rmSync(home, { recursive: true });
});

async function open(): Promise<void> {
  bridge = await openBridge({ name: "Bridge", home, devices: devices(), now: () => new Date() });
  app = fastify();
  serveBridge(app, bridge, { prefix: "", isSimulated: false });
}

const devices = (): Device[] => [
  {
    kind: "printer",
    id: "bar",
    name: "Bar",
    address: printer.address,
    language: "esc-pos",
    columns: 48,
    codePage: "windows1252",
    opensDrawer: true,
  },
  { kind: "scale", id: "scale", name: "Scale", address: scale.address },
];

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

async function call(method: "GET" | "POST" | "PUT", url: string, { token, body }: { token?: string; body?: object } = {}): Promise<Answer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await app.inject({ method, url, headers, ...(body && { payload: body }) });
  return { status: response.statusCode, body: response.json() };
}

async function pair(registerId = REGISTER): Promise<string> {
  const { body } = await call("POST", "/pairings", { body: { code: bridge.pairings.code(), registerId, registerName: "Till 1" } });
  return String(body["token"]);
}

const print = (token: string, id: string, bytes = HELLO) => call("POST", "/printers/bar/jobs", { token, body: { id, bytes } });
const jobId = (): string => newId<Id<"print job">>();

describe("pairing", () => {
  it("[DEV-6] answers its paired tills only; a code is good for one till", async () => {
    expect(await call("GET", "/devices")).toMatchObject({ status: 401, body: { code: "bridge.unpaired" } });
    const code = bridge.pairings.code();
    const token = await pair();
    expect(await call("GET", "/devices", { token })).toMatchObject({
      status: 200,
      body: { devices: [{ id: "bar", columns: 48 }, { id: "scale" }] },
    });
    expect(await call("POST", "/pairings", { body: { code, registerId: OTHER, registerName: "Till 2" } })).toMatchObject({
      status: 403,
      body: { code: "bridge.code_wrong" },
    });
  });

  it("[DEV-6] says to nobody where its devices listen, nor the code", async () => {
    const token = await pair();
    const [hello, list] = [await call("GET", "/hello"), await call("GET", "/devices", { token })];
    expect(hello.body).toEqual({ name: "Bridge", isSimulated: false });
    expect(JSON.stringify(list.body)).not.toContain("127.0.0.1");
  });

  it("[DEV-6] a code is not guessed: after five wrong ones there is another", async () => {
    const code = bridge.pairings.code();
    const wrong = code === "000000" ? "000001" : "000000";
    for (let n = 0; n < 5; n++) await call("POST", "/pairings", { body: { code: wrong, registerId: REGISTER, registerName: "Till 1" } });
    expect(bridge.pairings.code()).not.toBe(code);
  });

  it("[DEV-6] a register is one till: paired again the token before is worth nothing, also after a new start", async () => {
    const [first, second] = [await pair(), await pair()];
    await app.close();
    await open();
    expect(await call("GET", "/devices", { token: first })).toMatchObject({ status: 401 });
    expect(await call("GET", "/devices", { token: second })).toMatchObject({ status: 200 });
  });

  it("[DEV-6] a body that is none is refused with the field", async () => {
    expect(await call("POST", "/pairings", { body: { code: "1" } })).toMatchObject({
      status: 400,
      body: { code: "request.invalid", errors: expect.arrayContaining([expect.objectContaining({ path: "registerId" })]) },
    });
  });
});

describe("printers of the network", () => {
  it("[DEV-6] a job is one paper, however often it is sent", async () => {
    const token = await pair();
    const id = jobId();
    expect(await Promise.all([print(token, id), print(token, id), print(token, id)])).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 200, body: { state: "done" } })),
    );
    await expect.poll(() => printer.papers.map(paperText)).toEqual(["Hello\n- - -"]);
  });

  it("[DEV-6] says why nothing was printed, and prints the same job when that is over", async () => {
    const token = await pair();
    const id = jobId();
    printer.set({ paper: "out" });
    expect(await print(token, id)).toMatchObject({ status: 502, body: { code: "bridge.not_printed", problem: "paper_out" } });
    printer.set({ paper: "there", cover: "open" });
    expect(await print(token, id)).toMatchObject({ body: { problem: "cover_open" } });
    printer.set({ cover: "shut" });
    expect(await print(token, id)).toMatchObject({ status: 200 });
    await expect.poll(() => printer.papers.length).toBe(1);
  });

  it("[DEV-6] a printer that is off is unreachable", async () => {
    const token = await pair();
    await printer.stop();
    expect(await print(token, jobId())).toMatchObject({ status: 502, body: { problem: "unreachable" } });
  });

  it("[DEV-6] opens the drawer at the printer", async () => {
    await print(await pair(), jobId(), KICK);
    await expect.poll(() => printer.kicks()).toBe(1);
    expect(printer.papers).toEqual([]);
  });

  it("[DEV-6] a device that is not there is said so", async () => {
    expect(await call("POST", "/printers/scale/jobs", { token: await pair(), body: { id: jobId(), bytes: HELLO } })).toMatchObject({
      status: 404,
      body: { code: "bridge.device_unknown" },
    });
  });
});

describe("a scale", () => {
  it("[DEV-7] tells grams when it is at rest, else why not", async () => {
    const token = await pair();
    const weigh = async () => (await call("GET", "/scales/scale/weight", { token })).body;
    scale.put(252);
    expect(await weigh()).toEqual({ kind: "weight", grams: 252 });
    scale.put("moving");
    expect(await weigh()).toEqual({ kind: "not_weighed", because: "moving" });
    scale.put("overload");
    expect(await weigh()).toEqual({ kind: "not_weighed", because: "overload" });
    await scale.stop();
    expect(await weigh()).toEqual({ kind: "not_weighed", because: "unreachable" });
  });
});

describe("the second copy of an outbox", () => {
  const row = (position: number, kind = "sale.record") => ({ position, row: { id: `c${position}`, kind } });
  const keep = (token: string, ...rows: object[]) => call("PUT", "/rows", { token, body: { rows } });
  const back = async (token: string, after = 0) => (await call("GET", `/rows?after=${after}`, { token })).body["rows"];

  it("[DEV-8] is given back as it was handed over, in order, above a position, to that register alone", async () => {
    const token = await pair();
    const other = await pair(OTHER);
    expect(await keep(token, row(2), row(1))).toMatchObject({ status: 200, body: { lastPosition: 2 } });
    expect(await keep(token, row(2), row(3))).toMatchObject({ status: 200, body: { lastPosition: 3 } });
    expect(await back(token)).toEqual([row(1), row(2), row(3)]);
    expect(await back(token, 2)).toEqual([row(3)]);
    expect(await back(other)).toEqual([]);
  });

  it("[DEV-8] another row at a position that is taken is a branch: it is refused, and nothing with it", async () => {
    const token = await pair();
    await keep(token, row(1));
    expect(await keep(token, row(2), row(1, "shift.close"))).toMatchObject({
      status: 409,
      body: { code: "bridge.other_row", position: 1 },
    });
    expect(await back(token)).toEqual([row(1)]);
  });

  it("[DEV-8] is there after a power cut, without what was not answered", async () => {
    const token = await pair();
    await keep(token, row(1), row(2));
    await appendFile(join(home, "bridge", "copies", `${REGISTER}.jsonl`), '{"position":3,"row":{"id":"c3"');
    await app.close();
    await open();
    expect(await back(token)).toEqual([row(1), row(2)]);
    expect(await keep(token, row(3))).toMatchObject({ body: { lastPosition: 3 } });
    await app.close();
    await open();
    expect(await back(token)).toEqual([row(1), row(2), row(3)]);
  });

  it("[DEV-8] many writers at once lose nothing", async () => {
    const token = await pair();
    await Promise.all(Array.from({ length: 40 }, (_, n) => keep(token, row(n + 1))));
    expect(await back(token)).toEqual(Array.from({ length: 40 }, (_, n) => row(n + 1)));
  });
});

describe("a bridge of its own", () => {
  it("[DEV-6] runs without a database, and lets pages of its hub call, and of nobody else", async () => {
    const config = readBridgeConfig({
      PORT: "0",
      WEFT_HOME: join(home, "own"),
      WEFT_BRIDGE_HUB: "https://shop.example/",
      WEFT_BRIDGE_DEVICES: JSON.stringify([{ kind: "printer", id: "bar", name: "Bar", address: printer.address }]),
      LOG_LEVEL: "silent",
    });
    const running = await startBridge(config);
    try {
      const ask = (origin: string) =>
        fetch(`${running.url}/devices`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "GET" } });
      expect((await ask("https://shop.example")).headers.get("access-control-allow-origin")).toBe("https://shop.example");
      expect((await ask("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
      expect(await (await fetch(`${running.url}/hello`)).json()).toEqual({ name: "Bridge", isSimulated: false });
      expect(await (await fetch(`${running.url}/`)).text()).toMatch(/<b class="code">\d{6}<\/b>/);
    } finally {
      await running.stop();
    }
  });

  it("[DEV-6] names every setting that is wrong", () => {
    expect(() => readBridgeConfig({ WEFT_BRIDGE_HUB: "shop" })).toThrow(/WEFT_BRIDGE_HUB must be the address of the hub/);
    const device = { kind: "printer", id: "bar", name: "Bar", address: "192.168.1.50" };
    const given = (list: unknown) => ({ WEFT_BRIDGE_HUB: "https://shop.example", WEFT_BRIDGE_DEVICES: JSON.stringify(list) });
    expect(() => readBridgeConfig(given([device]))).toThrow(/0\.address must be tcp:\/\/HOST:PORT/);
    const right = { ...device, address: "tcp://192.168.1.50:9100" };
    expect(() => readBridgeConfig(given([right, right]))).toThrow(/names bar twice/);
  });
});
