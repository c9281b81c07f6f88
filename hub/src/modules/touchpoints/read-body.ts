import { isTooDeep } from "../../platform/index.ts";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

/** The largest body, after unpacking. */
export const MOST_BYTES = 500 * 1024;

export type Body =
  | { readonly kind: "read"; readonly value: unknown; /** After unpacking. */ readonly bytes: number }
  | { readonly kind: "malformed" }
  | { readonly kind: "too_large" };

const UNPACK: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: unpackWith(promisify(gunzip)),
  deflate: unpackWith(promisify(inflate)),
  br: unpackWith(promisify(brotliDecompress)),
};

function unpackWith(unpack: (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>) {
  return (bytes: Buffer) => unpack(bytes, { maxOutputLength: MOST_BYTES });
}

/**
 * Reads a body as event clients send it [TCH-4]: JSON whatever the content type says, unpacked by `Content-Encoding`, or by its first two
 * bytes where a client forgot to say. Nothing at all is an empty object: clients send that when they have nothing to say.
 */
export async function readBody(bytes: Buffer | undefined, encoding: string | undefined): Promise<Body> {
  if (!bytes || bytes.length === 0) return { kind: "read", value: {}, bytes: 0 };
  const unpack = UNPACK[encoding?.trim().toLowerCase() ?? ""] ?? (isGzip(bytes) ? UNPACK["gzip"] : undefined);
  try {
    const plain = unpack ? await unpack(bytes) : bytes;
    if (plain.length > MOST_BYTES) return { kind: "too_large" };
    const text = plain.toString("utf8").trim();
    if (isTooDeep(text)) return { kind: "malformed" };
    return { kind: "read", value: text === "" ? {} : JSON.parse(text), bytes: plain.length };
  } catch (error) {
    return error instanceof RangeError ? { kind: "too_large" } : { kind: "malformed" }; // zlib says RangeError past maxOutputLength
  }
}

const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;
