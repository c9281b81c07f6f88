#!/usr/bin/env node
// Verifies an archive of the journal that Weft made: `node verifier.mjs ARCHIVE.zip`. Node 20 or newer, nothing else: no package, no network.
//
// It does not trust the program that wrote the archive: hashes, signed strings, signatures, links, numbers, totals and closings are computed
// again from what lies in the file. It names every entry that fails, with the reason, and goes on to the end.
//
//   #CHAIN      a number is missing or doubled, or the link to the entry before is broken
//   #VERIFY     the content is not what was signed: document, signed string, totals, closing, or a file of the archive
//   #SIGNATURE  the signature is not that of the register's key
//               (also of entries that were cut off at the very end: the register signed how many it sent, the hub the root of each day)
//   continued   no defect: the journal goes on under a new key after the old one was lost
//
// `--key FILE.pem`  the public key of the hub that made the archive, got by another way: without it the archive vouches for itself
// `--json`          one JSON object instead of text
// Exit code 0: nothing failed. 1: something failed. 2: this is no archive that can be read.
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createInflateRaw } from "node:zlib";

class Unreadable extends Error {}

// ---------------------------------------------------------------- the ZIP file

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_64 = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ALL_ONES_16 = 0xffff;
const ALL_ONES_32 = 0xffffffff;

/** The files in a ZIP by name: where each one's bytes are. Reads ZIP64 too: a year of a large chain passes 4 GB. */
export async function openZip(path) {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const read = async (position, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
      await file.read(buffer, 0, buffer.length, position);
      return buffer;
    };
    const tailStart = Math.max(0, size - 66_000);
    const tail = await read(tailStart, 66_000);
    let end = tail.length - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
    if (end < 0) throw new Unreadable("this is no ZIP file");
    let count = tail.readUInt16LE(end + 10);
    let start = tail.readUInt32LE(end + 16);
    if (count === ALL_ONES_16 || start === ALL_ONES_32) {
      const locator = await read(tailStart + end - 20, 20);
      const wide = await read(Number(locator.readBigUInt64LE(8)), 56);
      if (wide.readUInt32LE(0) !== END_OF_DIRECTORY_64) throw new Unreadable("the directory of the ZIP file is broken");
      count = Number(wide.readBigUInt64LE(32));
      start = Number(wide.readBigUInt64LE(48));
    }
    const directory = await read(start, tailStart + end - start);
    const files = new Map();
    for (let at = 0, n = 0; n < count; n++) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
        throw new Unreadable("the directory of the ZIP file is broken");
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset));
      const name = directory.toString("utf8", at + 46, at + 46 + nameLength);
      const entry = {
        method: directory.readUInt16LE(at + 10),
        compressed: directory.readUInt32LE(at + 20),
        offset: directory.readUInt32LE(at + 42),
      };
      widen(entry, directory.readUInt32LE(at + 24), directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
      if (files.has(name)) throw new Unreadable(`the ZIP file has ${name} twice`);
      files.set(name, entry);
      at += 46 + nameLength + extraLength + commentLength;
    }
    for (const entry of files.values()) {
      const header = await read(entry.offset, 30);
      if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_HEADER) throw new Unreadable("a file in the ZIP file is broken");
      entry.start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    }
    return { path, files };
  } finally {
    await file.close();
  }
}

/** Sizes and places beyond 4 GB stand in an extra field, only those that need it and in this order. */
function widen(entry, uncompressed, extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    const next = () => Number(extra.readBigUInt64LE((field += 8) - 8));
    if (uncompressed === ALL_ONES_32) next();
    if (entry.compressed === ALL_ONES_32) entry.compressed = next();
    if (entry.offset === ALL_ONES_32) entry.offset = next();
  }
}

/** The bytes of a file in the ZIP, some at a time. */
function bytesOf({ path, files }, name) {
  const entry = files.get(name);
  if (!entry) throw new Unreadable(`${name} is missing`);
  if (entry.compressed === 0) return [];
  const raw = createReadStream(path, { start: entry.start, end: entry.start + entry.compressed - 1, highWaterMark: 1 << 18 });
  if (entry.method === 0) return raw;
  const inflated = createInflateRaw({ chunkSize: 1 << 18 });
  raw.on("error", (error) => inflated.destroy(error));
  return raw.pipe(inflated);
}

export async function textOf(zip, name) {
  const parts = [];
  for await (const part of bytesOf(zip, name)) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** A file of lines, read once: its lines one by one, and the hash and size of what was read. */
function lineReader(zip, name) {
  const hash = createHash("sha256");
  const chunks = bytesOf(zip, name)[Symbol.asyncIterator]?.() ?? [][Symbol.iterator]();
  let [bytes, rest, lines, at, done] = [0, "", [], 0, false];
  const decoder = new TextDecoder();
  return {
    name,
    /** The next line; undefined at the end. */
    async next() {
      while (at >= lines.length && !done) {
        const chunk = await chunks.next();
        if (chunk.done) {
          done = true;
          lines = rest === "" ? [] : [rest];
        } else {
          bytes += chunk.value.length;
          hash.update(chunk.value);
          lines = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
          rest = lines.pop();
        }
        at = 0;
      }
      return lines[at++];
    },
    /** Whether the next line is there without waiting for the disk. */
    ready: () => at < lines.length,
    take: () => lines[at++],
    sum: () => ({ bytes, sha256: hash.digest("hex") }),
  };
}

async function hashOfFile(zip, name) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const part of bytesOf(zip, name)) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

// ---------------------------------------------------------------- what is signed

/** Canonical JSON (RFC 8785): members sorted by their UTF-16 code units, numbers and texts as JavaScript writes them. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = [];
  for (const name of Object.keys(value).sort()) members.push(`${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Hundredths of a percent: "1/5" is "2000". */
function rateOf(rate) {
  const [numerator = 0, denominator = 1] = String(rate).split("/").map(Number);
  const hundredths = (10_000 * numerator) / denominator;
  return Number.isSafeInteger(hundredths) ? String(hundredths) : String(rate);
}

const valueOf = (rate) => (rate.includes("/") ? 10_000 * (Number(rate.split("/")[0]) / Number(rate.split("/")[1])) : Number(rate));

function splitText(split) {
  if (split.length === 0) return "0:0";
  const sorted = [...split].sort(([a], [b]) => valueOf(b) - valueOf(a) || (a < b ? -1 : 1));
  return sorted.map(([rate, amount]) => `${rate}:${amount}`).join("|");
}

function splitOfTaxes(taxes) {
  const byRate = new Map();
  for (const { rate, gross } of taxes ?? []) byRate.set(rateOf(rate), (byRate.get(rateOf(rate)) ?? 0) + gross);
  return splitText([...byRate]);
}

const splitOfTotals = (totals) => splitText(Object.entries(totals.byRate).map(([rate, { net }]) => [rate, net]));
const CLOSINGS = ["shift", "day", "month", "year"];

/** The signed string of an entry, written again from its fields. */
function payloadOf(entry) {
  const { document } = entry.body;
  const link = [entry.prevSig === "" ? "Y" : "N", entry.prevSig];
  return [...payloadFields(entry, document), ...link].join(",");
}

function payloadFields(entry, document) {
  const { ts, register, seq, type, operator } = entry;
  if (type === "event") return [seq, document.code, document.message.replaceAll(/[,|\r\n]+/g, " ").trim(), ts, operator ?? "", register];
  if (type === "duplicate") return [register, seq, type, document.copy, operator ?? "", ts, document.of.register, document.of.seq];
  if (type === "archive") return [splitOfTotals(document.totals), document.totals.net, ts, register, "Archive"];
  if (CLOSINGS.includes(type)) {
    const { totals, perpetual, period, key, from, to } = document;
    const span = period === "month" || period === "year" ? `${from}|${to}` : key;
    return [splitOfTotals(totals), totals.net, perpetual.absolute, ts, span, seq];
  }
  return [type === "bill" ? "0:0" : splitOfTaxes(document.taxes), document.total, ts, register, seq, type];
}

/** What the signature is over: the signed string, and the canonical JSON of every other field but `sig` and `body`. */
function signedBytes({ payload, body: _body, sig: _sig, ...envelope }) {
  return Buffer.from(`${payload}\n${canonical(envelope)}`);
}

const isSigned = (key, bytes, signature) =>
  verifySignature("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));

/** The id of a key: the hash of its public part (RFC 7638). */
const thumbprint = ({ kty, crv, x, y }) => sha256(canonical({ kty, crv, x, y }));

// ---------------------------------------------------------------- totals

const nothing = () => ({ count: 0, net: 0, absolute: 0, byRate: {} });

function raise(totals, { total, taxes }) {
  totals.count += 1;
  totals.net += total;
  totals.absolute += Math.abs(total);
  for (const { rate, gross } of taxes ?? []) {
    const of = (totals.byRate[rateOf(rate)] ??= { net: 0, absolute: 0 });
    of.net += gross;
    of.absolute += Math.abs(gross);
  }
}

const dayAfter = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Rates whose amounts are nothing say nothing. */
function sameTotals(a, b) {
  const plain = ({ byRate, ...sums }) =>
    canonical({
      ...sums,
      byRate: Object.fromEntries(Object.entries(byRate).filter(([, { net, absolute }]) => net !== 0 || absolute !== 0)),
    });
  return plain(a) === plain(b);
}

// ---------------------------------------------------------------- one register

/** Follows the journal of one register and reports what is wrong with each entry. */
function registerJournal(manifest, keys, witnessed, report) {
  const chains = new Map(Object.entries(manifest.base.heads).map(([chain, head]) => [chain, { ...head }]));
  const headOf = (chain) => chains.get(chain) ?? { seq: 0, sig: "" };
  let journal = { ...manifest.base.journal };
  let businessDate = "";
  // Perpetual totals are known from the first closing or ticket on; what is open since a closing, from that closing on.
  const opened = Object.fromEntries(
    CLOSINGS.map((kind) => [kind, manifest.base.opened[kind] ? { ...manifest.base.opened[kind], totals: nothing() } : null]),
  );
  let perpetual = manifest.base.perpetual ? structuredClone(manifest.base.perpetual) : null;
  let perpetualSums = perpetual && { net: perpetual.net, absolute: perpetual.absolute };
  /** The last day of the last closing of each kind. */
  const ended = {};
  /** A month that was closed before its last day: the closing of its year must follow. */
  let cutShort;
  const counts = { entries: 0, hashed: 0, continued: 0, notComputed: 0 };

  const name = (entry) => `${manifest.code}/${entry.chain}/${entry.seq}`;

  function follow(entry, head, number, link) {
    if (entry.seq !== head.seq + 1) {
      const missing =
        entry.seq > head.seq + 1
          ? `${name({ ...entry, seq: head.seq + 1 })} to ${entry.seq - 1} are missing`
          : `number ${head.seq + 1} comes next`;
      report("#CHAIN", name(entry), missing);
    }
    if (link !== head.sig) report("#CHAIN", name(entry), "does not follow the entry before it");
    chains.set(entry.chain, { seq: entry.seq, sig: number });
  }

  /** An entry that the hub wrote for a register without a key: hashed, not signed. */
  function hashed(entry) {
    counts.hashed += 1;
    const { body, bodyHash, previousHash } = entry;
    const head = headOf(entry.chain);
    follow(entry, head.seq === 0 && head.sig === "" ? { seq: 0, sig: "0".repeat(64) } : head, bodyHash, previousHash);
    if (sha256(canonical(body)) !== bodyHash) report("#VERIFY", name(entry), "its content has another hash");
    if (body.seq !== entry.seq || body.previousHash !== previousHash || body.chain !== entry.chain || body.registerId !== manifest.id)
      report("#VERIFY", name(entry), "its content is of another place in the journal");
  }

  function signed(entry) {
    const head = headOf(entry.chain);
    if (isFirstOfKey(entry)) continues(entry);
    follow(entry, head, entry.sig, entry.prevSig);
    if (entry.journalSeq !== journal.seq + 1)
      report("#CHAIN", name(entry), `is number ${entry.journalSeq} of the journal, ${journal.seq + 1} comes next`);
    if (entry.journalPrevSig !== journal.sig) report("#CHAIN", name(entry), "does not follow the entry before it in the journal");
    journal = { seq: entry.journalSeq, sig: entry.sig };
    if (entry.registerId !== manifest.id || entry.register !== manifest.code) report("#VERIFY", name(entry), "is of another register");
    if (entry.businessDate < businessDate)
      report("#VERIFY", name(entry), `belongs to ${entry.businessDate}, after entries of ${businessDate}`);
    else businessDate = entry.businessDate;
    checkContent(entry);
    checkSignature(entry);
    if (entry.chain === "T" || entry.chain === "X") checkNumber(entry);
    if (cutShort && (entry.chain === "T" || entry.chain === "G")) endsWithYear(cutShort, entry);
    if (entry.chain === "T") ticket(entry);
    if (entry.chain === "G") closing(entry);
  }

  function checkContent(entry) {
    let payload;
    try {
      payload = payloadOf(entry);
    } catch {
      report("#VERIFY", name(entry), "its document lacks what its kind must say");
    }
    if (payload !== undefined && payload !== entry.payload) report("#VERIFY", name(entry), "its signed string is not that of its document");
    if (sha256(canonical(entry.body)) !== entry.bodyHash) report("#VERIFY", name(entry), "its document has another hash");
  }

  function checkSignature(entry) {
    const key = keys.get(entry.keyId);
    const own = manifest.keys.find(({ keyId }) => keyId === entry.keyId);
    if (!key || !own) return report("#SIGNATURE", name(entry), `its key ${String(entry.keyId).slice(0, 12)} is none of this register`);
    const after = manifest.keys
      .filter(({ fromJournalSeq }) => fromJournalSeq > own.fromJournalSeq)
      .map(({ fromJournalSeq }) => fromJournalSeq);
    // The entry that brings the next key is signed by the old one, unless that was lost: then by the new one.
    if (entry.journalSeq < own.fromJournalSeq || entry.journalSeq > Math.min(...after, Infinity))
      report("#SIGNATURE", name(entry), "its key was not in use then");
    let isGood = false;
    try {
      isGood = isSigned(key, signedBytes(entry), entry.sig);
    } catch {
      // What is no signature at all is not the key's either.
    }
    if (!isGood) report("#SIGNATURE", name(entry), "its signature is not over what it says");
  }

  const isFirstOfKey = (entry) => manifest.keys.some(({ fromJournalSeq, lost }) => lost && fromJournalSeq === entry.journalSeq);

  function continues(entry) {
    counts.continued += 1;
    report(
      "continued",
      name(entry),
      "the key before was lost; a manager enrolled this one, and the journal goes on from what the hub knew",
    );
  }

  function checkNumber({ type, chain, seq, body, ...entry }) {
    if (CLOSINGS.includes(type) || type === "event" || type === "duplicate" || type === "archive") return;
    const number = `${manifest.code}-${chain === "T" ? "" : chain}${String(seq).padStart(6, "0")}`;
    if (body?.document?.number !== number)
      report("#VERIFY", name({ ...entry, chain, seq }), `its receipt says ${body?.document?.number}, its place says ${number}`);
  }

  function ticket(entry) {
    const { document, perpetual: said } = entry.body;
    const paid = (document.tenders ?? []).reduce(
      (sum, { state, amount }) => (state === "captured" || state === "refunded" ? sum + amount : sum),
      0,
    );
    if (paid !== document.total) report("#VERIFY", name(entry), `comes to ${document.total}, and ${paid} was paid`);
    for (const kind of CLOSINGS) if (opened[kind]) raise(opened[kind].totals, document);
    if (perpetual) raise(perpetual, document);
    const before = perpetualSums ?? (said && { net: said.net - document.total, absolute: said.absolute - Math.abs(document.total) });
    if (!said || !before) return report("#VERIFY", name(entry), "does not say the perpetual totals");
    if (said.net !== before.net + document.total || said.absolute !== before.absolute + Math.abs(document.total))
      report("#VERIFY", name(entry), "its perpetual totals do not go on from those before");
    perpetualSums = { net: said.net, absolute: said.absolute };
  }

  function closing(entry) {
    const { document, document: { period, tickets, totals } = {} } = entry.body;
    if (!CLOSINGS.includes(period) || period !== entry.type) return report("#VERIFY", name(entry), "is a closing of no known kind");
    const open = opened[period];
    const last = headOf("T").seq;
    if (period !== "shift") follows(entry);
    if (tickets.to !== last || tickets.count !== tickets.to - tickets.from + 1)
      report("#VERIFY", name(entry), `covers tickets ${tickets.from} to ${tickets.to}, the last one is ${last}`);
    if (!open) counts.notComputed += 1;
    else {
      if (tickets.from !== open.afterTicket + 1)
        report("#VERIFY", name(entry), `begins at ticket ${tickets.from}, ${open.afterTicket + 1} comes next`);
      if (!sameTotals(totals, open.totals)) report("#VERIFY", name(entry), "its totals are not those of its tickets");
    }
    if (perpetual && !sameTotals(document.perpetual, perpetual))
      report("#VERIFY", name(entry), "its perpetual totals are not those of all tickets");
    if (perpetualSums && (document.perpetual.net !== perpetualSums.net || document.perpetual.absolute !== perpetualSums.absolute))
      report("#VERIFY", name(entry), "its perpetual totals do not go on from those before");
    perpetual ??= structuredClone(document.perpetual);
    perpetualSums ??= { net: perpetual.net, absolute: perpetual.absolute };
    opened[period] = { afterTicket: last, totals: nothing() };
  }

  /**
   * Days, months and years are told one after the other, without one left out or told twice. A month is within one of the calendar and ends with
   * it, or with a year; a year ends with a month, and is twelve of them at most.
   */
  function follows(entry) {
    const { period, from, to } = entry.body.document;
    const before = ended[period];
    if (before !== undefined && from !== dayAfter(before))
      report("#VERIFY", name(entry), `begins ${from}, the ${period} before it ended ${before}`);
    ended[period] = to;
    if (period === "day") return;
    const isWhole = period === "month" ? from.slice(0, 7) === to.slice(0, 7) : to < `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
    if (to < from || !isWhole) report("#VERIFY", name(entry), `is no ${period}: ${from} to ${to}`);
    if (period === "month" && !dayAfter(to).endsWith("-01")) cutShort = entry;
    if (period === "year" && ended.month !== undefined && ended.month !== to)
      report("#VERIFY", name(entry), `ends ${to}, the last month ended ${ended.month}`);
  }

  /** What comes after a month that ended within the calendar's is the closing of the year that ended with it. */
  function endsWithYear(month, next) {
    const { to } = month.body.document;
    const isEnd = next?.type === "year" && next.body.document?.to === to;
    if (!isEnd) report("#VERIFY", name(month), `ends ${to}, which is the end of no month and of no year`);
    cutShort = undefined;
  }

  /** An entry that a witness names is the one that it names. */
  function compare(entry) {
    for (const place of [`${entry.chain}/${entry.seq}`, entry.journalSeq === undefined ? "" : `journal/${entry.journalSeq}`]) {
      const witness = witnessed.get(place);
      if (witness && witness.mark !== (entry.sig ?? entry.bodyHash))
        report("#CHAIN", name(entry), `is another one than ${witness.who} has`);
    }
  }

  /** The furthest that each chain, and the whole journal, went by its witnesses. */
  function missed() {
    const furthest = new Map();
    for (const [place, { who }] of witnessed) {
      const [chain, seq] = place.split("/");
      const known = furthest.get(chain);
      if (!known || known.seq < Number(seq)) furthest.set(chain, { seq: Number(seq), who });
    }
    for (const [chain, { seq, who }] of furthest) {
      const last = chain === "journal" ? journal.seq : headOf(chain).seq;
      if (last >= seq) continue;
      const range = last + 1 === seq ? "is missing" : `to ${seq} are missing`;
      report("#CHAIN", `${manifest.code}/${chain}/${last + 1}`, `${range}: cut off at the end, ${who} has them`);
    }
  }

  return {
    take(entry) {
      counts.entries += 1;
      compare(entry);
      try {
        if (entry.hashed) hashed(entry);
        else signed(entry);
      } catch (error) {
        report("#VERIFY", name(entry), `cannot be read: ${error.message}`);
      }
    },
    /** Whether the journal ends where the archive says that it does. */
    end() {
      for (const [chain, { seq, sig }] of Object.entries(manifest.heads)) {
        const last = headOf(chain);
        if (last.seq < seq)
          report("#CHAIN", `${manifest.code}/${chain}/${last.seq + 1}`, `is missing: the archive ends at ${manifest.code}/${chain}/${seq}`);
        else if (last.seq !== seq || last.sig !== sig)
          report("#CHAIN", `${manifest.code}/${chain}/${last.seq}`, "is not the last entry that the archive names");
      }
      if (cutShort) endsWithYear(cutShort);
      missed();
      return counts;
    },
  };
}

// ---------------------------------------------------------------- witnesses

const WITNESSES = "witnesses.jsonl";

const bytesHash = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** Whether a text is a leaf under a root (RFC 6962). */
function isUnder(root, leaf, steps) {
  let hash = bytesHash(Buffer.from([0]), Buffer.from(leaf));
  for (const { side, hash: other } of steps) {
    const [left, right] = side === "left" ? [Buffer.from(other, "hex"), hash] : [hash, Buffer.from(other, "hex")];
    hash = bytesHash(Buffer.from([1]), left, right);
  }
  return hash.toString("hex") === root;
}

/** Where each register's journal stood, by who signed it: places (`T/12`, `journal/40`) with the mark of the entry there. */
async function readWitnesses(zip, manifest, keys, report) {
  const witnessed = new Map(manifest.registers.map(({ id }) => [id, new Map()]));
  if (!zip.files.has(WITNESSES)) return witnessed;
  const lines = (await textOf(zip, WITNESSES)).split("\n").filter((line) => line !== "");
  lines.forEach((line, index) => {
    const at = `${WITNESSES} line ${index + 1}`;
    try {
      const witness = JSON.parse(line);
      const register = manifest.registers.find(({ id }) => id === witness.registerId);
      const places = register && witnessed.get(register.id);
      if (!places) report("#VERIFY", at, "is of a register that the archive does not name");
      else if (witness.kind === "upload") takeUpload(witness, register, places, keys, at, report);
      else takeRoot(witness, places, keys, at, report);
    } catch {
      report("#VERIFY", at, "is nothing that can be read");
    }
  });
  return witnessed;
}

function takeUpload({ kind: _kind, sig, ...said }, { keys: own }, places, keys, at, report) {
  const key = own.some(({ keyId }) => keyId === said.keyId) ? keys.get(said.keyId) : undefined;
  if (!key || !isSigned(key, Buffer.from(canonical(said)), sig)) return report("#SIGNATURE", at, "is not what its register signed");
  places.set(`journal/${said.toSeq}`, { mark: said.headSignature, who: "the register's own signature over what it sent" });
}

function takeRoot({ day, registerId, heads, entries, steps, root, keyId, signature }, places, keys, at, report) {
  const key = keys.get(keyId);
  if (!key || !isSigned(key, Buffer.from(`weft journal ${day} ${root}`), signature))
    return report("#SIGNATURE", at, "is not what the hub signed");
  if (!isUnder(root, canonical({ registerId, entries, heads }), steps)) return report("#VERIFY", at, `is not under the root of ${day}`);
  for (const [chain, { seq, mark }] of Object.entries(heads)) places.set(`${chain}/${seq}`, { mark, who: `the hub's root of ${day}` });
}

// ---------------------------------------------------------------- the archive

/** Entries of all chains of a register in the order of its journal: the files lie beside each other, each sorted by register and place. */
async function* inOrder(readers, registers, report) {
  const order = new Map(registers.map(({ id }, index) => [id, index]));
  const heads = [];
  for (const reader of readers) {
    const head = { reader, entry: undefined, rank: Infinity, place: 0, line: 0 };
    if (await pull(head, order, report)) heads.push(head);
  }
  while (heads.length > 0) {
    let first = heads[0];
    for (const head of heads) if (head.rank < first.rank || (head.rank === first.rank && head.place < first.place)) first = head;
    yield first.entry;
    if (!(first.reader.ready() ? accept(first, first.reader.take(), order, report) : await pull(first, order, report)))
      heads.splice(heads.indexOf(first), 1);
  }
}

async function pull(head, order, report) {
  for (;;) {
    const line = await head.reader.next();
    if (line === undefined) return false;
    if (accept(head, line, order, report)) return true;
  }
}

/** Whether a line is an entry; what is none is reported and passed over. */
function accept(head, line, order, report) {
  head.line += 1;
  try {
    head.entry = JSON.parse(line);
  } catch {
    report("#VERIFY", `${head.reader.name} line ${head.line}`, "is no entry");
    head.entry = undefined;
  }
  if (head.entry === undefined) return false;
  const { registerId, chain, journalSeq = 0, hashed } = head.entry;
  head.rank = order.get(registerId) ?? Infinity;
  head.place = hashed ? 0 : journalSeq;
  if (CHAIN_FILES[chain] !== head.reader.name) report("#CHAIN", `${head.reader.name} line ${head.line}`, `is an entry of chain ${chain}`);
  if (!order.has(registerId)) {
    report("#VERIFY", `${head.reader.name} line ${head.line}`, "is of a register that the archive does not name");
    return false;
  }
  return true;
}

const CHAIN_FILES = {
  T: "tickets.jsonl",
  P: "payments.jsonl",
  I: "invoices.jsonl",
  B: "bills.jsonl",
  G: "grandtotals.jsonl",
  L: "jet.jsonl",
  A: "archives.jsonl",
  C: "duplicates.jsonl",
  X: "training.jsonl",
};

/** Verifies an archive; `report(code, entry, reason)` is told each finding as it is found. */
export async function verifyArchive(path, report, { hubKey } = {}) {
  const zip = await openZip(path);
  const manifestText = await textOf(zip, "manifest.json");
  let manifest;
  try {
    manifest = JSON.parse(manifestText);
  } catch {
    throw new Unreadable("manifest.json is no JSON");
  }
  if (manifest.format !== "weft-fiscal-archive" || manifest.version !== 1) throw new Unreadable("this is no archive of a Weft journal");
  const keys = readKeys(await textOf(zip, "keys.pem"), report);
  await checkManifest(zip, manifest, manifestText, hubKey ?? keys.get(manifest.signedBy), report);
  const witnessed = await readWitnesses(zip, manifest, keys, report);
  const journals = new Map(
    manifest.registers.map((register) => [register.id, registerJournal(register, keys, witnessed.get(register.id), report)]),
  );
  const readers = Object.values(CHAIN_FILES)
    .filter((name) => zip.files.has(name))
    .map((name) => lineReader(zip, name));
  for await (const entry of inOrder(readers, manifest.registers, report)) journals.get(entry.registerId).take(entry);
  const sums = new Map(readers.map((reader) => [reader.name, reader.sum()]));
  await checkFiles(zip, manifest, sums, report);
  const counts = { entries: 0, hashed: 0, continued: 0, notComputed: 0 };
  for (const journal of journals.values()) for (const [what, count] of Object.entries(journal.end())) counts[what] += count;
  return { manifest, ...counts, hubKeyId: manifest.signedBy, isKeyGiven: hubKey !== undefined };
}

/** Public keys by their ids, which are computed from the keys and not read. */
function readKeys(text, report) {
  const keys = new Map();
  for (const pem of text.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []) {
    try {
      const key = createPublicKey(pem);
      const jwk = key.export({ format: "jwk" });
      keys.set(thumbprint(jwk), key);
      keys.set(
        createHash("sha256")
          .update(canonical({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }))
          .digest("base64url"),
        key,
      );
    } catch {
      report("#VERIFY", "keys.pem", "has a key that cannot be read");
    }
  }
  return keys;
}

async function checkManifest(zip, manifest, text, key, report) {
  let signature;
  try {
    signature = JSON.parse(await textOf(zip, "archive.sig")).signature;
  } catch {
    return report("#SIGNATURE", "archive.sig", "is missing or cannot be read");
  }
  let isGood = false;
  try {
    isGood = key !== undefined && isSigned(key, Buffer.from(text), signature);
  } catch {
    // What is no signature at all is not the key's either.
  }
  if (!isGood) report("#SIGNATURE", "manifest.json", "is not what the hub signed");
}

async function checkFiles(zip, manifest, sums, report) {
  for (const [name, { bytes, sha256: hash }] of Object.entries(manifest.files)) {
    if (!zip.files.has(name)) {
      report("#VERIFY", name, "is missing");
      continue;
    }
    const found = sums.get(name) ?? (await hashOfFile(zip, name));
    if (found.bytes !== bytes || found.sha256 !== hash) report("#VERIFY", name, "is not the file that was archived");
  }
  for (const name of zip.files.keys())
    if (!(name in manifest.files) && name !== "manifest.json" && name !== "archive.sig")
      report("#VERIFY", name, "is not a file of this archive");
}

// ---------------------------------------------------------------- the command

async function main(args) {
  const isJson = args.includes("--json");
  const keyAt = args.indexOf("--key");
  const keyFile = keyAt === -1 ? undefined : args[keyAt + 1];
  const path = args.find((argument, index) => !argument.startsWith("--") && (keyAt === -1 || index !== keyAt + 1));
  if (path === undefined) throw new Unreadable("node verifier.mjs ARCHIVE.zip [--key HUB.pem] [--json]");
  const [findings, kept] = [{ failed: 0, continued: 0 }, []];
  const report = (code, entry, reason) => {
    if (code === "continued") findings.continued += 1;
    else findings.failed += 1;
    if (!isJson) process.stdout.write(`${code} ${entry}: ${reason}\n`);
    else if (kept.length < 1000) kept.push({ code, entry, reason });
  };
  const hubKey = keyFile === undefined ? undefined : createPublicKey(readFileSync(keyFile));
  const result = await verifyArchive(path, report, { ...(hubKey && { hubKey }) });
  if (isJson)
    process.stdout.write(
      `${JSON.stringify({ entries: result.entries, hashed: result.hashed, continued: findings.continued, failed: findings.failed, findings: kept })}\n`,
    );
  else process.stdout.write(summary(result, findings));
  return findings.failed === 0 ? 0 : 1;
}

function summary({ manifest: { entity, period, software }, entries, hashed, notComputed, hubKeyId, isKeyGiven }, { failed, continued }) {
  const lines = [
    `${entity.name}, ${period.from} to ${period.until}, written by ${software.name} ${software.version}`,
    `${entries} entries read, ${failed === 0 ? "none failed" : `${failed} findings`}`,
  ];
  if (hashed > 0) lines.push(`${hashed} of them are hashed and not signed: their registers had no key of their own`);
  if (continued > 0) lines.push(`${continued} times the journal goes on after a key was lost`);
  if (notComputed > 0) lines.push(`${notComputed} closings began before this archive: their sums stand in the archive before`);
  lines.push(
    isKeyGiven
      ? "The archive is signed by the key that was given."
      : `The archive is signed by the key ${hubKeyId}. Compare it with the one that the hub publishes (/.well-known/jwks.json), or give it with --key.`,
  );
  return `${lines.join("\n")}\n`;
}

// Run as a command, and not imported by another program.
if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split(/[\\/]/).at(-1)))
  process.exitCode = await main(process.argv.slice(2)).catch((error) => {
    if (!(error instanceof Unreadable) && error.code !== "ENOENT" && !String(error.code).startsWith("Z_")) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  });
