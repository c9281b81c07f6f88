import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { ConfigError, type Config } from "../platform/config.ts";

/** Where a device listens in the store's network: `tcp://192.168.1.50:9100`. */
const Address = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).protocol === "tcp:" && new URL(text).port !== "", "must be tcp://HOST:PORT");
const named = { id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string().min(1).max(60), address: Address };

/** A device that the bridge speaks to. */
export const Device = z.discriminatedUnion("kind", [
  z.strictObject({
    ...named,
    kind: z.literal("printer"),
    language: z.enum(["esc-pos", "star-prnt"]).default("esc-pos"),
    columns: z.union([z.literal(32), z.literal(42), z.literal(48)]).default(48),
    codePage: z.enum(["windows1252", "cp858"]).default("windows1252"),
    opensDrawer: z.boolean().default(false),
  }),
  z.strictObject({ ...named, kind: z.literal("scale") }),
  z.strictObject({
    ...named,
    kind: z.literal("terminal"),
    /** The ECR password of the terminal, six digits; its maker's default is 000000. */
    password: z
      .string()
      .regex(/^\d{6}$/)
      .default("000000"),
  }),
]);
export type Device = z.output<typeof Device>;
export type PrinterDevice = Extract<Device, { kind: "printer" }>;

export type BridgeConfig = {
  readonly port: number;
  readonly host: string;
  /** The folder of all that the bridge keeps on this machine. Absolute. */
  readonly home: string;
  readonly name: string;
  /** Whose pages may call: the origin of the hub. */
  readonly hubOrigin: string;
  readonly devices: readonly Device[];
  /** For tills on other machines: a browser sends nothing from a page of https to a plain address beyond its own machine. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly logLevel: Config["logLevel"];
};

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4410),
  HOST: z.string().default("127.0.0.1"),
  WEFT_HOME: z.string().default(".weft"),
  WEFT_BRIDGE_NAME: z.string().max(60).default("Bridge"),
  WEFT_BRIDGE_HUB: z
    .url({ protocol: /^https?$/, error: "must be the address of the hub, such as https://shop.example" })
    .transform((text) => new URL(text).origin),
  WEFT_BRIDGE_DEVICES: z.string().default("[]"),
  WEFT_BRIDGE_CERT: z.string().optional(),
  WEFT_BRIDGE_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** Reads the settings of a bridge (`--role edge`). Errors: `ConfigError`, with all wrong values at once. */
export function readBridgeConfig(env: Readonly<Record<string, string | undefined>>): BridgeConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw wrong(parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`));
  const { WEFT_BRIDGE_CERT: cert, WEFT_BRIDGE_KEY: key, ...values } = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    home: resolve(values.WEFT_HOME),
    name: values.WEFT_BRIDGE_NAME,
    hubOrigin: values.WEFT_BRIDGE_HUB,
    devices: readDevices(values.WEFT_BRIDGE_DEVICES),
    tls: cert !== undefined && key !== undefined ? { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") } : null,
    logLevel: values.LOG_LEVEL,
  };
}

function readDevices(text: string): Device[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw wrong(["WEFT_BRIDGE_DEVICES must be a list in JSON, one object per device"]);
  }
  const parsed = z.array(Device).safeParse(list);
  if (!parsed.success) throw wrong(parsed.error.issues.map(({ path, message }) => `WEFT_BRIDGE_DEVICES ${path.join(".")} ${message}`));
  const twice = parsed.data.find(({ id }, at) => parsed.data.findIndex((other) => other.id === id) !== at);
  if (twice) throw wrong([`WEFT_BRIDGE_DEVICES names ${twice.id} twice`]);
  return parsed.data;
}

const wrong = (lines: readonly string[]): ConfigError =>
  new ConfigError(`The bridge cannot start with these settings:\n${lines.map((line) => `  ${line}`).join("\n")}`);
