import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type WalletCertificates = {
  /** Where the files are, for openssl. */
  readonly folder: string;
  /** The authority that stands for Apple's. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  /** Of a push service at `localhost`. */
  readonly server: string;
  readonly serverKey: string;
};

/** An authority of its own, a pass type's certificate and a server's, made by openssl. */
export function walletCertificates(): WalletCertificates {
  const folder = mkdtempSync(join(tmpdir(), "weft-wallet-"));
  const openssl = (...parts: string[]) => execFileSync("openssl", parts, { cwd: folder, stdio: "pipe" });
  // Apple signs passes with RSA; the server has what is made fastest.
  const rsa = ["-newkey", "rsa:2048", "-nodes"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const authority = ["-x509", ...rsa, "-days", "2", "-subj", "/CN=Test authority", "-addext", "keyUsage=keyCertSign"];
  openssl("req", ...authority, "-keyout", "authority.key", "-out", "authority.pem");
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost\n");
  for (const [name, subject, kind] of [
    ["pass", "/CN=Pass Type ID: pass.example.card/OU=TEAM123456", rsa],
    ["server", "/CN=localhost", curve],
  ] as const) {
    openssl("req", ...kind, "-subj", subject, "-keyout", `${name}.key`, "-out", `${name}.csr`);
    const signing = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
    openssl("x509", "-req", "-in", `${name}.csr`, ...signing, "-out", `${name}.pem`);
  }
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    folder,
    authority: read("authority.pem"),
    certificate: read("pass.pem"),
    key: read("pass.key"),
    server: read("server.pem"),
    serverKey: read("server.key"),
  };
}
