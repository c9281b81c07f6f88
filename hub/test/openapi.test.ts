import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENDPOINTS, PATHS } from "@weft/contracts";
import { expect, it } from "vitest";
import { openApiText } from "../src/openapi-file.ts";

it("[API-1] the document in the repository is the one that the contracts make: run npm run openapi after a change", () => {
  expect(readFileSync(join(import.meta.dirname, "../../openapi.json"), "utf8") === openApiText()).toBe(true);
});

it("[API-2] every operation is in it, with who may call it, and every schema that it names is there", () => {
  const document = JSON.parse(openApiText()) as {
    paths: Record<string, Record<string, { operationId: string; "x-callers": string[] }>>;
    components: { schemas: Record<string, unknown> };
  }; // made a line above
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(PATHS).sort());
  expect(Object.keys(ENDPOINTS).sort()).toEqual(Object.keys(PATHS).sort());
  for (const operation of operations) expect(operation["x-callers"].length, operation.operationId).toBeGreaterThan(0);
  const named = [...openApiText().matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? "");
  for (const name of new Set(named)) expect(document.components.schemas, name).toHaveProperty([name]);
});
