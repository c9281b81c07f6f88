import type { RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import { isDefect, verifyEntries, type FiscalEntry } from "../fiscal/index.ts";
import type { Defect } from "../journal.ts";
import { registerKeys } from "../journal/rows.ts";
import { journalOf } from "./read-entries.ts";
import { missedBy } from "./witnesses.ts";

export type CheckFinding = { readonly code: string; readonly entry: string; readonly reason: string };
export type Checked = {
  readonly entries: number;
  readonly found: number;
  readonly continued: number;
  readonly findings: readonly CheckFinding[];
};

/** So many are kept with a verification; how many there are in all is told beside. */
const MOST_KEPT = 100;
export const keptFindings = (findings: readonly CheckFinding[]): readonly CheckFinding[] => findings.slice(0, MOST_KEPT);

/** Verifies what a register signed, as everybody who has its public keys could, beside what the hub hashed for it [ARC-4]. */
export async function verifyRegister(
  db: Db,
  { id, code }: { readonly id: RegisterId; readonly code: string },
  ofHub: readonly Defect[],
  told: (entries: number) => void,
): Promise<Checked> {
  const { entries, findings } = await verifyEntries(counted(journalOf(db, id), told), await registerKeys({ db }, id));
  const all: CheckFinding[] = [
    ...ofHub.map(({ chain, seq, defect }) => ({ ...SAID[defect], entry: `${code}/${chain}/${seq}` })),
    ...findings.map((finding) => ({ code: finding.code, entry: `${code}/${finding.chain}/${finding.seq}`, reason: finding.detail })),
  ];
  all.push(...(await missedBy(db, { id, code })));
  const { rows } = await sql<{ count: number }>`
    select count(*)::float8 as count from till.fiscal_entry where register_id = ${id} and sig is null`.execute(db);
  const found = all.filter((finding) => finding.code !== "continued").length;
  return {
    entries: entries + (rows[0]?.count ?? 0),
    found,
    continued: findings.filter((finding) => !isDefect(finding)).length,
    findings: all,
  };
}

const SAID: Readonly<Record<Defect["defect"], Pick<CheckFinding, "code" | "reason">>> = {
  hash: { code: "#VERIFY", reason: "its content has another hash" },
  chain: { code: "#CHAIN", reason: "does not follow the entry before it" },
  sequence: { code: "#SEQUENCE", reason: "a number is missing or doubled before it" },
};

async function* counted(entries: AsyncIterable<FiscalEntry>, told: (entries: number) => void): AsyncGenerator<FiscalEntry> {
  for await (const entry of entries) {
    told(1);
    yield entry;
  }
}
