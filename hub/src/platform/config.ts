import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

/** Everything that is set from outside, read once at the start. Optional fields are absent when not set. */
export type Config = {
  readonly port: number;
  readonly host: string;
  /** Absent: the embedded database under `home`. */
  readonly databaseUrl?: string;
  /** The folder of all that the hub keeps on this machine. Absolute. */
  readonly home: string;
  /** What this process does: answer requests, run jobs and subscribers, or both. */
  readonly role: "all" | "api" | "worker";
  /** Whether to load the demo chain into an empty database. */
  readonly isDemo: boolean;
  /** The address that links in messages and QR codes begin with, without a slash at the end. Absent: the address it listens on. */
  readonly publicUrl?: string;
  /** Seals what must not be read from a copy of the database. At least 32 characters. */
  readonly secret: string;
  /** The origins of bridges that tills may call, with spaces between. */
  readonly bridges: string;
  /** Absent: messages go to the local outbox page. */
  readonly smtpUrl?: string;
  readonly smtpFrom: string;
  /** Whether the cards of the sandbox pay where an entity has no account: never in production unless it is said. */
  readonly takesTestCards: boolean;
  /** The Stripe accounts of legal entities, as JSON. */
  readonly stripeAccounts?: string;
  /** The retailer's account for passes in Apple Wallet, as JSON. */
  readonly appleWallet?: string;
  /** The same for Google Wallet. */
  readonly googleWallet?: string;
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  /** Absent: no traces. */
  readonly otlpEndpoint?: string;
  /** Absent: one node, or nodes that follow the log in the database. */
  readonly natsUrl?: string;
  /** Requests per second and credential; 0 is no limit. */
  readonly rateLimit: number;
  /** Connections to the database, all uses of this process together. */
  readonly poolSize: number;
  /** Where nightly backups and the list of erased records are kept. Absolute. */
  readonly backupDir: string;
  /** How many nightly backups are kept; 0 takes none. */
  readonly backupsKept: number;
};

/** Values that the hub cannot start with. The message names each one, says what is wrong, and what it should be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type ConfigOptions = {
  /** In production the secret must be given, and there is no demo. */
  readonly isProduction?: boolean;
  /** The folder that holds `.weft` when `WEFT_HOME` is not set. For the bundle, which lies elsewhere than this file. */
  readonly root?: string;
};

const CLONE_ROOT = resolve(import.meta.dirname, "../../..");
const SHORTEST_SECRET = 32;

const url = (protocols: string) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.split(" ").includes(new URL(text).protocol.slice(0, -1)),
      `must be a URL that begins with ${protocols.replaceAll(" ", "://, ")}://`,
    );
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(Number);
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

function isJsonList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const Environment = z.object({
  PORT: wholeNumber(0, 65_535).default(4400),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: url("postgresql postgres").optional(),
  WEFT_HOME: z.string().optional(),
  WEFT_ROLE: oneOf(["all", "api", "worker"]).default("all"),
  WEFT_DEMO: oneOf(["0", "1"]).optional(),
  WEFT_PUBLIC_URL: url("https http").optional(),
  WEFT_SECRET: z.string().min(SHORTEST_SECRET, `must have at least ${SHORTEST_SECRET} characters`).optional(),
  WEFT_BRIDGES: z
    .string()
    .refine(
      (text) =>
        text.split(/\s+/).every((one) => URL.canParse(one) && /^https?:$/.test(new URL(one).protocol) && new URL(one).origin === one),
      "must be origins such as https://bridge.example:4410, with spaces between",
    )
    .default("http://127.0.0.1:4410 http://localhost:4410"),
  SMTP_URL: url("smtp smtps").optional(),
  SMTP_FROM: z.string().includes("@", { error: "must be an e-mail address" }).default("Weft <weft@localhost>"),
  WEFT_TEST_CARDS: oneOf(["0", "1"]).optional(),
  STRIPE_ACCOUNTS: z.string().refine(isJsonList, "must be a list in JSON, one object per account").optional(),
  WEFT_APPLE_WALLET: z.string().refine(isJsonObject, "must be an object in JSON").optional(),
  WEFT_GOOGLE_WALLET: z.string().refine(isJsonObject, "must be an object in JSON").optional(),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: url("https http").optional(),
  NATS_URL: url("nats tls").optional(),
  WEFT_RATE_LIMIT: wholeNumber(0, 1_000_000).default(100),
  WEFT_POOL: wholeNumber(1, 200).default(8),
  WEFT_BACKUP_DIR: z.string().optional(),
  WEFT_BACKUPS_KEPT: wholeNumber(0, 365).default(7),
});

type Environment = z.output<typeof Environment>;

/** Values that may hold a password: what is wrong with them is told without repeating them. */
const SECRET_NAMES: ReadonlySet<PropertyKey> = new Set([
  "DATABASE_URL",
  "WEFT_SECRET",
  "SMTP_URL",
  "NATS_URL",
  "STRIPE_ACCOUNTS",
  "WEFT_APPLE_WALLET",
  "WEFT_GOOGLE_WALLET",
]);

/**
 * Reads the configuration from environment and arguments (`--role api`). An empty value counts as not set.
 * Where no secret is given, one is made at the first start and kept under `home`, readable by this user only.
 * Errors: `ConfigError`, with all wrong values at once.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  options: ConfigOptions = {},
): Config {
  const given = Object.fromEntries(
    Object.entries({ ...env, ...readArguments(argv) }).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  const wrong = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => explain(issue, given))),
    ...(options.isProduction ? missingInProduction(given) : []),
  ];
  if (wrong.length > 0 || !parsed.success)
    throw new ConfigError(`Weft cannot start with these settings:\n${wrong.map((line) => `  ${line}`).join("\n")}`);
  return toConfig(parsed.data, options);
}

/** Whether this process is to be the bridge of a store, which has settings of its own. */
export function isEdge(env: Readonly<Record<string, string | undefined>>, argv: readonly string[]): boolean {
  return (readArguments(argv).WEFT_ROLE ?? env["WEFT_ROLE"]) === "edge";
}

function readArguments(argv: readonly string[]): { WEFT_ROLE?: string } {
  const [first, second, ...rest] = argv.flatMap((argument) => argument.split("=", 2));
  if (first === undefined) return {};
  if (first !== "--role" || second === undefined || rest.length > 0)
    throw new ConfigError(`Weft takes one argument, --role all|api|worker|edge, and not: ${argv.join(" ")}`);
  return { WEFT_ROLE: second };
}

function explain(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const [name = ""] = issue.path;
  const value = SECRET_NAMES.has(name) ? "" : ` It is ${JSON.stringify(given[String(name)])}.`;
  return `${String(name)} ${issue.message}.${value}`;
}

function missingInProduction(given: Readonly<Record<string, unknown>>): string[] {
  return [
    ...(given["WEFT_SECRET"] === undefined
      ? [`WEFT_SECRET is missing. Give every node the same ${SHORTEST_SECRET} random characters or more.`]
      : []),
    ...(given["WEFT_DEMO"] === "1" ? ["WEFT_DEMO is 1, but the demo's sign-ins are public: it is never loaded in production."] : []),
  ];
}

function toConfig(env: Environment, { isProduction = false, root = CLONE_ROOT }: ConfigOptions): Config {
  const home = resolve(env.WEFT_HOME ?? join(root, ".weft"));
  return {
    port: env.PORT,
    host: env.HOST,
    home,
    role: env.WEFT_ROLE,
    isDemo: !isProduction && (env.WEFT_DEMO ?? (env.DATABASE_URL === undefined ? "1" : "0")) === "1",
    secret: env.WEFT_SECRET ?? keptSecret(home),
    bridges: env.WEFT_BRIDGES,
    smtpFrom: env.SMTP_FROM,
    takesTestCards: (env.WEFT_TEST_CARDS ?? (isProduction ? "0" : "1")) === "1",
    logLevel: env.LOG_LEVEL,
    rateLimit: env.WEFT_RATE_LIMIT,
    poolSize: env.WEFT_POOL,
    backupDir: resolve(env.WEFT_BACKUP_DIR ?? join(home, "backups")),
    backupsKept: env.WEFT_BACKUPS_KEPT,
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    ...(env.WEFT_PUBLIC_URL === undefined ? {} : { publicUrl: env.WEFT_PUBLIC_URL.replace(/\/+$/, "") }),
    ...(env.STRIPE_ACCOUNTS === undefined ? {} : { stripeAccounts: env.STRIPE_ACCOUNTS }),
    ...(env.WEFT_APPLE_WALLET === undefined ? {} : { appleWallet: env.WEFT_APPLE_WALLET }),
    ...(env.WEFT_GOOGLE_WALLET === undefined ? {} : { googleWallet: env.WEFT_GOOGLE_WALLET }),
    ...(env.SMTP_URL === undefined ? {} : { smtpUrl: env.SMTP_URL }),
    ...(env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? {} : { otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT }),
    ...(env.NATS_URL === undefined ? {} : { natsUrl: env.NATS_URL }),
  };
}

/** The secret of an installation that was given none. Written beside and linked, so that two hubs that start together have the same. */
function keptSecret(home: string): string {
  const file = join(home, "secret");
  if (!existsSync(file)) {
    const draft = `${file}.${randomBytes(4).toString("hex")}`;
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new ConfigError(`${file} holds fewer than ${SHORTEST_SECRET} characters. Remove it to get a new one, or set WEFT_SECRET.`);
}
