import { parseArgs } from "node:util";
import { migrationFolders } from "../modules.ts";
import {
  catalogFileLines,
  differences,
  FileError,
  importCatalog,
  importOrderFiles,
  importProductFile,
  isCatalogFile,
  readMap,
  writeExact,
  type NetValue,
  type OrderImport,
  type ProductImport,
} from "../modules/integrations/index.ts";
import type { ImportKind } from "@weft/contracts";
import {
  analyzeFilled,
  createLog,
  createSnapshots,
  openVault,
  readConfig,
  SYSTEM,
  type Log,
  type Surroundings,
} from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { importFile, WishError, type FileDone, type FileWishes } from "./import-files.ts";
import { progressBar } from "./progress-bar.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = `npm run import -- products FILE [--map FIELD=COLUMN…]
npm run import -- orders FILE… --entity NAME --currency GBP --time-zone Europe/London [--country GB] [--map FIELD=COLUMN…]
npm run import -- customers|events|consents FILE… --channel CODE [--map FIELD=COLUMN…] [--date-order dmy|mdy]
                  [--verified email,phone --because TEXT] [--confirmed-because TEXT] [--notice VERSION|none]

Products and orders come as CSV with a header, products also in the form that the office exports; customers, events and consents as CSV of any usual form or as vCard; gzip or not.
People are collected under the notice in force on their channel, unless --notice names another version that it has shown, or none. Reads into the database that the hub has (DATABASE_URL, else the one under WEFT_HOME).
The legal entity, the channel of its web shop and its place are made when there are none. May be run again at any time: nothing doubles.`;

/** What was asked for cannot be done as it was asked; the message says what to say instead. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `npm run import`. Exit code 1 when the sums of the books are not those of the files, 2 for a wrong call. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      entity: { type: "string" },
      currency: { type: "string" },
      "time-zone": { type: "string" },
      country: { type: "string" },
      map: { type: "string", multiple: true, default: [] },
      channel: { type: "string" },
      "date-order": { type: "string" },
      verified: { type: "string", default: "" },
      because: { type: "string" },
      "confirmed-because": { type: "string" },
      notice: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [what, ...paths] = positionals;
  const kind = PEOPLE_KINDS.find((one) => one === what);
  if (kind && !values.help && paths.length > 0) return importPeople(kind, paths, values);
  const map = readMap(values.map);
  if (!map.ok) throw new UsageError(map.error);
  if (values.help || (what !== "products" && what !== "orders") || paths.length === 0) throw new UsageError(USAGE);
  if (what === "products") {
    for (const path of paths) await importProducts(path, map.value);
    return;
  }
  const wanted = { ...houseOf(values), paths, map: map.value };
  const bar = progressBar(process.stdout, "lines");
  const started = performance.now();
  const result = await onDatabase((around) => importOrderFiles(around, wanted, (done, of) => bar.at(done, of)));
  bar.end();
  if (!result.ok) throw new UsageError(result.error);
  tell(orderSummary(result.value, wanted.currency, (performance.now() - started) / 1000));
  process.exitCode = differences(result.value.file, result.value.books).length > 0 ? 1 : 0;
}

/** A file in the form of the export changes what it says; any other names goods that are new or known already. */
async function importProducts(path: string, map: Parameters<typeof importProductFile>[2]): Promise<void> {
  if (!(await isCatalogFile(path))) return void tell(productSummary(await onDatabase((around) => importProductFile(around, path, map))));
  const done = await onDatabase((around) => importCatalog(around, catalogFileLines(path)));
  if (!done.ok) throw new UsageError(`${path}: the column ${done.error.missing} is missing, or nobody knows it.`);
  const { lines, made, changed, same, refused } = done.value;
  tell(
    [
      `  ${count(lines)} lines: ${count(made)} products made, ${count(changed)} changed, ${count(same)} as they were, ${count(refused.length)} lines in quarantine`,
      ...refused.slice(0, 10).map(({ number, reason, detail }) => `    line ${number}: ${reason}${detail === null ? "" : ` (${detail})`}`),
    ].join("\n"),
  );
  if (refused.length > 0) process.exitCode = 1;
}

const PEOPLE_KINDS: readonly ImportKind[] = ["customers", "events", "consents", "companies", "memberships"];

type PeopleValues = Given & {
  readonly map: readonly string[];
  readonly channel?: string | undefined;
  readonly "date-order"?: string | undefined;
  readonly verified: string;
  readonly because?: string | undefined;
  readonly "confirmed-because"?: string | undefined;
  readonly notice?: string | undefined;
};

async function importPeople(kind: ImportKind, paths: readonly string[], given: PeopleValues): Promise<void> {
  const { channel, "date-order": order, because, "confirmed-because": confirmedBecause } = given;
  if (channel === undefined) throw new UsageError("Say whose file it is: --channel CODE.\n\n" + USAGE);
  const verified = (["email", "phone"] as const).filter((one) => given.verified.split(",").includes(one));
  if (verified.length > 0 && because === undefined)
    throw new UsageError("--verified needs --because: who says so, and how it was checked.");
  const wishes: Omit<FileWishes, "path"> = {
    kind,
    channel,
    map: Object.fromEntries(given.map.map((pair) => [pair.split("=")[0] ?? "", pair.split("=").slice(1).join("=")])),
    dateOrder: order === "dmy" || order === "mdy" ? order : undefined,
    verified,
    because: because ?? null,
    confirmedBecause: confirmedBecause ?? null,
    notice: given.notice ?? null,
  };
  const vault = openVault(readConfig(process.env, []).secret);
  for (const path of paths) {
    const bar = progressBar(process.stdout, "bytes");
    const started = performance.now();
    const done = await onDatabase((around) => importFile(around, vault, { ...wishes, path }, (read, of) => bar.at(read, of)));
    bar.end();
    tell(peopleSummary(path, done, (performance.now() - started) / 1000));
    if (done.state !== "done") process.exitCode = 1;
  }
}

function peopleSummary(path: string, done: FileDone, seconds: number): string {
  return [
    `  ${path}: ${done.state}${done.failure === null ? "" : ` (${done.failure})`}, ${count(done.lines)} lines in ${seconds.toFixed(1)} s (${count(Math.round(done.lines / seconds))} a second)`,
    `  ${count(done.created)} new, ${count(done.changed)} changed, ${count(done.same)} known already, ${count(done.refused)} in quarantine`,
    ...done.reasons.map(({ reason, count: lines }) => `    ${reason.padEnd(28)}${count(lines).padStart(8)}`),
  ].join("\n");
}

const tell = (text: string): boolean => process.stdout.write(`${text}\n`);

type Given = { readonly entity?: string; readonly currency?: string; readonly "time-zone"?: string; readonly country?: string };

function houseOf(given: { readonly [Name in keyof Given]: Given[Name] | undefined }) {
  const { entity, currency, "time-zone": timeZone } = given;
  if (!entity || !currency || !timeZone) throw new UsageError("Orders need --entity, --currency and --time-zone.\n\n" + USAGE);
  if (!Intl.supportedValuesOf("currency").includes(currency))
    throw new UsageError(`${currency} is no currency; it has three capital letters, as in GBP.`);
  if (!isTimeZone(timeZone)) throw new UsageError(`${timeZone} is no time zone; it has a name as in Europe/London.`);
  return { entity, currency, timeZone, country: countryOf(currency, given.country) };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** ISO 4217 begins a country's currency with the country; those of several begin with X or stand for a union. */
function countryOf(currency: string, given: string | undefined): string {
  const country = given ?? currency.slice(0, 2);
  if (/^[A-Z]{2}$/.test(country) && (given !== undefined || (country !== "EU" && !country.startsWith("X")))) return country;
  throw new UsageError(`Say in which country the legal entity is: --country FR. ${currency} is used in several.`);
}

async function onDatabase<T>(work: (around: Surroundings) => Promise<T>): Promise<T> {
  const log: Log = createLog("warn");
  return withDatabase(readConfig(process.env, []), log, async (pool) => {
    await migrate(pool, migrationFolders(), log);
    const done = await work({ pool, log, requestId: "import", actor: SYSTEM, snapshots: createSnapshots({ pool, log }) });
    // Plans made while tables were empty would stay: tell the planner what is in them now.
    await analyzeFilled(pool);
    return done;
  });
}

function productSummary({ lines, made, known, refused }: ProductImport): string {
  const more = refused.slice(0, 10).map(({ number, reason }) => `    line ${number}: ${reason}`);
  return [
    `  ${count(lines)} lines: ${count(made)} products made, ${count(known)} known already, ${count(refused.length)} put aside`,
    ...more,
  ].join("\n");
}

const count = (number: number): string => number.toLocaleString("en");

function orderSummary(done: OrderImport, currency: string, seconds: number): string {
  const refused = [...done.refused].toSorted(([, a], [, b]) => b - a);
  const aside = refused.reduce((sum, [, lines]) => sum + lines, 0);
  const differing = differences(done.file, done.books);
  return [
    `  ${count(done.lines)} lines in ${seconds.toFixed(1)} s (${count(Math.round(done.lines / seconds))} a second): ${count(done.accepted)} accepted, ${count(aside)} in quarantine; ${count(done.made)} documents made`,
    ...refused.map(([reason, lines]) => `    ${reason.padEnd(28)}${count(lines).padStart(8)}`),
    "",
    `  Net value in ${currency}, sales less returns${" ".repeat(8)}file${" ".repeat(15)}books`,
    ...monthLines(done.file, done.books, currency),
    `  ${count(done.file.byCustomer.size)} customers${done.file.byCustomer.has("") ? ", guests being one" : ""}`,
    differing.length === 0
      ? "  File and books are equal at full scale: in all, by month and by customer."
      : `  File and books DIFFER: ${differing.slice(0, 10).join(", ")}${differing.length > 10 ? "…" : ""}`,
  ].join("\n");
}

function monthLines(file: NetValue, books: NetValue, currency: string): string[] {
  const row = (name: string, a: bigint, b: bigint) =>
    `    ${name.padEnd(12)}${writeExact(a, currency).padStart(34)}${writeExact(b, currency).padStart(20)}`;
  const months = [...file.byMonth.keys()].toSorted();
  return [
    ...months.map((month) => row(month, file.byMonth.get(month) ?? 0n, books.byMonth.get(month) ?? 0n)),
    row("total", file.total, books.total),
  ];
}

try {
  await main();
} catch (error) {
  if (
    !(
      error instanceof UsageError ||
      error instanceof WishError ||
      error instanceof FileError ||
      (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
    )
  )
    throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
