import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Bridge } from "./bridge.ts";
import type { Device } from "./config.ts";
import type { Pairing } from "./pairing.ts";
import { weigh } from "./scale/mt-sics.ts";
import type { Terminal } from "./zvt/payments.ts";

export type ServeOptions = {
  /** Where the bridge is served, without a slash at the end: empty for a program of its own. */
  readonly prefix: string;
  /** Its devices are played by a program, and everybody may pair. */
  readonly isSimulated: boolean;
};

const Pair = z.object({ code: z.string().max(20), registerId: z.uuid(), registerName: z.string().min(1).max(60) });
const Job = z.object({ id: z.uuid(), bytes: z.base64().max(700_000) });
const Payment = z.object({ id: z.uuid(), kind: z.enum(["payment", "refund"]).default("payment"), amount: z.int().min(1).max(99_999_999) });
const Decision = z.object({ state: z.enum(["approved", "declined"]) });
const Reversal = z.object({ receiptNumber: z.string().regex(/^\d{1,4}$/) });
const Rows = z.object({ rows: z.array(z.object({ position: z.int().positive(), row: z.record(z.string(), z.unknown()) })).max(500) });
const After = z.object({ after: z.coerce.number().int().min(0).default(0) });
const MOST_ROWS = 500;

type Ids = { readonly id: string; readonly payment?: string };
/** What a bridge answers where it cannot do what was asked. */
class Refused extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, code: string, title: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(title);
    this.status = status;
    this.body = { type: "about:blank", title, status, code, ...fields };
  }
}

/** The bridge over HTTP. Only what it is and how a till gets paired is told without a token [DEV-6]. */
export function serveBridge(app: FastifyInstance, bridge: Bridge, { prefix, isSimulated }: ServeOptions): void {
  const open = (method: "GET" | "POST" | "PUT", url: string, answer: (request: FastifyRequest) => Promise<unknown>): void => {
    app.route({ method, url: `${prefix}${url}`, handler: (request, reply) => answering(reply, () => answer(request)) });
  };
  const paired = (
    method: "GET" | "POST" | "PUT",
    url: string,
    answer: (request: FastifyRequest, till: Pairing) => Promise<unknown>,
  ): void => open(method, url, async (request) => answer(request, await tillOf(bridge, request)));

  open("GET", "/hello", async () => ({ name: bridge.name, isSimulated, ...(isSimulated && { code: bridge.pairings.code() }) }));
  open("POST", "/pairings", async (request) => {
    const { code, ...till } = read(Pair, request.body);
    const token = await bridge.pairings.pair(code, till);
    if (token === undefined) throw new Refused(403, "bridge.code_wrong", "The code is wrong, or was used before");
    return { token, name: bridge.name };
  });
  paired("GET", "/devices", async () => ({ devices: bridge.devices.map(shown) }));
  paired("POST", "/printers/:id/jobs", async (request) => {
    const printer = deviceOf(bridge, request, "printer");
    const { id, bytes } = read(Job, request.body);
    const problem = await bridge.print(printer, id, Buffer.from(bytes, "base64"));
    if (problem) throw new Refused(502, "bridge.not_printed", "The printer did not print", { problem });
    return { state: "done" };
  });
  paired("GET", "/scales/:id/weight", async (request) => weigh(deviceOf(bridge, request, "scale").address));
  serveTerminals(bridge, paired);
  serveCopies(bridge, paired);
}

type Serve = (method: "GET" | "POST" | "PUT", url: string, answer: (request: FastifyRequest, till: Pairing) => Promise<unknown>) => void;

function serveTerminals(bridge: Bridge, paired: Serve): void {
  const terminalOf = (request: FastifyRequest): Terminal => {
    const terminal = bridge.terminals.get(deviceOf(bridge, request, "terminal").id);
    if (!terminal) throw new Refused(404, "bridge.device_unknown", "This bridge has no such device");
    return terminal;
  };
  const found = <T>(payment: T | undefined): T => {
    if (payment === undefined) throw new Refused(404, "bridge.payment_unknown", "This terminal was not asked for such a payment");
    return payment;
  };
  const one = "/terminals/:id/payments/:payment";
  paired("POST", "/terminals/:id/payments", async (request, { registerId }) => {
    const begun = await terminalOf(request).begin({ ...read(Payment, request.body), registerId });
    if (begun.kind === "begun") return begun.payment;
    throw new Refused(409, "bridge.terminal_undecided", "A payment before this one is not decided", { payment: begun.payment });
  });
  paired("GET", one, async (request) => found(await terminalOf(request).read(paymentOf(request))));
  paired("POST", `${one}/abort`, async (request) => {
    const terminal = terminalOf(request);
    terminal.abort(paymentOf(request));
    return found(await terminal.read(paymentOf(request)));
  });
  paired("POST", `${one}/inquiry`, async (request) => found(await terminalOf(request).inquire(paymentOf(request))));
  paired("POST", `${one}/decision`, async (request) =>
    found(await terminalOf(request).decide(paymentOf(request), read(Decision, request.body).state)),
  );
  paired("POST", "/terminals/:id/reversals", async (request) => terminalOf(request).reverse(read(Reversal, request.body).receiptNumber));
  paired("POST", "/terminals/:id/end-of-day", async (request) => terminalOf(request).endOfDay());
  paired("GET", "/terminals/:id/state", async (request) => ({ isReachable: await terminalOf(request).isReachable() }));
}

function serveCopies(bridge: Bridge, paired: Serve): void {
  paired("PUT", "/rows", async (request, { registerId }) => {
    const result = await bridge.copies.keep(registerId, read(Rows, request.body).rows);
    if (result.kind === "kept") return result;
    throw new Refused(409, "bridge.other_row", "Another row of this register is kept at this position", { position: result.position });
  });
  paired("GET", "/rows", async (request, { registerId }) => ({
    rows: await bridge.copies.after(registerId, read(After, request.query).after, MOST_ROWS),
  }));
}

async function tillOf(bridge: Bridge, { headers }: FastifyRequest): Promise<Pairing> {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  const till = token === undefined ? undefined : await bridge.pairings.byToken(token);
  if (!till) throw new Refused(401, "bridge.unpaired", "This till is not paired with the bridge");
  return till;
}

function deviceOf<Kind extends Device["kind"]>(bridge: Bridge, request: FastifyRequest, kind: Kind): Extract<Device, { kind: Kind }> {
  const { id } = request.params as Ids; // of the route
  const device = bridge.devices.find((one): one is Extract<Device, { kind: Kind }> => one.id === id && one.kind === kind);
  if (!device) throw new Refused(404, "bridge.device_unknown", "This bridge has no such device");
  return device;
}

const paymentOf = (request: FastifyRequest): string => (request.params as Ids).payment ?? ""; // of the route

/** Without where it listens: that is the bridge's own matter. */
function shown(device: Device) {
  const { kind, id, name } = device;
  if (device.kind !== "printer") return { kind, id, name };
  const { language, columns, codePage, opensDrawer } = device;
  return { kind, id, name, language, columns, codePage, opensDrawer };
}

function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, code, message }) => ({ path: path.join("/"), code, message }));
  throw new Refused(400, "request.invalid", "The request is not valid", { errors });
}

async function answering(reply: FastifyReply, answer: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    return await reply.header("cache-control", "no-store").send(await answer());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return reply.code(error.status).type("application/problem+json").send(JSON.stringify(error.body));
  }
}
