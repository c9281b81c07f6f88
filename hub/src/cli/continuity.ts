import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import {
  createLogTally,
  DEFAULT_WEIGHTS,
  FACETS,
  indexOf,
  LEAST_SEAMS,
  levelOf,
  pooled,
  shareOf,
  type LoggedTouch,
  type LogTally,
  type PairTally,
} from "../modules/insights/domain/index.ts";

const USAGE = `npm run continuity -- FILE [--json]
npm run continuity -- --rebuild

Reads a log of journeys, CSV with a header or one JSON object a line, gzip or not, and says what was carried and what was lost where a
person changed the channel. Fields: journey_id, channel, customer_id, basket_id, basket_items (SKUxQUANTITY@PRICE;…), loyalty_seen,
loyalty_ledger, conversation_id. Events of a journey are in the order in which they happened.

--rebuild finds the seams of the hub's own customers again, from their touchpoints (DATABASE_URL, else the database under WEFT_HOME).`;

class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `npm run continuity`. Exit code 2 for a wrong call or a file that is no such log. */
async function main(): Promise<void> {
  const options = { json: { type: "boolean" }, rebuild: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [path] = positionals;
  if (values.rebuild && path === undefined) return rebuild();
  if (values.help || path === undefined || positionals.length > 1) throw new UsageError(USAGE);
  const tally = await readLog(path);
  process.stdout.write(values.json ? `${JSON.stringify(asObject(tally))}\n` : asTable(tally));
}

/** Loaded only for this: reading a file needs no database. */
async function rebuild(): Promise<void> {
  const { rebuildAll } = await import("./rebuild-seams.ts");
  const records = await rebuildAll((done) => process.stdout.write(`\r${done.toLocaleString("en")} records`));
  process.stdout.write(`\r${records.toLocaleString("en")} records looked at, their seams found again\n`);
}

const FIELDS = {
  journeyId: "journey_id",
  channel: "channel",
  customerId: "customer_id",
  basketId: "basket_id",
  basketItems: "basket_items",
  loyaltySeen: "loyalty_seen",
  loyaltyLedger: "loyalty_ledger",
  conversationId: "conversation_id",
} as const satisfies Record<keyof LoggedTouch, string>;

async function readLog(path: string): Promise<LogTally> {
  const tally = createLogTally();
  let read: ((line: string) => LoggedTouch) | undefined;
  let number = 0;
  await eachLine(path, (line) => {
    number++;
    if (line === "") return;
    try {
      if (read) tally.add(read(line));
      else if (line.startsWith("{")) tally.add((read = fromJson)(line));
      else read = fromCsv(cellsOf(line));
    } catch (error) {
      throw new UsageError(`${path}, line ${number}: ${error instanceof Error ? error.message : "cannot be read"}`, { cause: error });
    }
  });
  return tally.done();
}

const READ_AT_ONCE = 1 << 18;

/** Called for each line at once: an asynchronous iterator costs more than half of the time that a million lines take. */
async function eachLine(path: string, take: (line: string) => void): Promise<void> {
  const file = createReadStream(path, { highWaterMark: READ_AT_ONCE });
  const text = path.endsWith(".gz") ? file.pipe(createGunzip({ chunkSize: READ_AT_ONCE })) : file;
  file.on("error", (error) => text.destroy(error));
  let rest = "";
  try {
    for await (const part of text.setEncoding("utf8")) {
      const lines = (rest + String(part)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line.endsWith("\r") ? line.slice(0, -1) : line);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : "unknown"}`, { cause: error });
  }
  if (rest !== "") take(rest);
}

function fromCsv(header: readonly string[]): (line: string) => LoggedTouch {
  const at = {} as Record<keyof LoggedTouch, number>; // filled for every field below
  for (const [field, name] of Object.entries(FIELDS) as [keyof LoggedTouch, string][]) {
    // the entries of the table above
    at[field] = header.indexOf(name);
    if (at[field] < 0) throw new UsageError(`the header has no column ${name}`);
  }
  return (line) => {
    const cells = cellsOf(line);
    const cell = (field: keyof LoggedTouch): string => cells[at[field]] ?? "";
    return {
      journeyId: cell("journeyId"),
      channel: cell("channel"),
      customerId: cell("customerId"),
      basketId: cell("basketId"),
      basketItems: cell("basketItems"),
      loyaltySeen: cell("loyaltySeen"),
      loyaltyLedger: cell("loyaltyLedger"),
      conversationId: cell("conversationId"),
    };
  };
}

/** A line without quotes is cut at its commas. In quotes, a comma is one of the text and two quotes are one; no cell goes over a line's end. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const cells: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
  return cells;
}

function fromJson(line: string): LoggedTouch {
  const row: unknown = JSON.parse(line);
  const text = (name: string): string => {
    const value = typeof row === "object" && row !== null ? (row as Record<string, unknown>)[name] : undefined; // just seen
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  if (text(FIELDS.journeyId) === "" || text(FIELDS.channel) === "") throw new Error("journey_id and channel are missing");
  return {
    journeyId: text(FIELDS.journeyId),
    channel: text(FIELDS.channel),
    customerId: text(FIELDS.customerId),
    basketId: text(FIELDS.basketId),
    basketItems: text(FIELDS.basketItems),
    loyaltySeen: text(FIELDS.loyaltySeen),
    loyaltyLedger: text(FIELDS.loyaltyLedger),
    conversationId: text(FIELDS.conversationId),
  };
}

/** Shares are rounded to six digits, as the measure is compared. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function asObject({ pairs }: LogTally) {
  const all = [...pairs.values()];
  const seams = all.reduce((sum, pair) => sum + pair.seams, 0);
  const score = all.reduce((sum, pair) => sum + pair.score, 0);
  return {
    weights: DEFAULT_WEIGHTS,
    transitions: seams,
    overall_continuity: seams === 0 ? null : round(score / seams),
    index: indexOf(all),
    ...ratesOf(all),
    pairs: Object.fromEntries(
      [...pairs.entries()]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, pair]) => [
          name,
          {
            transitions: pair.seams,
            continuity: round(pair.score / pair.seams),
            level: levelOf(pair),
            ...pooled(pair.facets),
            ...ratesOf([pair]).dimension_rates,
          },
        ]),
    ),
  };
}

/** Per facet over these pairs: to how many seams it applied, and the share of them that carried it. A facet that never applied is absent. */
function ratesOf(pairs: readonly PairTally[]) {
  const applied = FACETS.flatMap((facet) => {
    const carried = pairs.reduce((sum, { facets }) => sum + facets[facet].carried, 0);
    const lost = pairs.reduce((sum, { facets }) => sum + facets[facet].lost, 0);
    const share = shareOf({ carried, lost });
    return share ? [{ facet, n: carried + lost, share: round(share.share) }] : [];
  });
  return {
    dimension_rates: Object.fromEntries(applied.map(({ facet, share }) => [facet, share])),
    applicable: Object.fromEntries(applied.map(({ facet, n }) => [facet, n])),
  };
}

const percent = (value: number | undefined): string => (value === undefined ? "–" : `${(value * 100).toFixed(1)} %`);

function asTable(tally: LogTally): string {
  const { transitions, overall_continuity: overall, index } = asObject(tally);
  const rows = [...tally.pairs.entries()].toSorted(([, a], [, b]) => b.seams - a.seams);
  const lines = rows.map(([name, pair]) => {
    const share = shareOf(pooled(pair.facets));
    const interval = share ? `${percent(share.low)} – ${percent(share.high)}` : "";
    return [name, String(pair.seams), percent(share?.share), interval, (pair.score / pair.seams).toFixed(6), levelOf(pair) ?? "no verdict"];
  });
  const table = [["pair", "seams", "carried", "95 % interval", "weighted", "level"], ...lines];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const text = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  const weights = Object.entries(DEFAULT_WEIGHTS).map(([facet, weight]) => `${facet} ${weight}`);
  return `${text.join("\n")}

${transitions} seams, weighted ${overall ?? "–"} (${weights.join(", ")}), index ${index?.toFixed(3) ?? "–"}
A pair with fewer than ${LEAST_SEAMS} seams has no verdict.
`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
