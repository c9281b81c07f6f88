import { cp858Text } from "./cp858.ts";

/** What stands on a paper, and what a printer did with it. */
export type Printed = {
  readonly lines: readonly PrintedLine[];
  /** How often the drawer was opened. */
  readonly kicks: number;
};
export type PrintedLine =
  | { readonly kind: "line"; readonly text: string; readonly isBold: boolean; readonly isBig: boolean }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "cut" };

export type PrinterLanguage = "esc-pos" | "star-prnt";

type State = {
  readonly lines: PrintedLine[];
  kicks: number;
  text: string;
  isBold: boolean;
  isBig: boolean;
  wasBold: boolean;
  wasBig: boolean;
  page: "windows1252" | "cp858" | "ascii";
  code: string;
};
/** A command by its first bytes: how many bytes follow them, and what it does. */
type Command = {
  readonly starts: readonly number[];
  readonly length: number | ((follows: Uint8Array) => number);
  readonly act?: (state: State, follows: Uint8Array) => void;
};

/**
 * What a printer would make of these bytes [DEV-3]: the simulated printer, and what tests read a paper by. Throws at a command that the
 * language does not have, so that nothing is sent that a real printer would print as letters.
 */
export function printedBy(bytes: Uint8Array, language: PrinterLanguage): Printed {
  const commands = language === "esc-pos" ? ESC_POS : STAR_PRNT;
  const state: State = {
    lines: [],
    kicks: 0,
    text: "",
    isBold: false,
    isBig: false,
    wasBold: false,
    wasBig: false,
    page: "ascii",
    code: "",
  };
  for (let at = 0; at < bytes.length;) at = step(state, bytes, at, commands);
  if (state.text !== "") endLine(state);
  return { lines: state.lines, kicks: state.kicks };
}

/** The text of a paper, for people and tests: codes in brackets, a cut as a dashed line. */
export function paperText({ lines }: Pick<Printed, "lines">): string {
  return lines.map((line) => (line.kind === "line" ? line.text.trimEnd() : line.kind === "code" ? `[${line.text}]` : "- - -")).join("\n");
}

/** Reads one sign or command and answers where the next begins. */
function step(state: State, bytes: Uint8Array, at: number, commands: readonly Command[]): number {
  const command = commands.find(({ starts }) => starts.every((byte, n) => bytes[at + n] === byte));
  if (command) {
    const from = at + command.starts.length;
    const length = typeof command.length === "number" ? command.length : command.length(bytes.subarray(from));
    const follows = bytes.subarray(from, from + length);
    if (follows.length < length) throw new Error(`the command at byte ${at} is cut off`);
    command.act?.(state, follows);
    return from + length;
  }
  const byte = bytes[at] ?? 0;
  if (byte === 0x0a) endLine(state);
  else if (byte >= 0x20) add(state, byte);
  else if (byte !== 0x0d) throw new Error(`no such command at byte ${at}: ${[...bytes.subarray(at, at + 4)].map(hex).join(" ")}`);
  return at + 1;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
const WINDOWS_1252 = new TextDecoder("windows-1252");

function add(state: State, byte: number): void {
  if (byte !== 0x20) {
    state.wasBold ||= state.isBold;
    state.wasBig ||= state.isBig;
  }
  if (byte < 0x80) state.text += String.fromCharCode(byte);
  else if (state.page === "windows1252") state.text += WINDOWS_1252.decode(Uint8Array.of(byte));
  else if (state.page === "cp858") state.text += cp858Text(byte);
  else throw new Error(`byte ${hex(byte)} before any code page was chosen`);
}

function endLine(state: State): void {
  state.lines.push({ kind: "line", text: state.text, isBold: state.wasBold, isBig: state.wasBig });
  state.text = "";
  state.wasBold = false;
  state.wasBig = false;
}

function cut(state: State): void {
  state.lines.push({ kind: "cut" });
}

function drawCode(state: State): void {
  state.lines.push({ kind: "code", text: state.code });
}

function choosePage(pages: Readonly<Record<number, State["page"]>>): NonNullable<Command["act"]> {
  return (state, [number = 0]) => {
    const page = pages[number];
    if (page === undefined) throw new Error(`code page ${number} is none of those that this printer has`);
    state.page = page;
  };
}

/** The data of a QR code are Latin-1: our codes are addresses and plain numbers. */
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Epson's published list (ESC/POS Command Reference), what this house sends of it. */
const ESC_POS: readonly Command[] = [
  { starts: [0x1b, 0x40], length: 0 }, // initialize
  { starts: [0x1c, 0x2e], length: 0 }, // no multi-byte signs
  { starts: [0x1b, 0x4d], length: 1 }, // font
  { starts: [0x1b, 0x61], length: 1 }, // alignment
  { starts: [0x1b, 0x45], length: 1, act: (state, [on = 0]) => void (state.isBold = on % 2 === 1) },
  { starts: [0x1d, 0x21], length: 1, act: (state, [size = 0]) => void (state.isBig = size > 0) },
  { starts: [0x1b, 0x74], length: 1, act: choosePage({ 0: "ascii", 16: "windows1252", 19: "cp858" }) },
  { starts: [0x1d, 0x28, 0x6b], length: ([low = 0, high = 0]) => 2 + low + 256 * high, act: escPosCode },
  { starts: [0x1d, 0x56], length: ([mode = 0]) => (mode > 1 ? 2 : 1), act: cut },
  { starts: [0x1b, 0x70], length: 3, act: (state) => void (state.kicks += 1) },
];

/** `pL pH cn fn ...`: function 80 keeps the data, 81 draws them. */
function escPosCode(state: State, follows: Uint8Array): void {
  const name = follows[3];
  if (name === 80) state.code = latin(follows.subarray(5));
  if (name === 81) drawCode(state);
}

/** Star's published list (StarPRNT Command Specifications), what this house sends of it. */
const STAR_PRNT: readonly Command[] = [
  { starts: [0x1b, 0x40], length: 0 }, // initialize
  { starts: [0x18], length: 0 }, // cancel what was begun
  { starts: [0x1b, 0x1e, 0x46], length: 1 }, // font
  { starts: [0x1b, 0x1d, 0x61], length: 1 }, // alignment
  { starts: [0x1b, 0x45], length: 0, act: (state) => void (state.isBold = true) },
  { starts: [0x1b, 0x46], length: 0, act: (state) => void (state.isBold = false) },
  { starts: [0x1b, 0x69], length: 2, act: (state, [high = 0, wide = 0]) => void (state.isBig = high + wide > 0) },
  { starts: [0x1b, 0x1d, 0x74], length: 1, act: choosePage({ 0: "ascii", 4: "cp858", 32: "windows1252" }) },
  { starts: [0x1b, 0x1d, 0x79, 0x53], length: 2 }, // model, size and error level of a code
  {
    starts: [0x1b, 0x1d, 0x79, 0x44, 0x31, 0x00],
    length: ([low = 0, high = 0]) => 2 + low + 256 * high,
    act: (state, follows) => void (state.code = latin(follows.subarray(2))),
  },
  { starts: [0x1b, 0x1d, 0x79, 0x50], length: 0, act: drawCode },
  { starts: [0x1b, 0x64], length: 1, act: cut },
  { starts: [0x1b, 0x07], length: 2 }, // how long the drawer's pulse is
  { starts: [0x07], length: 0, act: (state) => void (state.kicks += 1) },
];
