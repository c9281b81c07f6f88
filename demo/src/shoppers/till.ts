import { setTimeout as pause } from "node:timers/promises";
import type { TenderInput, TillCommandAnswerView, TillCustomerView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { HubRefused, openDevice, type Device, type HubAddress } from "./device.ts";

/** The store whose cashier the front door names, and his PIN (demo/README.md). */
const STORE = "Lyon Bellecour";
const PIN = "1234";
const REGISTER = "Lyon Bellecour caisse de simulation";
const RESEND_MS = 500;
const FLOAT = { lines: [{ denomination: 1000, count: 10 }] };

/** A till of the simulation's own: another person's till at the same store is never numbered from two sides. */
export type ShoppersTill = {
  readonly placeId: string;
  readonly placeName: string;
  readonly device: Device;
  findCustomer(query: string): Promise<TillCustomerView | undefined>;
  /** Pays a cart here. Answers the order. Errors: `HubRefused`, `TillRefused`. */
  sell(cart: { readonly id: string; readonly token: string }, tender: TenderInput): Promise<string>;
  /** Prepares and hands over what was ordered elsewhere. */
  handOver(fulfillmentId: string, code: string, tenders: readonly TenderInput[]): Promise<void>;
};

/** A command of the till that the hub refused. */
export class TillRefused extends Error {
  override readonly name = "TillRefused";
}

/** The manager adds a register and enrolls the device, once; then the cashier signs in by PIN and opens a shift where none is open. */
export async function openTill(hub: HubAddress): Promise<ShoppersTill> {
  const device = openDevice(hub, { "weft-session": "weft_till_shoppers" });
  await device.call("access.demoSignIn", { body: { persona: "anna" } });
  const stores = await device.call("stores.list", { query: { limit: 100, query: STORE } });
  const store = stores.items.find(({ name }) => name === STORE);
  if (!store) throw new Error(`This hub has no store ${STORE}: it has not loaded the demo chain.`);
  const registers = await device.call("till.registers", { query: { placeId: store.id } });
  const register =
    registers.items.find(({ name }) => name === REGISTER) ??
    (await device.call("till.createRegister", { body: { placeId: store.id, name: REGISTER, training: false } }));
  await device.call("access.enrollDevice", { body: { kind: "till", placeId: store.id, name: REGISTER, registerId: register.id } });
  const { staff } = await device.call("access.pinSignIn", { body: { pin: PIN } });
  const act = await openOutbox(device, register.id, staff?.id ?? null);
  return {
    placeId: store.id,
    placeName: store.name,
    device,
    async findCustomer(query) {
      const { candidates } = await device.call("customers.findAtTill", { query: { query } });
      const [found] = candidates;
      return found && device.call("customers.openAtTill", { params: { id: found.customerId } });
    },
    async sell({ id, token }, tender) {
      const cart = await device.call("carts.read", { params: { id }, headers: { "weft-cart": token } });
      const completion = { fulfillment: { kind: "take_away", placeId: store.id }, tenders: [tender], expectedTotal: cart.totals.total };
      return act("sale.complete", { cartId: id, completion });
    },
    async handOver(fulfillmentId, code, tenders) {
      const params = { id: fulfillmentId };
      await device.call("fulfillments.accept", { params });
      await device.call("fulfillments.prepare", { params });
      await device.call("fulfillments.ready", { params });
      await act("collection.hand_over", { fulfillmentId, code, proof: "code", tenders });
    },
  };
}

type Act = (kind: string, body: Readonly<Record<string, unknown>>) => Promise<string>;

/** Commands leave one after another, numbered after the last that the hub has; one without an answer is sent again. */
async function openOutbox(device: Device, registerId: string, staffId: string | null): Promise<Act> {
  const state = await device.call("till.state", { query: { registerId } });
  let seq = state.lastSeq;
  let shiftId = state.shift?.id;
  let last: Promise<unknown> = Promise.resolve();
  const send = async (kind: string, body: object): Promise<string> => {
    const command = { id: newId(), registerId, seq: ++seq, schema: 1, at: new Date().toISOString(), staffId, kind, body };
    for (;;) {
      const answer = await answerTo(device, command);
      if (answer?.outcome === "done") return answer.orderId ?? "";
      if (answer) throw new TillRefused(codeOf(answer));
      await pause(RESEND_MS);
    }
  };
  if (!shiftId) {
    shiftId = newId();
    await send("shift.open", { shiftId, float: FLOAT });
  }
  return (kind, body) => {
    const done = last.then(() => send(kind, { shiftId, ...body }));
    last = done.catch(() => undefined);
    return done;
  };
}

/** Undefined when the command is to be sent again: the provider has not answered yet, or the hub was away for a moment. */
async function answerTo(device: Device, command: Readonly<Record<string, unknown>>): Promise<TillCommandAnswerView | undefined> {
  try {
    return (await device.call("till.commands", { body: { commands: [command] } })).answers[0];
  } catch (error) {
    if (error instanceof HubRefused && (error.problem.status < 400 || error.problem.status === 429 || error.problem.status >= 500))
      return undefined;
    throw error;
  }
}

function codeOf({ problem, outcome }: TillCommandAnswerView): string {
  const code = problem?.["code"];
  return typeof code === "string" ? code : outcome;
}
