import { createHash, createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { Signer as HubSigner } from "../../../platform/index.ts";
import type { Chain } from "../fiscal/index.ts";
import { XML_END, XML_SECTIONS, xmlHead } from "./archive-xml.ts";
import {
  ARCHIVED_CHAINS,
  CHAIN_FILES,
  SCHEMA,
  VERIFIER,
  type ArchivedEntity,
  type ArchivedEntry,
  type ArchivedFile,
  type ArchivedRegister,
  type ArchiveManifest,
  type ArchivePeriod,
} from "./format.ts";
import { noTotals, raiseBy, type GrowingTotals } from "./sums.ts";
import { WITNESSES, type Witness } from "./witnesses.ts";

export type ArchiveSource = {
  readonly id: string;
  readonly entity: ArchivedEntity;
  readonly period: ArchivePeriod;
  readonly madeAt: Date;
  readonly softwareVersion: string;
  readonly places: ArchiveManifest["places"];
  readonly registers: readonly ArchivedRegister[];
  /** The entries of a chain, by register in the order of `registers` and by place, some at a time. Read twice for some chains. */
  readonly entries: (chain: Chain) => AsyncIterable<readonly ArchivedEntry[]>;
  readonly witnesses: () => AsyncIterable<Witness>;
};

/** In both the source tree and the bundle these lie beside this code. */
const BESIDE = import.meta.dirname;

export type ArchiveWriting = {
  /** The ZIP, as it is written. */
  readonly bytes: Readable;
  /** What it turned out to hold; when the bytes are read to their end. */
  readonly manifest: Promise<ArchiveManifest>;
};

/**
 * Writes an archive of the journal [ARC-1] as a ZIP while it is read: memory does not grow with the number of tickets. The manifest has the
 * hash of every other file and comes last, and the hub's signature is over the manifest. `written` is told how many entries were written.
 */
export function writeArchive(
  source: ArchiveSource,
  signer: HubSigner,
  written: (entries: number) => void = () => undefined,
): ArchiveWriting {
  const zip = new ZipFile();
  const made = Promise.withResolvers<ArchiveManifest>();
  // Whoever reads the bytes hears of a failure there; this promise alone is nobody's alarm.
  made.promise.catch(() => undefined);
  const bytes = Readable.from(zip.outputStream);
  const fail = (error: unknown): void => {
    made.reject(error);
    bytes.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  zip.on("error", fail);
  const files = new Map<string, ArchivedFile>();
  const sums: Sums = { counts: {}, totals: noTotals() };
  const add = (name: string, text: () => AsyncIterable<string>, entries?: () => number | undefined): void =>
    zip.addReadStreamLazy(name, { mtime: source.madeAt }, (give) => {
      const stream = Readable.from(hashed(text(), (file) => files.set(name, { ...file, ...(entries && { entries: entries() ?? 0 }) })));
      stream.on("error", fail);
      give(null, stream);
    });
  for (const chain of ARCHIVED_CHAINS)
    add(
      CHAIN_FILES[chain],
      () => chainLines(source, chain, sums, written),
      () => sums.counts[chain],
    );
  add(WITNESSES, () => witnessLines(source));
  add("archive.xml", () => xmlText(source));
  add("keys.pem", () => once(async () => keysPem(source, signer)));
  for (const name of [SCHEMA, VERIFIER]) add(name, () => once(() => readFile(join(BESIDE, name), "utf8")));
  // Asked for when all files before it are written, so their hashes are known.
  let text: string | undefined;
  zip.addReadStreamLazy("manifest.json", { mtime: source.madeAt }, (give) => {
    const manifest = manifestOf(source, Object.fromEntries(files), sums, hubKeyOf(signer).kid ?? "");
    text = `${JSON.stringify(manifest, null, 2)}\n`;
    made.resolve(manifest);
    give(null, Readable.from([Buffer.from(text)]));
  });
  zip.addReadStreamLazy("archive.sig", { mtime: source.madeAt }, (give) => {
    signer.seal(Buffer.from(text ?? "")).then(({ keyId, signature }) => {
      const sealed = { algorithm: "ES256", of: "manifest.json", keyId, signature: signature.toString("base64url") };
      give(null, Readable.from([Buffer.from(`${JSON.stringify(sealed, null, 2)}\n`)]));
    }, fail);
  });
  zip.end();
  return { bytes, manifest: made.promise };
}

type Sums = { readonly counts: Partial<Record<Chain, number>>; readonly totals: GrowingTotals };

async function* chainLines(source: ArchiveSource, chain: Chain, sums: Sums, written: (entries: number) => void): AsyncGenerator<string> {
  let count = 0;
  for await (const entries of source.entries(chain)) {
    count += entries.length;
    if (chain === "T") for (const entry of entries) raiseBy(sums.totals, entry);
    yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    written(entries.length);
  }
  sums.counts[chain] = count;
}

async function* witnessLines(source: ArchiveSource): AsyncGenerator<string> {
  for await (const witness of source.witnesses()) yield `${JSON.stringify(witness)}\n`;
}

async function* xmlText(source: ArchiveSource): AsyncGenerator<string> {
  yield xmlHead(source.entity, source.period);
  for (const { element, chain, write } of XML_SECTIONS) {
    yield `<${element}>\n`;
    for await (const entries of source.entries(chain)) yield entries.map((entry) => `${write(entry)}\n`).join("");
    yield `</${element}>\n`;
  }
  yield XML_END;
}

async function* once(text: () => Promise<string>): AsyncGenerator<string> {
  yield await text();
}

async function* hashed(text: AsyncIterable<string>, done: (file: ArchivedFile) => void): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const part of text) {
    if (part === "") continue;
    const chunk = Buffer.from(part);
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  done({ bytes, sha256: hash.digest("hex") });
}

function hubKeyOf(signer: HubSigner) {
  const [key] = signer.publicKeys.keys;
  if (!key) throw new Error("the hub has no signing key");
  return key;
}

/** Public keys, each below a line that says whose it is: registers by number of the first entry that they sign, and the hub's own. */
function keysPem({ registers }: ArchiveSource, signer: HubSigner): string {
  const pem = (jwk: object): string =>
    createPublicKey({ key: { ...jwk }, format: "jwk" })
      .export({ type: "spki", format: "pem" })
      .toString();
  const own = registers.flatMap(({ code, keys }) =>
    keys.map(
      ({ keyId, publicKey, fromJournalSeq }) => `${code}, from entry ${fromJournalSeq} of its journal on, key ${keyId}\n${pem(publicKey)}`,
    ),
  );
  const { kty, crv, x, y, kid } = hubKeyOf(signer);
  return [...own, `The hub, key ${kid}\n${pem({ kty, crv, x, y })}`].join("\n");
}

function manifestOf(source: ArchiveSource, files: ArchiveManifest["files"], { counts, totals }: Sums, signedBy: string): ArchiveManifest {
  const { id, entity, period, places, registers } = source;
  return {
    format: "weft-fiscal-archive",
    version: 1,
    id,
    madeAt: source.madeAt.toISOString(),
    software: { name: "Weft", version: source.softwareVersion },
    entity,
    period,
    places,
    registers,
    counts,
    totals,
    files,
    signedBy,
  };
}
