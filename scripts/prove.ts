import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

/**
 * `npm run prove -- NAME [--full]`: the long form of a proof, and with `--full` the longest; docs/proofs.md says what each tries. The tests
 * are those of `npm test`; they read in `WEFT_PROVE` that they shall take all
 * of what they take a part of there. `commerce` also takes `--operations COUNT`, `--minutes COUNT`, `--go-on` and `--replay FILE`.
 */
const PROOFS: Readonly<Record<string, readonly string[]>> = {
  kills: ["hub/test/kills.test.ts"],
  commerce: ["hub/test/commerce.test.ts", "hub/src/modules/stock/races.test.ts"],
  loyalty: ["hub/test/loyalty-histories.test.ts"],
  "import-kills": ["hub/test/import-kills.test.ts"],
  import: ["hub/src/modules/integrations/import/real-files.test.ts"],
  matching: ["hub/src/modules/customers/matching/known-sets.test.ts"],
  intake: ["hub/test/event-clients.test.ts"],
  fiscal: ["hub/src/modules/till/fiscal/fiscal.test.ts"],
  storm: ["hub/test/merge-storm.test.ts"],
  recall: ["hub/test/recall-size.test.ts"],
  "offline-day": ["hub/test/offline-day.test.ts"],
};

/** The one that needs a browser, and so no test. */
const IN_BROWSER = "till-kills";

const { values, positionals } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    operations: { type: "string" },
    minutes: { type: "string" },
    "go-on": { type: "boolean", default: false },
    replay: { type: "string" },
  },
  allowPositionals: true,
});
const [name = ""] = positionals;
const files = PROOFS[name];
if (!files && name !== IN_BROWSER) {
  process.stderr.write(`npm run prove -- NAME [--full], with one of these: ${[...Object.keys(PROOFS), IN_BROWSER].join(", ")}\n`);
  process.exit(2);
}
const [program, words] = files ? (["vitest", ["run", ...files]] as const) : (["node", ["e2e/till-kills.ts"]] as const);
const child = spawn(program, words, {
  stdio: "inherit",
  env: {
    ...process.env,
    WEFT_PROVE: name,
    WEFT_PROVE_FULL: values.full ? "1" : "0",
    ...(values.operations && { WEFT_PROVE_OPERATIONS: values.operations }),
    ...(values.minutes && { WEFT_PROVE_MINUTES: values.minutes }),
    WEFT_PROVE_GO_ON: values["go-on"] ? "1" : "0",
    ...(values.replay && { WEFT_PROVE_REPLAY: values.replay }),
  },
});
child.on("close", (code) => process.exit(code ?? 1));
