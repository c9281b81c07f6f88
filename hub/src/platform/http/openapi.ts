import { ENDPOINTS, PATHS, ProblemSchema, type Endpoint, type OperationId } from "@weft/contracts";
import { z } from "zod";

type Json = Record<string, unknown>;

export type OpenApiSettings = {
  readonly version: string;
  /** Who may call an operation, from the rights table: shown as `x-callers`. */
  callersOf(operation: OperationId): readonly string[];
};

/** The OpenAPI 3.1 document of all operations, made from the contracts alone, the same on every machine. */
export function openApiDocument(settings: OpenApiSettings): Json {
  const components = new Components();
  // Answers come first, so that theirs are the plain names whatever the order of the operations.
  for (const { response, pending } of Object.values<Endpoint>(ENDPOINTS))
    for (const schema of [response, pending]) if (schema) components.refer(schema, "output");
  const paths: Record<string, Json> = {};
  // Object.keys of the table is its operation ids, in the order they are written.
  for (const operation of Object.keys(PATHS) as OperationId[]) {
    const [method = "GET", path = "/"] = PATHS[operation].split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(operation, settings, components) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Weft",
      version: settings.version,
      description:
        "One customer, one cart, one order book, one stock, on every channel. Money is integer minor units; times are ISO 8601 UTC; errors are RFC 9457 problem details with a stable `code`.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The hub that serves this document" }],
    paths,
    components: {
      schemas: components.all(),
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A channel's publishable or secret key" },
        keyAsUser: { type: "http", scheme: "basic", description: "The key as user name, as event clients send it" },
        cart: { type: "apiKey", in: "header", name: "Weft-Cart", description: "The token given when a cart was opened" },
        session: { type: "apiKey", in: "header", name: "Weft-Session", description: "Names the session cookie that counts" },
      },
    },
    security: [{ key: [] }, { keyAsUser: [] }, { session: [] }, { cart: [] }],
  };
}

function operationObject(operation: OperationId, settings: OpenApiSettings, components: Components): Json {
  const endpoint: Endpoint = ENDPOINTS[operation];
  const problem = { "application/problem+json": { schema: components.refer(ProblemSchema, "output") } };
  const success =
    endpoint.response === null
      ? { description: "Done" }
      : {
          description: "Done",
          content: {
            [endpoint.raw && operation === "live.stream" ? "text/event-stream" : "application/json"]: {
              schema: components.refer(endpoint.response, "output"),
            },
          },
        };
  return {
    operationId: operation,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    "x-callers": settings.callersOf(operation),
    parameters: [
      ...parameters("path", endpoint.params, components),
      ...parameters("query", endpoint.query, components),
      ...keyParameter(endpoint),
    ],
    ...(endpoint.body && {
      requestBody: {
        required: !endpoint.body.safeParse(undefined).success,
        content: { "application/json": { schema: components.refer(endpoint.body, "input") } },
      },
    }),
    ...(endpoint.raw &&
      !endpoint.body &&
      !PATHS[operation].startsWith("GET ") && {
        requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
      }),
    responses: {
      [endpoint.status]: success,
      ...(endpoint.pending && {
        202: {
          description: "Not decided yet: ask again with the same key after `Retry-After` seconds",
          content: { "application/json": { schema: components.refer(endpoint.pending, "output") } },
        },
      }),
      "4XX": { description: "Refused: a problem with a stable code", content: problem },
      default: { description: "Failed: nothing was done, ask again with the same key", content: problem },
    },
  };
}

function parameters(place: "path" | "query", schema: z.ZodObject | undefined, components: Components): Json[] {
  if (!schema) return [];
  const inner = components.inline(schema, "input");
  const properties = (inner["properties"] ?? {}) as Record<string, Json>; // the JSON Schema of an object
  const required = (inner["required"] ?? []) as string[]; // likewise
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function keyParameter(endpoint: Endpoint): Json[] {
  return endpoint.idempotencyKey === "required"
    ? [{ name: "Idempotency-Key", in: "header", required: true, schema: { type: "string", minLength: 8, maxLength: 200 } }]
    : [];
}

/** Schemas that have a name become components: `Cart` as an answer, `CartInput` where the request's form differs. */
class Components {
  readonly #schemas: Record<string, Json> = {};

  all(): Record<string, Json> {
    return Object.fromEntries(Object.entries(this.#schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  refer(schema: z.ZodType, io: "input" | "output"): Json {
    const json = this.inline(schema, io);
    const name = z.globalRegistry.get(schema)?.id;
    return name === undefined ? json : { $ref: `#/components/schemas/${this.#put(name, io, json)}` };
  }

  inline(schema: z.ZodType, io: "input" | "output"): Json {
    const { $schema: _dialect, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" }) as Json; // plain JSON Schema
    const definitions = Object.entries(($defs ?? {}) as Record<string, Json>).map(
      ([name, definition]) => [name, strip(definition)] as const,
    ); // likewise
    const renamed = this.#renamed(definitions, io);
    for (const [name, definition] of definitions) this.#schemas[renamed.get(name) ?? name] ??= retarget(definition, renamed);
    return retarget(strip(json), renamed);
  }

  /** A definition that differs as input has a name of its own there, and so has each that refers to it. */
  #renamed(definitions: readonly (readonly [string, Json])[], io: "input" | "output"): Map<string, string> {
    const renamed = new Map<string, string>();
    for (let before = -1; before < renamed.size;) {
      before = renamed.size;
      for (const [name, definition] of definitions) {
        if (this.#nameOf(name, io, retarget(definition, renamed)) !== name) renamed.set(name, `${name}Input`);
      }
    }
    return renamed;
  }

  #put(name: string, io: "input" | "output", json: Json): string {
    const own = this.#nameOf(name, io, json);
    this.#schemas[own] ??= json;
    return own;
  }

  #nameOf(name: string, io: "input" | "output", json: Json): string {
    const taken = this.#schemas[name];
    return io === "output" || taken === undefined || JSON.stringify(taken) === JSON.stringify(json) ? name : `${name}Input`;
  }
}

function strip(json: Json): Json {
  const { id: _id, ...rest } = json;
  return rest;
}

function retarget(json: Json, renamed: ReadonlyMap<string, string>): Json {
  return within(json) as Json; // an object stays an object

  function within(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key !== "$ref" || typeof inner !== "string") return [key, within(inner)];
        const name = inner.replace(/^#\/(\$defs|components\/schemas)\//, "");
        return [key, `#/components/schemas/${renamed.get(name) ?? name}`];
      }),
    );
  }
}
