import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { alertRules, withTables } from "../hub/src/operations/write-documents.ts";

// `npm run docs:operations`: the tables of docs/operations.md and the alerts of Prometheus, out of the code.
const root = resolve(import.meta.dirname, "..");
const page = resolve(root, "docs/operations.md");
writeFileSync(page, withTables(readFileSync(page, "utf8")));
writeFileSync(resolve(root, "deploy/prometheus/weft.rules.yaml"), alertRules());
