import { RETENTION } from "../retention.ts";
import type { Signal } from "../platform/index.ts";
import { SIGNALS } from "../signals.ts";

/** The table of signals for docs/operations.md. */
export function signalTable(): string {
  const rows = SIGNALS.map(({ name, about, worse, watch, bad, unit, sql }) => [
    `\`${name}\``,
    about,
    `${worse} ${amount(watch, unit)}`,
    `${worse} ${amount(bad, unit)}`,
    sql === undefined ? "each node" : "installation",
  ]);
  return table(["signal", "what it says", "look today", "look now", "of"], rows);
}

/** The table of what is kept how long, for docs/operations.md. */
export function retentionTable(): string {
  const by = { erasure: "erasure", use: "its use ends it", nobody: "nobody" };
  const rows = Object.entries(RETENTION).map(([name, { why, kept, by: who }]) => [
    `\`${name}\``,
    why,
    kept,
    who.startsWith("job ") ? `job \`${who.slice(4)}\`` : by[who as keyof typeof by], // what is no job is one of these three
  ]);
  return table(["table", "why", "kept", "deleted by"], rows);
}

/** The rules for Prometheus, two for each signal. A signal that is missing altogether is an alert of its own. */
export function alertRules(): string {
  return [
    "# Written from hub/src/signals.ts by `npm run docs:operations`; the tests hold it against that file.",
    "groups:",
    "  - name: weft",
    "    rules:",
    "      - alert: WeftNotScraped",
    "        expr: absent(weft_signal_sequencer_lag_seconds)",
    "        for: 5m",
    "        labels: { severity: critical }",
    '        annotations: { summary: "No hub is scraped: does one run, and does Prometheus reach its /metrics?" }',
    ...SIGNALS.flatMap((signal) => [...rule(signal, "warning"), ...rule(signal, "critical")]),
    "",
  ].join("\n");
}

function rule({ name, about, worse, watch, bad }: Signal, severity: "warning" | "critical"): string[] {
  const word = name
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
  const [sign, of] = worse === "above" ? [">", "max"] : ["<", "min"];
  return [
    `      - alert: Weft${word}${severity === "critical" ? "Critical" : ""}`,
    `        expr: ${of}(weft_signal_${name}) ${sign} ${severity === "critical" ? bad : watch}`,
    `        for: ${severity === "critical" ? "2m" : "10m"}`,
    `        labels: { severity: ${severity} }`,
    "        annotations:",
    `          summary: ${JSON.stringify(about)}`,
    '          value: "{{ $value }}"',
  ];
}

function amount(value: number, unit: Signal["unit"]): string {
  if (unit === "ratio") return `${Math.round(value * 1000) / 10} %`;
  if (unit === "days") return `${value} days`;
  if (unit === "count") return String(value);
  if (value >= 3600) return `${value / 3600} h`;
  return value >= 60 ? `${value / 60} min` : `${value} s`;
}

/** Columns as wide as their longest cell, as the formatter lays them out. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** A document with the tables between its marks written anew. */
export function withTables(document: string): string {
  return replaced(replaced(document, "signals", signalTable()), "retention", retentionTable());
}

function replaced(document: string, mark: string, text: string): string {
  const [from, to] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const [begin, end] = [document.indexOf(from), document.indexOf(to)];
  if (begin < 0 || end < begin) throw new Error(`the document has lost its marks of ${mark}`);
  return `${document.slice(0, begin + from.length)}\n\n${text}\n\n${document.slice(end)}`;
}
