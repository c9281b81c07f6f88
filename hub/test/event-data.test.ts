import { globSync } from "node:fs";
import { join } from "node:path";
import type { EventDefinition } from "@weft/kernel";
import { expect, it } from "vitest";
import { z } from "zod";

const MODULES = join(import.meta.dirname, "../src/modules");

/** Names of fields that hold a value of a person. Ids are `…Id`; who needs a value asks for it, and gets nothing after an erasure. */
const PERSONAL =
  /^(name|.*Name|e?mail|email.*|.*Email|phone.*|.*Phone|mobile|msisdn|address|.*Address|street|city|postcode|postalCode|birth.*|age|gender|identifier|identifiers|handle|recipient|to|from|ip|ipAddress|token|.*Token|pin|password|secret|latitude|longitude|note|comment|text|message|traits|profile|person|contact)$/i;

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
};

/** The path of every field that may hold a personal value: by its name, or because anything may stand there. */
function personalFields(schema: JsonSchema, path = ""): string[] {
  const { properties = {}, items, prefixItems = [], anyOf = [], oneOf = [], allOf = [], additionalProperties } = schema;
  const open = Object.keys(schema).length === 0 ? [`${path} takes anything`] : [];
  const named = Object.keys(properties)
    .filter((name) => PERSONAL.test(name))
    .map((name) => `${path}/${name}`);
  const inner = [items, additionalProperties, ...prefixItems, ...anyOf, ...oneOf, ...allOf].filter((each) => typeof each === "object");
  return [
    ...open,
    ...named,
    ...Object.entries(properties).flatMap(([name, each]) => personalFields(each, `${path}/${name}`)),
    ...inner.flatMap((each) => personalFields(each, path)),
  ];
}

function isEvent(value: unknown): value is EventDefinition {
  return typeof value === "object" && value !== null && "type" in value && "schema" in value;
}

async function allEvents(): Promise<EventDefinition[]> {
  const files = globSync("*/events.ts", { cwd: MODULES });
  const modules = await Promise.all(files.toSorted().map((file): Promise<Record<string, unknown>> => import(join(MODULES, file))));
  return modules.flatMap((module) => Object.values(module).filter(isEvent));
}

it("[LOG-6] no event of any module holds a personal value", async () => {
  const events = await allEvents();
  expect(events.length).toBeGreaterThan(10);
  const found = events.flatMap(({ type, schema }) =>
    personalFields(z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as JsonSchema).map((field) => `${type} ${field}`),
  );
  expect(found).toEqual([]);
});

it("[LOG-6] event types are used once", async () => {
  const types = (await allEvents()).map(({ type }) => type);
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
});

it("the check sees a name, an address in a list, and a field that takes anything", () => {
  const schema = z.object({
    recordId: z.string(),
    givenName: z.string(),
    lines: z.array(z.object({ email: z.string() })),
    extra: z.unknown(),
  });
  expect(personalFields(z.toJSONSchema(schema) as JsonSchema)).toEqual(["/givenName", "/lines/email", "/extra takes anything"]);
});
