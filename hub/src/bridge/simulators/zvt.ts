import { createServer, type Socket } from "node:net";
import { COMMANDS, bcd, bcdText, readApdus, readFields, writeApdu, type Apdu } from "../zvt/codec.ts";
import { listening, type Simulator } from "./listening.ts";

/**
 * What the next payment meets: it goes through; the card is refused; whoever pays gives up; nothing more is said; the line breaks after the
 * money was taken; or before.
 */
export type CardBehavior = "approve" | "decline" | "give_up" | "stay_silent" | "break_after_approval" | "break_before";
type Booked = { readonly trace: number; readonly amount: number; readonly kind: "payment" | "refund" | "reversal" };

export type ZvtSimulator = Simulator & {
  readonly behave: (next: CardBehavior) => void;
  /** What it has booked: money really moved. */
  readonly booked: readonly Booked[];
};

const REFUSED = 0x05;
const GIVEN_UP = 0x6c;

/** A payment terminal that speaks ZVT and has a card of its own. */
export async function startZvtSimulator(): Promise<ZvtSimulator> {
  const booked: Booked[] = [];
  let behavior: CardBehavior = "approve";
  const server = createServer((socket) => {
    let rest: Uint8Array = new Uint8Array();
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      const read = readApdus(Uint8Array.of(...rest, ...bytes));
      rest = read.rest;
      for (const apdu of read.apdus) answer(socket, apdu);
    });
  });

  function answer(socket: Socket, { command, data }: Apdu): void {
    const say = (name: number, ...bytes: number[]): void => void socket.write(writeApdu({ command: name, data: Uint8Array.from(bytes) }));
    if (command === COMMANDS.acknowledged) return;
    say(COMMANDS.acknowledged);
    if (command === COMMANDS.authorization) return pay(socket, say, amountIn(data), "payment");
    if (command === COMMANDS.refund) return pay(socket, say, amountIn(data.slice(3)), "refund");
    if (command === COMMANDS.giveUp) return say(COMMANDS.abort, GIVEN_UP);
    if (command === COMMANDS.repeatReceipt) {
      const last = booked.at(-1);
      if (!last) return say(COMMANDS.abort, 0x64);
      say(COMMANDS.statusInformation, ...status(last));
    }
    if (command === COMMANDS.reversal) {
      const found = booked.find(({ trace }) => trace === Number(bcdText(readFields(data.slice(3)).get(0x87) ?? new Uint8Array())));
      if (!found) return say(COMMANDS.abort, 0x64);
      say(COMMANDS.statusInformation, ...status(book(found.amount, "reversal")));
    }
    say(COMMANDS.completion);
  }

  function pay(socket: Socket, say: (name: number, ...bytes: number[]) => void, amount: number, kind: "payment" | "refund"): void {
    const how = behavior;
    behavior = "approve";
    // "Please insert card", with a time-out: the register waits on.
    say(COMMANDS.intermediateStatus, 0x0a, 0x01);
    if (how === "stay_silent") return;
    if (how === "break_before") return void socket.destroy();
    if (how === "give_up") return say(COMMANDS.abort, GIVEN_UP);
    if (how === "decline") {
      say(COMMANDS.statusInformation, 0x27, REFUSED, 0x04, ...bcd(amount, 6));
      return say(COMMANDS.completion);
    }
    const done = book(amount, kind);
    if (how === "break_after_approval") return void socket.destroy();
    say(COMMANDS.statusInformation, ...status(done));
    say(COMMANDS.completion);
  }

  function book(amount: number, kind: Booked["kind"]): Booked {
    const entry = { trace: (booked.at(-1)?.trace ?? 0) + 1, amount, kind };
    booked.push(entry);
    return entry;
  }

  return {
    ...(await listening(server)),
    booked,
    behave(next) {
      behavior = next;
    },
  };
}

const amountIn = (data: Uint8Array): number => Number(bcdText(readFields(data).get(0x04) ?? new Uint8Array()));

function status({ trace, amount }: Booked): number[] {
  const name = [...Buffer.from("girocard", "latin1")];
  return [
    [0x27, 0x00],
    [0x04, ...bcd(amount, 6)],
    [0x0b, ...bcd(trace, 3)],
    [0x29, ...bcd(52_500_038, 4)],
    [0x87, ...bcd(trace, 2)],
    [0x49, ...bcd(978, 2)],
    [0x8b, 0xf0, 0xf0 | name.length, ...name],
  ].flat();
}
