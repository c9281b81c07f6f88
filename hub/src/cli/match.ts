import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
  chanceOf,
  DEFAULT_THRESHOLDS,
  measure,
  ROLES,
  type Measure,
  type Role,
  type Table,
} from "../modules/customers/domain/matching/index.ts";
import { generate } from "../modules/customers/matching/generate.ts";
import { mergeTables } from "../modules/customers/matching/merge-tables.ts";
import { readTable } from "../modules/customers/matching/read-table.ts";
import { runMatch, type Matched } from "../modules/customers/matching/run-match.ts";
import { progressBar } from "./progress-bar.ts";

const USAGE = `npm run match -- FILE... [--against FILE2...] [--one-to-one] [--out CLUSTERS.csv] [--json]
npm run match -- --generate RECORDS --out FILE

Finds the records of one person in CSV files (a header, gzip or not; several files are one set). Learns from the records themselves.

  --against FILE       find the people of the first files in these; may be given again
  --one-to-one         with --against: each person is at most once in each file
  --column NAME=ROLE   what a column holds, where it is not seen by itself; may be given again. Roles:
                       ${ROLES.slice(0, 12).join(" ")}
                       ${ROLES.slice(12).join(" ")}
  --precision SHARE    join where this share of the joined pairs is expected to be right (${DEFAULT_THRESHOLDS.precision})
  --review CHANCE      pairs for a person to judge: from this chance on (${DEFAULT_THRESHOLDS.review})
  --out FILE           id and cluster of each record; --review-out FILE: the pairs to judge
  --truth FILE         id and person; measures the result, and is used for nothing else; may be given again
  --folder FOLDER      keeps what is done there: a stopped match goes on with the same command
  --threads N          threads that compare (as many as the machine has cores)
  --json               figures as JSON
  --generate RECORDS   writes a made-up customer file with one tenth of further records, and its truth, to measure with`;

class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `npm run match`. Exit code 2 for a wrong call or an unreadable file, 130 when stopped. */
async function main(): Promise<void> {
  const { values, positionals } = parseOptions();
  if (values.generate !== undefined) return generateFile(Number(values.generate), values.out);
  if (values.help || positionals.length === 0) throw new UsageError(USAGE);
  const started = performance.now();
  const table = await readAll(positionals, values.against ?? [], rolesOf(values.column ?? []));
  const read = (performance.now() - started) / 1000;
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Stopped()));
  const bar = progressBar(process.stderr, "parts");
  const result = await runMatch(table, {
    isAcrossFiles: values.against !== undefined,
    isOneToOne: values["one-to-one"] ?? false,
    thresholds: {
      precision: shareOf(values.precision, DEFAULT_THRESHOLDS.precision),
      review: shareOf(values.review, DEFAULT_THRESHOLDS.review),
    },
    ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
    ...(values.folder === undefined ? {} : { folder: values.folder }),
    onProgress: (done, of) => bar.at(done, of),
    signal: stop.signal,
  }).finally(() => bar.end());
  const ids = idsOf(table);
  if (values.out !== undefined) await writeFile(values.out, clustersAsCsv(ids, result));
  if (values["review-out"] !== undefined) await writeFile(values["review-out"], reviewAsCsv(ids, result));
  const truth = values.truth && (await measureBy(values.truth, ids, result, table, values.against !== undefined));
  const figures = figuresOf(table, result, read, (performance.now() - started) / 1000, truth);
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : asText(figures));
}

class Stopped extends Error {
  override readonly name = "Stopped";
}

function parseOptions() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const many = { type: "string", multiple: true } as const;
  const options = {
    against: many,
    column: many,
    truth: many,
    out: text,
    "review-out": text,
    precision: text,
    review: text,
    folder: text,
    threads: text,
    generate: text,
    "one-to-one": flag,
    json: flag,
    help: flag,
  } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ""}\n\n${USAGE}`, { cause: error });
  }
}

function shareOf(text: string | undefined, otherwise: number): number {
  const share = text === undefined ? otherwise : Number(text);
  if (!(share > 0 && share < 1)) throw new UsageError(`${text} is no share between 0 and 1`);
  return share;
}

function rolesOf(texts: readonly string[]): Map<string, Role> {
  return new Map(
    texts.map((text) => {
      const at = text.lastIndexOf("=");
      const role = ROLES.find((role) => role === text.slice(at + 1));
      if (at < 1 || !role) throw new UsageError(`--column ${text}: NAME=ROLE with one of ${ROLES.join(", ")}`);
      return [text.slice(0, at), role];
    }),
  );
}

async function generateFile(records: number, path: string | undefined): Promise<void> {
  if (!Number.isInteger(records) || records < 1 || path === undefined) throw new UsageError(USAGE);
  const made = await generate(path, records);
  process.stdout.write(`${made.records.toLocaleString("en")} records of ${made.people.toLocaleString("en")} people in ${path}\n`);
}

async function readAll(paths: readonly string[], against: readonly string[], given: ReadonlyMap<string, Role>): Promise<Table> {
  const read = async (path: string, isSecond: boolean) => {
    const table = await readTable(path).catch((error: unknown) => {
      throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : "unknown"}`, { cause: error });
    });
    return { table, isSecond };
  };
  const files = await Promise.all([...paths.map((path) => read(path, false)), ...against.map((path) => read(path, true))]);
  const table = mergeTables(files, given);
  for (const name of given.keys())
    if (!table.columns.some((column) => column.name === name)) throw new UsageError(`There is no column ${name}`);
  return table;
}

/** The id of each row, or its number where the file has none. */
function idsOf({ columns, rows }: Table): string[] {
  const at = columns.findIndex(({ role }) => role === "id");
  return rows.map((row, i) => row[at] ?? String(i + 1));
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** In the order of the input. Clusters have numbers that do not depend on that order. */
function clustersAsCsv(ids: readonly string[], { clusterOf }: Matched): string {
  return `id,cluster\n${ids.map((id, i) => `${quoted(id)},${clusterOf[i]}\n`).join("")}`;
}

function reviewAsCsv(ids: readonly string[], { review }: Matched): string {
  return `id,other,chance\n${review.map(({ rows: [a, b], chance }) => `${quoted(ids[a] ?? "")},${quoted(ids[b] ?? "")},${chance.toFixed(3)}\n`).join("")}`;
}

async function measureBy(
  paths: readonly string[],
  ids: readonly string[],
  result: Matched,
  table: Table,
  isAcross: boolean,
): Promise<Measure> {
  const truth = new Map<string, string>();
  for (const path of paths) for (const [id = "", person = ""] of (await readTable(path)).rows) truth.set(id, person);
  const missing = ids.find((id) => !truth.has(id));
  if (missing !== undefined) throw new UsageError(`--truth does not say whose ${missing} is`);
  return measure(
    result.clusterOf,
    ids.map((id) => truth.get(id) ?? ""),
    isAcross ? table.files : undefined,
  );
}

function figuresOf(table: Table, result: Matched, read: number, seconds: number, truth: Measure | undefined) {
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return {
    records: table.rows.length,
    columns: Object.fromEntries(table.columns.map(({ name, role }) => [name, role])),
    keys: result.plan.keys.map(({ atoms, pairs, big }) => ({
      key: atoms.map((at) => result.plan.atoms[at]?.name).join(" + "),
      expectedPairs: Math.round(pairs),
      bigBlocks: big.length,
    })),
    pairsCompared: result.compared,
    clusters: result.clusters,
    linkFromChance: round(chanceOf(result.linkFrom)),
    expectedPrecision: round(result.expectedPrecision),
    toReview: result.review.length,
    seconds: {
      read: round(read),
      learn: round(result.seconds.learn),
      compare: round(result.seconds.judge),
      cluster: round(result.seconds.decide),
      all: round(seconds),
    },
    recordsPerSecond: Math.round(table.rows.length / seconds),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    ...(truth ? { precision: round(truth.precision), recall: round(truth.recall), f1: round(truth.f1) } : {}),
  };
}

function asText(figures: ReturnType<typeof figuresOf>): string {
  const number = (value: number): string => value.toLocaleString("en");
  const big = figures.keys.reduce((sum, { bigBlocks }) => sum + bigBlocks, 0);
  const lines = [
    `${number(figures.records)} records: ${Object.entries(figures.columns)
      .map(([name, role]) => `${name} = ${role}`)
      .join(", ")}`,
    figures.keys.length === 0 ? "every pair compared" : `${figures.keys.length} keys, ${number(big)} big blocks compared in part`,
    `${number(figures.pairsCompared)} pairs compared, ${number(figures.clusters)} clusters, ${number(figures.toReview)} pairs to review`,
    `joined above a chance of ${figures.linkFromChance}; ${(figures.expectedPrecision * 100).toFixed(1)} % of the joined pairs are expected to be right`,
    `${figures.seconds.all.toFixed(1)} s, ${number(figures.recordsPerSecond)} records a second, ${number(figures.peakMemoryMb)} MB`,
  ];
  if ("f1" in figures) lines.push(`precision ${figures.precision}, recall ${figures.recall}, F1 ${figures.f1}`);
  return `${lines.join("\n")}\n`;
}

try {
  await main();
} catch (error) {
  if (error instanceof Stopped) {
    process.stderr.write("Stopped. With --folder the same command goes on from here.\n");
    process.exitCode = 130;
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
