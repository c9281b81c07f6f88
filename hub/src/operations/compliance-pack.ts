import { createHash } from "node:crypto";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { withDatabase } from "../cli/with-database.ts";
import { INVARIANTS } from "../invariants.ts";
import { attestationDraft, COUNTRY_PROFILES } from "../modules/till/index.ts";
import { BackupError, checkInvariants, createLog, readConfig, type InvariantReport } from "../platform/index.ts";
import { VERSION } from "../version.ts";
import { COMPLIANCE_FILE, gatherCompliance, type ComplianceFacts } from "./compliance-facts.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/**
 * `npm run compliance-pack -- FILE.zip`: what a publisher hands to a retailer for a release: a draft of the French attestation to complete and
 * sign, the rules of the journal with their tests, what must be true of the data and whether it is, what changed in the fiscal code, and the
 * verifier of archives. Exit code 2 when it was not made.
 */
export async function compliancePack(args: readonly string[]): Promise<void> {
  const [path] = args;
  if (path === undefined || args.length > 1) throw new BackupError("npm run compliance-pack -- FILE.zip");
  if (existsSync(path)) throw new BackupError(`${path} is there already: give the new pack a name of its own.`);
  const beside = join(import.meta.dirname, COMPLIANCE_FILE);
  const facts = existsSync(beside) ? (JSON.parse(readFileSync(beside, "utf8")) as ComplianceFacts) : await gatherCompliance(ROOT); // written by the build
  const invariants = await withDatabase(readConfig(process.env, []), createLog("warn"), (pool) => checkInvariants(pool, INVARIANTS));
  const verifier = readFileSync(fileBeside("verifier.mjs"));
  const zip = new ZipFile();
  const files: Readonly<Record<string, string>> = {
    "LISEZ-MOI.txt": README,
    "attestation-FR-PROJET.txt": attestationDraft({ version: VERSION, codeHash: facts.codeHash }),
    "countries.txt": countriesText(),
    "rules.txt": rulesText(facts),
    "invariants.txt": invariantsText(invariants),
    "changes.txt": changesText(facts),
    "release.json": `${JSON.stringify({ version: VERSION, fiscalCodeSha256: facts.codeHash, verifierSha256: createHash("sha256").update(verifier).digest("hex") }, null, 2)}\n`,
    "archive.xsd": readFileSync(fileBeside("archive.xsd"), "utf8"),
  };
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.addBuffer(verifier, "verifier.mjs");
  zip.end();
  await pipeline(Readable.from(zip.outputStream as unknown as AsyncIterable<Buffer>), createWriteStream(path)); // yazl's is a PassThrough of Node
  const tested = facts.rules.filter(({ tests }) => tests.length > 0).length;
  const held = invariants.results.filter(({ violations }) => violations === 0).length;
  process.stdout.write(
    `${path}: version ${VERSION}, ${tested} of ${facts.rules.length} rules of the journal with a test, ${held} of ${invariants.results.length} invariants hold\n`,
  );
}

/** In the bundle everything lies in one folder. */
function fileBeside(name: string): string {
  const bundled = join(import.meta.dirname, name);
  return existsSync(bundled) ? bundled : join(ROOT, "hub/src/modules/till/archive", name);
}

const README = `Ce dossier accompagne une version de Weft. Il ne vaut pas attestation : l'attestation est un document individuel que l'éditeur
complète, vérifie et signe sous sa responsabilité.

This pack goes with one release of Weft. It is evidence and a draft, not an attestation: that is an individual document, which the publisher
completes, checks and signs.

attestation-FR-PROJET.txt   draft of the attestation (article 286, I, 3° bis CGI)
countries.txt               what each country asks for, and what of it is built
rules.txt                   the rules of the journal, with the tests whose names carry them
invariants.txt              what must be true of the data, and whether it was when this pack was made
changes.txt                 what changed in the fiscal code
verifier.mjs                node verifier.mjs ARCHIVE.zip: verifies an archive on a bare Node 20 or newer
archive.xsd                 the form of archive.xml
release.json                version and hashes
`;

const countriesText = (): string =>
  COUNTRY_PROFILES.map(({ country, law, needs }) => {
    const lines = needs.map(({ what, state }) => `  ${STATES[state]}  ${what}`);
    return `${country}: ${law}\n${lines.join("\n")}\n`;
  }).join("\n");

const STATES = { built: "built    ", port: "port only", missing: "NOT BUILT" } as const;

function rulesText({ rules }: ComplianceFacts): string {
  const untested = rules.filter(({ tests }) => tests.length === 0).length;
  const lines = rules.map(({ id, rule, tests }) =>
    [`${id}  ${rule}`, ...(tests.length === 0 ? ["    NO TEST"] : tests.map((test) => `    ${test}`))].join("\n"),
  );
  return `${lines.join("\n\n")}\n\n${rules.length} rules, ${untested} without a test.\n`;
}

function invariantsText({ checkedAt, results }: InvariantReport): string {
  const lines = results.map(
    ({ name, description, violations }) =>
      `${violations === 0 ? "ok  " : "FAIL"}  ${name}: ${description}${violations === 0 ? "" : ` (${violations})`}`,
  );
  return `${String(checkedAt)}\n\n${lines.join("\n")}\n`;
}

const changesText = ({ changes }: ComplianceFacts): string =>
  changes === null
    ? "The history of the sources was not there when this release was built.\n"
    : `${changes.map(({ date, what }) => `${date}  ${what}`).join("\n")}\n`;
