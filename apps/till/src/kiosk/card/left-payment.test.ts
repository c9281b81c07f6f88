import { expect, it } from "vitest";
import type { TerminalPayment } from "../../terminal/terminal.ts";
import { followPayment, freeTerminal, LeftPayment, type TerminalPort } from "./left-payment.ts";

type State = TerminalPayment["state"];
const payment = (state: State): TerminalPayment => ({ id: "p", amount: 250, state, reason: null, receiptNumber: "17" });

/** A terminal that knows a payment as `found`, says `asked` when it is asked again, and what happened to it. */
function terminal(
  found: State | null,
  { asked = found, isSold = false, reverses = true }: { asked?: State | null; isSold?: boolean; reverses?: boolean } = {},
) {
  const did: string[] = [];
  let open: { id: string } | null = { id: "p" };
  const port: TerminalPort = {
    open: () => open,
    isSold: async () => isSold,
    read: async () => (found === null ? null : payment(found)),
    inquire: async () => {
      did.push("asked");
      return payment(asked ?? "unknown");
    },
    reverse: async (receiptNumber) => {
      did.push(`gave back ${receiptNumber}`);
      return reverses;
    },
    forget: () => {
      did.push("free");
      open = null;
    },
  };
  return { port, did };
}

it.each([
  ["it never heard of it", terminal(null), ["free"]],
  ["the card was declined", terminal("declined"), ["free"]],
  ["the card was charged and nobody bought anything", terminal("approved"), ["gave back 17", "free"]],
  ["a sale has it", terminal("approved", { isSold: true }), ["free"]],
  ["it answers late that the card was charged", terminal("unknown", { asked: "approved" }), ["asked", "gave back 17", "free"]],
  ["it answers late that it was declined", terminal("unknown", { asked: "declined" }), ["asked", "free"]],
])("[KSK-5] a kiosk that was started again in the middle of a payment frees its terminal: %s", async (_, { port, did }, expected) => {
  await freeTerminal(port);
  expect(did).toEqual(expected);
  await freeTerminal(port);
  expect(did).toEqual(expected);
});

it.each([
  ["nobody knows still", terminal("unknown"), ["asked"]],
  ["it is asked for the card this moment", terminal("in_flight"), []],
  ["the money does not go back", terminal("approved", { reverses: false }), ["gave back 17"]],
])("[KSK-5] and takes no other card as long as %s", async (_, { port, did }, expected) => {
  await expect(freeTerminal(port)).rejects.toThrow(LeftPayment);
  expect(did).toEqual(expected);
  expect(port.open()).not.toBeNull();
});

it("[KSK-5] two who free it at once give the money back once", async () => {
  const { port, did } = terminal("approved");
  await Promise.all([freeTerminal(port), freeTerminal(port)]);
  expect(did).toEqual(["gave back 17", "free"]);
});

/** Answers one after the other; an error is a bridge that is away. */
function answers(...said: readonly (State | "away")[]) {
  const left = [...said];
  return async (): Promise<TerminalPayment> => {
    const next = left.shift() ?? "away";
    if (next === "away") throw new Error("the bridge is away");
    return payment(next);
  };
}

async function followed(begun: State, read: () => Promise<TerminalPayment>, inquire: () => Promise<TerminalPayment>) {
  const shown: string[] = [];
  let isForgotten = false;
  const ended = await followPayment(payment(begun), {
    read,
    inquire,
    forget: () => (isForgotten = true),
    pause: async () => undefined,
    show: ({ kind }) => shown.push(kind),
  });
  return { ended: ended.kind, shown, isForgotten };
}

it("[KSK-5] a terminal that answers late is waited for, also while its bridge is away; what nobody knows is never taken for declined", async () => {
  expect(await followed("requested", answers("away", "in_flight", "approved"), answers())).toEqual({
    ended: "approved",
    shown: ["asked", "asked", "asked"],
    isForgotten: false,
  });
  expect(await followed("in_flight", answers("unknown", "unknown"), answers("away", "unknown", "approved"))).toEqual({
    ended: "approved",
    shown: ["asked", "unknown", "unknown", "unknown"],
    isForgotten: false,
  });
  expect(await followed("unknown", answers(), answers("away", "declined"))).toMatchObject({ ended: "declined", isForgotten: true });
});
