import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";
import { BackupError } from "./errors.ts";

/*
 * A backup is one zstd stream of frames: a letter, the length of what follows (4 bytes, big endian), and that many bytes.
 *   H  the header, JSON, once and first
 *   T  a table begins: JSON with its name and columns
 *   D  a piece of its rows, as COPY gives them in text format
 *   Z  the table ends
 *   E  the end: JSON with the SHA-256 of every byte before this frame
 * A file without its last frame, or with another sum, is damaged.
 */
const HEADER = "H".charCodeAt(0);
const TABLE = "T".charCodeAt(0);
const DATA = "D".charCodeAt(0);
const TABLE_END = "Z".charCodeAt(0);
const END = "E".charCodeAt(0);

const PREFIX_BYTES = 5;
/** No frame that we write is longer: a length above it is damage, and is not waited for. */
const LONGEST_FRAME = 64 * 1024 * 1024;

/** A table in the file, with the columns that its rows have, in their order. */
export type FileTable = { readonly schema: string; readonly name: string; readonly columns: readonly string[] };

/** A frame as it is read. */
export type Frame =
  | { readonly kind: "header"; readonly header: unknown }
  | { readonly kind: "table"; readonly table: FileTable }
  | { readonly kind: "data"; readonly bytes: Buffer }
  | { readonly kind: "table end" };

export type BackupWriter = {
  header(header: unknown): Promise<void>;
  table(table: FileTable): Promise<void>;
  data(bytes: Buffer): Promise<void>;
  tableEnd(): Promise<void>;
  /** Ends the file: it is on the disk under its name when this is done. Answers its sum. */
  end(): Promise<{ readonly sha256: string }>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
};

/** Writes under a name of its own beside `path` and takes that name at the end, so that a backup that was cut off is never taken for one. */
export function writeBackupFile(path: string): BackupWriter {
  const draft = `${path}.partial`;
  const sum = createHash("sha256");
  const compress = createZstdCompress();
  const file = compress.pipe(createWriteStream(draft, { mode: 0o600 }));
  // A full disk breaks the file, which must end the one who waits for room in the compressor.
  file.on("error", (error) => compress.destroy(error));
  const written = finished(file);
  written.catch(() => undefined); // told by whoever writes next, or by `end`

  async function frame(letter: number, bytes: Buffer, hash: Hash | null = sum): Promise<void> {
    const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
    prefix.writeUInt8(letter, 0);
    prefix.writeUInt32BE(bytes.length, 1);
    hash?.update(prefix).update(bytes);
    compress.write(prefix);
    await roomAfter((done) => compress.write(bytes, done));
  }
  const json = (letter: number, value: unknown) => frame(letter, Buffer.from(JSON.stringify(value)));

  return {
    header: (header) => json(HEADER, header),
    table: (table) => json(TABLE, table),
    data: (bytes) => frame(DATA, bytes),
    tableEnd: () => frame(TABLE_END, Buffer.alloc(0)),
    async end() {
      const sha256 = sum.digest("hex");
      await frame(END, Buffer.from(JSON.stringify({ sha256 })), null);
      compress.end();
      await written;
      await flush(draft);
      await rename(draft, path);
      await flush(dirname(path));
      return { sha256 };
    },
    async discard() {
      compress.destroy();
      file.destroy();
      await written.catch(() => undefined);
      await rm(draft, { force: true });
    },
  };
}

/** Waits until what was written has been taken, so that no more than a piece waits in memory. */
function roomAfter(write: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    write((error) => (error ? reject(error) : resolve()));
  });
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The frames of a file in their order. Throws `BackupError` where the file is not whole: at the latest at its end. */
export async function* readBackupFile(path: string): AsyncGenerator<Frame> {
  const sum = createHash("sha256");
  let isWhole = false;
  for await (const { letter, bytes, raw } of rawFrames(path)) {
    if (isWhole) throw damaged(path, "something follows its end");
    if (letter === END) {
      if (parse<{ sha256: string }>(path, bytes).sha256 !== sum.digest("hex")) throw damaged(path, "its sum is another one");
      isWhole = true;
    } else {
      sum.update(raw);
      yield frameOf(path, letter, bytes);
    }
  }
  if (!isWhole) throw damaged(path, "its end is missing");
}

function frameOf(path: string, letter: number, bytes: Buffer): Frame {
  switch (letter) {
    case HEADER:
      return { kind: "header", header: parse(path, bytes) };
    case TABLE:
      return { kind: "table", table: parse<FileTable>(path, bytes) };
    case DATA:
      return { kind: "data", bytes };
    case TABLE_END:
      return { kind: "table end" };
    default:
      throw damaged(path, "it has a part that is none");
  }
}

type RawFrame = { readonly letter: number; readonly bytes: Buffer; readonly raw: Buffer };

async function* rawFrames(path: string): AsyncGenerator<RawFrame> {
  let waiting: Buffer = Buffer.alloc(0);
  const source = createReadStream(path);
  const unpacked = source.pipe(createZstdDecompress());
  source.on("error", (error) => unpacked.destroy(error));
  try {
    for await (const piece of unpacked) {
      waiting = waiting.length === 0 ? (piece as Buffer) : Buffer.concat([waiting, piece as Buffer]); // a stream without encoding gives buffers
      for (;;) {
        if (waiting.length < PREFIX_BYTES) break;
        const length = waiting.readUInt32BE(1);
        if (length > LONGEST_FRAME) throw damaged(path, "a part is too long");
        const end = PREFIX_BYTES + length;
        if (waiting.length < end) break;
        yield { letter: waiting.readUInt8(0), bytes: waiting.subarray(PREFIX_BYTES, end), raw: waiting.subarray(0, end) };
        waiting = waiting.subarray(end);
      }
    }
  } catch (error) {
    throw error instanceof BackupError ? error : unreadable(path, error);
  } finally {
    source.destroy();
  }
  if (waiting.length > 0) throw damaged(path, "its last part is cut off");
}

function parse<T>(path: string, bytes: Buffer): T {
  try {
    return JSON.parse(bytes.toString()) as T; // written by this file; a changed one fails by its sum
  } catch {
    throw damaged(path, "a part is not what it says");
  }
}

function damaged(path: string, how: string): BackupError {
  return new BackupError(`${path} is damaged: ${how}. Nothing was restored; take an earlier backup.`);
}

function unreadable(path: string, error: unknown): BackupError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return new BackupError(`There is no file ${path}.`);
  if (code === "EACCES" || code === "EISDIR") return new BackupError(`${path} cannot be read (${code}).`);
  return new BackupError(`${path} is damaged or is no backup: it cannot be unpacked (${code || "unknown"}). Nothing was restored.`);
}
