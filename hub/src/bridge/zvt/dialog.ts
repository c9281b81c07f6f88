import type { Socket } from "node:net";
import { connectTo, nextBytes, writeTo } from "../tcp.ts";
import { COMMANDS, bcd, bcdText, readApdus, readFields, writeApdu, type Apdu } from "./codec.ts";

/** What a terminal said of a transaction. */
export type Said = {
  /** 0 is success; every other one is the code of the terminal's list. */
  readonly result: number;
  /** In minor units; null where it did not say. */
  readonly amount: number | null;
  readonly trace: number | null;
  readonly receiptNumber: string | null;
  readonly cardName: string | null;
  readonly terminalId: string | null;
};

/** How a dialog ended. `unknown`: the terminal was asked and its last word never came, so money may have moved. */
export type Outcome =
  | { readonly kind: "completed"; readonly said: Said | null }
  | { readonly kind: "aborted"; readonly result: number }
  | { readonly kind: "unreachable" }
  | { readonly kind: "unknown"; readonly because: "broken" | "silent" };

export type TerminalAt = { readonly address: string; readonly password: string };
type Patience = { readonly connectMs: number; readonly answerMs: number };

/** Whoever pays looks for their card: a terminal says that it is still there by intermediate states. */
export const PATIENCE: Patience = { connectMs: 5000, answerMs: 90_000 };

const EURO = 978;
/** The register prints no receipts for the terminal, and the terminal may be used by itself. */
const CONFIGURATION = 0x00;

export const authorization = (amount: number): Apdu => ({
  command: COMMANDS.authorization,
  data: Uint8Array.of(0x04, ...bcd(amount, 6), 0x49, ...bcd(EURO, 2)),
});
export const refund = (amount: number, password: string): Apdu => ({
  command: COMMANDS.refund,
  data: Uint8Array.of(...bcd(password, 3), 0x04, ...bcd(amount, 6), 0x49, ...bcd(EURO, 2)),
});
export const reversal = (receiptNumber: string, password: string): Apdu => ({
  command: COMMANDS.reversal,
  data: Uint8Array.of(...bcd(password, 3), 0x87, ...bcd(receiptNumber, 2)),
});
export const repeatReceipt = (password: string): Apdu => ({ command: COMMANDS.repeatReceipt, data: Uint8Array.from(bcd(password, 3)) });
export const endOfDay = (password: string): Apdu => ({ command: COMMANDS.endOfDay, data: Uint8Array.from(bcd(password, 3)) });
export const statusEnquiry = (password: string): Apdu => ({ command: COMMANDS.statusEnquiry, data: Uint8Array.from(bcd(password, 3)) });

/**
 * Registers at a terminal and has one command done. Until the command itself has left, a failure is `unreachable` and nothing was asked; from
 * then on it is `unknown` [DEV-9].
 */
export async function ask(
  { address, password }: TerminalAt,
  command: Apdu,
  { connectMs, answerMs } = PATIENCE,
  signal?: AbortSignal,
): Promise<Outcome> {
  const socket = await connectTo(address, connectMs).catch(() => undefined);
  if (!socket) return { kind: "unreachable" };
  const line = readLine(socket);
  const giveUp = (): void => void writeTo(socket, writeApdu({ command: COMMANDS.giveUp, data: new Uint8Array() })).catch(() => undefined);
  try {
    const registered = await converse(socket, line, registration(password), connectMs);
    if (registered.kind !== "completed") return { kind: "unreachable" };
    signal?.addEventListener("abort", giveUp, { once: true });
    return await converse(socket, line, command, answerMs);
  } catch {
    return { kind: "unknown", because: "broken" };
  } finally {
    signal?.removeEventListener("abort", giveUp);
    socket.destroy();
  }
}

const registration = (password: string): Apdu => ({
  command: COMMANDS.registration,
  data: Uint8Array.of(...bcd(password, 3), CONFIGURATION, ...bcd(EURO, 2)),
});

type Line = { readonly next: (withinMs: number) => Promise<Apdu | "silent" | "left"> };

function readLine(socket: Socket): Line {
  const waiting: Apdu[] = [];
  let rest: Uint8Array = new Uint8Array();
  return {
    async next(withinMs) {
      for (let known = waiting.shift(); ; known = waiting.shift()) {
        if (known) return known;
        const bytes = await nextBytes(socket, withinMs);
        if (!bytes) return socket.destroyed || socket.readableEnded ? "left" : "silent";
        const read = readApdus(Uint8Array.of(...rest, ...bytes));
        rest = read.rest;
        waiting.push(...read.apdus);
      }
    },
  };
}

/** Sends a command and answers whatever the terminal says until its last word. */
async function converse(socket: Socket, line: Line, command: Apdu, answerMs: number): Promise<Outcome> {
  await writeTo(socket, writeApdu(command));
  let said: Said | null = null;
  for (;;) {
    const apdu = await line.next(answerMs);
    if (apdu === "silent" || apdu === "left") return { kind: "unknown", because: apdu === "left" ? "broken" : "silent" };
    // 80 00: it has begun. 84 xx: it refuses the command as it stands, and has done nothing.
    if (apdu.command >> 8 === 0x80) continue;
    if (apdu.command >> 8 === 0x84) return { kind: "aborted", result: apdu.command & 0xff };
    await writeTo(socket, writeApdu({ command: COMMANDS.acknowledged, data: new Uint8Array() }));
    if (apdu.command === COMMANDS.statusInformation) said = saidIn(apdu.data);
    else if (apdu.command === COMMANDS.completion) return { kind: "completed", said };
    else if (apdu.command === COMMANDS.abort) return { kind: "aborted", result: apdu.data[0] ?? 0 };
  }
}

function saidIn(data: Uint8Array): Said {
  const fields = readFields(data);
  const digits = (field: number): string | null => {
    const bytes = fields.get(field);
    return bytes ? bcdText(bytes) : null;
  };
  const name = fields.get(0x8b);
  const amount = digits(0x04);
  const trace = digits(0x0b);
  return {
    result: fields.get(0x27)?.[0] ?? 0,
    amount: amount === null ? null : Number(amount),
    trace: trace === null ? null : Number(trace),
    receiptNumber: digits(0x87),
    cardName: name ? Buffer.from(name).toString("latin1").replaceAll("\0", "").trim() : null,
    terminalId: digits(0x29),
  };
}
