import { spawn } from "node:child_process";

/**
 * `npm run prove -- NAME`: the long form of a proof. The tests are those of `npm test`; they read in `WEFT_PROVE` that they shall take all
 * of what they take a part of there.
 */
const PROOFS: Readonly<Record<string, readonly string[]>> = {
  import: ["hub/src/modules/integrations/import/real-files.test.ts"],
};

const [name = ""] = process.argv.slice(2);
const files = PROOFS[name];
if (!files) {
  process.stderr.write(`npm run prove -- NAME, with one of these: ${Object.keys(PROOFS).join(", ")}\n`);
  process.exit(2);
}
const child = spawn("vitest", ["run", ...files], { stdio: "inherit", env: { ...process.env, WEFT_PROVE: name } });
child.on("close", (code) => process.exit(code ?? 1));
