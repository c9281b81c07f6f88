import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Where the build leaves these facts beside the bundle: a release needs neither its tests nor its history to show them. */
export const COMPLIANCE_FILE = "compliance.json";

/** The code that a change of is a change of what the law asks for. */
const FISCAL_CODE = [
  "hub/src/modules/till/fiscal",
  "hub/src/modules/till/archive",
  "hub/src/modules/till/journal",
  "hub/src/modules/till/country",
  "apps/till/src/book",
];
const MODULE = "hub/src/modules/till";
/** Rules of the journal, and of archives and exports. */
const RULE = /^\| ((?:JRN|ARC)-\d+)\s*\| (.+?)\s*\|$/gm;

export type ComplianceFacts = {
  /** The rules of the journal with the tests that carry their ids; none is none. */
  readonly rules: readonly { readonly id: string; readonly rule: string; readonly tests: readonly string[] }[];
  /** What changed in the fiscal code, the newest first; null where there was no history to read. */
  readonly changes: readonly { readonly date: string; readonly what: string }[] | null;
  /** One hash over the fiscal code, so that two installations can be compared. */
  readonly codeHash: string;
};

/** Reads the facts of a release from its sources. */
export async function gatherCompliance(root: string): Promise<ComplianceFacts> {
  const readme = readFileSync(join(root, MODULE, "README.md"), "utf8");
  const tests = testsOf(root);
  const rules = [...readme.matchAll(RULE)].map(([, id = "", rule = ""]) => ({
    id,
    rule,
    tests: tests.filter((name) => name.includes(`[${id}]`)),
  }));
  return { rules, changes: await changesOf(root), codeHash: hashOf(root) };
}

/** Names of tests, which are the rules in words. */
function testsOf(root: string): string[] {
  const files = globSync(["hub/src/**/*.test.ts", "hub/test/*.test.ts", "apps/till/src/**/*.test.ts", "e2e/stories/*.story.ts"], {
    cwd: root,
  });
  return files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/(?:\bit|\btest|\bstory)(?:\.each[^(]*\([^)]*\))?\(\s*(["'`])(.+?)\1/gs)].map(
      ([, , name = ""]) => `${file}: ${name}`,
    ),
  );
}

async function changesOf(root: string): Promise<ComplianceFacts["changes"]> {
  try {
    const { stdout } = await promisify(execFile)("git", ["log", "--format=%cs%x09%s", "--", ...FISCAL_CODE], {
      cwd: root,
      maxBuffer: 1 << 24,
    });
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => ({ date: line.slice(0, 10), what: line.slice(11) }));
  } catch {
    return null;
  }
}

function hashOf(root: string): string {
  const hash = createHash("sha256");
  const files = FISCAL_CODE.flatMap((folder) => globSync(`${folder}/**/*.{ts,mjs,sql}`, { cwd: root })).toSorted();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}
