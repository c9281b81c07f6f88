/** A telegram of ZVT (ECR-Interface ZVT-Protocol, PA00P015 revision 13): a command of two bytes and its data. Over TCP it stands by itself. */
export type Apdu = { readonly command: number; readonly data: Uint8Array };

/** From the register to the terminal, and back. */
export const COMMANDS = {
  registration: 0x0600,
  authorization: 0x0601,
  repeatReceipt: 0x0620,
  reversal: 0x0630,
  refund: 0x0631,
  endOfDay: 0x0650,
  /** The register gives up; the terminal says `abort` when it does. */
  giveUp: 0x06b0,
  statusEnquiry: 0x0501,
  intermediateStatus: 0x04ff,
  statusInformation: 0x040f,
  completion: 0x060f,
  abort: 0x061e,
  printLine: 0x06d1,
  printText: 0x06d3,
  acknowledged: 0x8000,
} as const;

const LONG_LENGTH = 0xff;

/** As it goes over the line: 255 and more bytes of data have their length behind an FF, the low byte first. */
export function writeApdu({ command, data }: Apdu): Uint8Array {
  const { length } = data;
  const head = [command >> 8, command & 0xff, ...(length < LONG_LENGTH ? [length] : [LONG_LENGTH, length & 0xff, length >> 8])];
  return Uint8Array.of(...head, ...data);
}

/** All whole telegrams that have come in, and what is there of the next one. */
export function readApdus(bytes: Uint8Array): { readonly apdus: readonly Apdu[]; readonly rest: Uint8Array } {
  const apdus: Apdu[] = [];
  let at = 0;
  for (;;) {
    const isLong = bytes[at + 2] === LONG_LENGTH;
    const from = at + (isLong ? 5 : 3);
    if (bytes.length < from) break;
    const length = isLong ? byteAt(bytes, at + 3) + 256 * byteAt(bytes, at + 4) : byteAt(bytes, at + 2);
    if (bytes.length < from + length) break;
    apdus.push({ command: 256 * byteAt(bytes, at) + byteAt(bytes, at + 1), data: bytes.slice(from, from + length) });
    at = from + length;
  }
  return { apdus, rest: bytes.slice(at) };
}

/** A number in binary coded decimals, two digits to a byte: 1250 in 6 bytes is `00 00 00 00 12 50`. */
export function bcd(digits: string | number, bytes: number): number[] {
  const text = String(digits).padStart(bytes * 2, "0");
  if (text.length > bytes * 2 || /\D/.test(text)) throw new Error(`${digits} is no number of ${bytes * 2} digits`);
  return Array.from({ length: bytes }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16));
}

export const bcdText = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** How long the data of a field (BMP) are: so many bytes, or a length of two or three digits before them. */
const LENGTHS: Readonly<Record<number, number | "llvar" | "lllvar" | "tlv">> = {
  0x01: 1, // time-out
  0x02: 1, // most status informations
  0x03: 1, // service byte
  0x04: 6, // amount
  0x05: 1, // pump
  0x06: "tlv",
  0x0b: 3, // trace number
  0x0c: 3, // time
  0x0d: 2, // date
  0x0e: 2, // expiry
  0x17: 2, // card sequence number
  0x19: 1, // kind of payment
  0x22: "llvar", // card number
  0x23: "llvar",
  0x24: "lllvar",
  0x27: 1, // result
  0x29: 4, // terminal
  0x2a: 15, // merchant
  0x2d: "llvar",
  0x2e: "lllvar",
  0x37: 3, // trace number of what is reversed
  0x3a: 2,
  0x3b: 8, // authorization
  0x3c: "lllvar", // text
  0x3d: 3,
  0x49: 2, // currency
  0x60: "lllvar",
  0x87: 2, // receipt number
  0x88: 3,
  0x8a: 1, // kind of card
  0x8b: "llvar", // name of the card
  0x8c: 1,
  0x92: "lllvar",
  0x9a: "lllvar",
  0xa0: 1,
  0xa7: "llvar",
  0xaa: 3,
  0xba: 5,
  0xd0: 1,
  0xd1: 1,
  0xd2: 1,
  0xd3: 1,
  0xe0: 1,
  0xf0: 1,
};

/** The fields of a telegram by their number. Reading ends at one that is not known: its length cannot be told. */
export function readFields(data: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at < data.length;) {
    const name = byteAt(data, at);
    const length = LENGTHS[name];
    if (length === undefined) break;
    const [from, size] = typeof length === "number" ? [at + 1, length] : variable(data, at + 1, length);
    fields.set(name, data.slice(from, from + size));
    at = from + size;
  }
  return fields;
}

/** Where the data of a field of variable length begin, and how many there are. */
function variable(data: Uint8Array, at: number, kind: "llvar" | "lllvar" | "tlv"): [number, number] {
  if (kind === "tlv") return berLength(data, at);
  const digits = kind === "llvar" ? 2 : 3;
  let size = 0;
  // Each digit stands in the lower half of a byte: `F1 F2` is 12.
  for (let n = 0; n < digits; n++) size = size * 10 + (byteAt(data, at + n) & 0x0f);
  return [at + digits, size];
}

function berLength(data: Uint8Array, at: number): [number, number] {
  const first = byteAt(data, at);
  if (first < 0x80) return [at + 1, first];
  if (first === 0x81) return [at + 2, byteAt(data, at + 1)];
  return [at + 3, 256 * byteAt(data, at + 1) + byteAt(data, at + 2)];
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
