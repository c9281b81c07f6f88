import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, isEdge, readConfig } from "./config.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "weft-config-"));
});
afterEach(() => rmSync(home, { recursive: true }));

describe("configuration", () => {
  it("[CFG-1] starts with nothing set: embedded database, demo, one process, this machine only", () => {
    const config = readConfig({ WEFT_HOME: home }, []);
    expect(config).toMatchObject({
      port: 4400,
      host: "127.0.0.1",
      role: "all",
      isDemo: true,
      poolSize: 8,
      rateLimit: 100,
      logLevel: "info",
      home,
    });
    expect(Object.keys(config)).not.toContain("databaseUrl");
  });

  it("[CFG-2] names every wrong value at once and says what it should be", () => {
    const read = () => readConfig({ WEFT_HOME: home, PORT: "80a", WEFT_ROLE: "boss", NATS_URL: "http://x", WEFT_POOL: "0" }, []);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT must be a whole number from 0 to 65535\. It is "80a"\./);
    expect(read).toThrow(/WEFT_ROLE must be one of all, api, worker\. It is "boss"\./);
    expect(read).toThrow(/NATS_URL must be a URL that begins with nats:\/\/, tls:\/\//);
    expect(read).toThrow(/WEFT_POOL must be a whole number from 1 to 200/);
  });

  it("[CFG-3] never repeats a value that may hold a password", () => {
    const message = refusal({ DATABASE_URL: "mysql://u:hunter2@x/y", WEFT_SECRET: "hunter2", SMTP_URL: "hunter2" });
    expect(message).toMatch(/DATABASE_URL must be .*\n.*WEFT_SECRET must have at least 32 characters.*\n.*SMTP_URL/);
    expect(message).not.toContain("hunter2");
  });

  it.each(["postgresql://weft:x@db.example:5432/weft?sslmode=require", "postgresql:///weft?host=/run/a%20b&user=weft"])(
    "[CFG-4] takes %s as a database",
    (databaseUrl) => {
      expect(readConfig({ WEFT_HOME: home, DATABASE_URL: databaseUrl }, [])).toMatchObject({ databaseUrl, isDemo: false });
    },
  );

  it("[CFG-5] loads the demo into a given database only when told to, and never in production", () => {
    const env = { WEFT_HOME: home, DATABASE_URL: "postgresql://db.example/weft", WEFT_SECRET: "s".repeat(32) };
    expect(readConfig({ ...env, WEFT_DEMO: "1" }, []).isDemo).toBe(true);
    expect(() => readConfig({ ...env, WEFT_DEMO: "1" }, [], { isProduction: true })).toThrow(/never loaded in production/);
    expect(readConfig({ ...env, DATABASE_URL: "" }, [], { isProduction: true }).isDemo).toBe(false);
  });

  it("[CFG-6] makes a secret at the first start, keeps it, and lets nobody else read it", () => {
    const { secret } = readConfig({ WEFT_HOME: home }, []);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(readConfig({ WEFT_HOME: home }, []).secret).toBe(secret);
    expect(readFileSync(join(home, "secret"), "utf8")).toBe(secret);
    expect(statSync(join(home, "secret")).mode & 0o777).toBe(0o600);
    writeFileSync(join(home, "secret"), "short");
    expect(() => readConfig({ WEFT_HOME: home }, [])).toThrow(/fewer than 32 characters/);
  });

  it("[CFG-7] asks for the secret in production", () => {
    expect(() => readConfig({ WEFT_HOME: home }, [], { isProduction: true })).toThrow(/WEFT_SECRET is missing/);
  });

  it.each([
    [["--role", "api"], "api"],
    [["--role=worker"], "worker"],
  ])("[CFG-8] the arguments %j win over WEFT_ROLE", (argv, role) => {
    expect(readConfig({ WEFT_HOME: home, WEFT_ROLE: "all" }, argv).role).toBe(role);
  });

  it("[CFG-12] is the bridge of a store by its argument or its environment, and nothing else is", () => {
    expect(isEdge({}, ["--role", "edge"])).toBe(true);
    expect(isEdge({ WEFT_ROLE: "edge" }, [])).toBe(true);
    expect(isEdge({ WEFT_ROLE: "edge" }, ["--role", "api"])).toBe(false);
    expect(isEdge({}, [])).toBe(false);
  });

  it("[CFG-13] tills may call bridges by their origins, with nothing behind", () => {
    expect(readConfig({ WEFT_HOME: home, WEFT_BRIDGES: "https://a.example:4410 http://127.0.0.1:1" }, [])).toMatchObject({
      bridges: "https://a.example:4410 http://127.0.0.1:1",
    });
    expect(refusal({ WEFT_BRIDGES: "https://a.example/; script-src *" })).toContain("WEFT_BRIDGES must be origins");
  });

  it("[CFG-9] refuses an argument that it does not know", () => {
    expect(() => readConfig({ WEFT_HOME: home }, ["--prot", "80"])).toThrow(/--role all\|api\|worker\|edge, and not: --prot 80/);
  });

  it("[CFG-10] takes an empty value for one that is not set", () => {
    expect(readConfig({ WEFT_HOME: home, PORT: "", SMTP_URL: "" }, [])).toMatchObject({ port: 4400 });
  });

  it("[CFG-11] drops the slash at the end of the public address", () => {
    expect(readConfig({ WEFT_HOME: home, WEFT_PUBLIC_URL: "https://hub.example/" }, []).publicUrl).toBe("https://hub.example");
  });
});

function refusal(env: Record<string, string>): string {
  try {
    readConfig({ WEFT_HOME: home, ...env }, []);
  } catch (error) {
    return String(error);
  }
  return "accepted";
}
