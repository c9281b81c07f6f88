import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { unzipSync } from "fflate";
import { decodeProtectedHeader, importSPKI, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@weft/kernel";
import { walletCertificates, type WalletCertificates } from "../../../../test/wallet-certificates.ts";
import type { PassId, WalletCard } from "../../loyalty/index.ts";
import { readWallets } from "./index.ts";

let own: WalletCertificates;
beforeAll(() => {
  own = walletCertificates();
});
afterAll(() => rmSync(own.folder, { recursive: true }));

const CARD: WalletCard = {
  passId: newId<PassId>(),
  cardNumber: "2912345678901236",
  programName: "Fidélité",
  points: 128,
  givenName: "Léa",
  tierName: { en: "Gold", fr: "Or" },
  locale: "fr",
  asOf: new Date("2026-03-02T09:15:00Z"),
  stores: [{ name: "Lyon", latitude: 45.76, longitude: 4.83 }],
};

const appleText = (more: object = {}) =>
  JSON.stringify({
    passTypeIdentifier: "pass.example.card",
    teamIdentifier: "TEAM123456",
    organizationName: "Example",
    certificate: own.certificate,
    key: own.key,
    wwdr: own.authority,
    ...more,
  });

function apple(more: object = {}) {
  const { apple: wallet } = readWallets({ apple: appleText(more), google: undefined }, "https://hub.example");
  if (!wallet) throw new Error("it is set up");
  return wallet;
}

describe("a pass for Apple Wallet", () => {
  let files: Record<string, Uint8Array>;
  beforeAll(async () => {
    files = unzipSync(await apple().sign(CARD, "a token of the pass"));
  });

  it("[WAL-1] is signed so that openssl verifies it, over a manifest that names every file by its SHA-1", () => {
    const { "manifest.json": manifest, signature, ...content } = files;
    if (!manifest || !signature) throw new Error("a pass has both");
    const named: Record<string, string> = JSON.parse(Buffer.from(manifest).toString());
    const digests = Object.entries(content).map(([name, bytes]) => [name, createHash("sha1").update(bytes).digest("hex")]);
    expect(named).toEqual(Object.fromEntries(digests));
    expect(Object.keys(content)).toEqual(expect.arrayContaining(["pass.json", "icon.png", "icon@2x.png", "logo.png"]));
    expect(verified(manifest, signature)).toBe(true);
    expect(
      verified(
        Buffer.from(manifest).map((byte, at) => (at === 3 ? byte ^ 1 : byte)),
        signature,
      ),
    ).toBe(false);
  });

  it("says what the card says, with the number as its code, and where the phone gets the next one", () => {
    const pass = JSON.parse(Buffer.from(files["pass.json"] ?? []).toString());
    expect(pass).toMatchObject({
      formatVersion: 1,
      serialNumber: CARD.passId,
      passTypeIdentifier: "pass.example.card",
      authenticationToken: "a token of the pass",
      webServiceURL: "https://hub.example/wallet/apple",
      barcodes: [{ format: "PKBarcodeFormatQR", message: CARD.cardNumber, altText: "2912 3456 7890 1236" }],
      locations: [{ latitude: 45.76, longitude: 4.83, relevantText: "Lyon" }],
      storeCard: {
        primaryFields: [{ key: "points", label: "points", value: 128 }],
        secondaryFields: [
          { key: "member", value: "Léa" },
          { key: "tier", value: "tier_name" },
        ],
      },
    });
  });

  it.each([
    ["en", "Points", "Gold"],
    ["fr", "Points", "Or"],
    ["de", "Punkte", "Gold"],
    ["ca", "Punts", "Gold"],
  ])("speaks %s", (locale, points, tier) => {
    const strings = Buffer.from(files[`${locale}.lproj/pass.strings`] ?? []).toString();
    expect(strings).toContain(`"points" = "${points}"`);
    expect(strings).toContain(`"tier_name" = "${tier}"`);
  });

  function verified(manifest: Uint8Array, signature: Uint8Array): boolean {
    writeFileSync(join(own.folder, "manifest.json"), manifest);
    writeFileSync(join(own.folder, "signature"), signature);
    const parts = [
      "-verify",
      "-inform",
      "DER",
      "-in",
      "signature",
      "-content",
      "manifest.json",
      "-CAfile",
      "authority.pem",
      "-purpose",
      "any",
      "-binary",
    ];
    try {
      execFileSync("openssl", ["smime", ...parts, "-out", "/dev/null"], { cwd: own.folder, stdio: "pipe" });
      return true;
    } catch {
      return false;
    }
  }
});

describe("Apple's push service", () => {
  it("[WAL-2] gets an empty push for the topic of the pass type, by its certificate; a phone that has the pass no more is told apart", async () => {
    const told: unknown[] = [];
    const server = createSecureServer({
      key: own.serverKey,
      cert: own.server,
      ca: own.authority,
      requestCert: true,
      rejectUnauthorized: true,
    });
    server.on("stream", (stream, headers) => {
      const socket = stream.session?.socket as TLSSocket | undefined; // HTTP/2 over TLS
      const peer = new X509Certificate(socket?.getPeerCertificate().raw ?? Buffer.alloc(0));
      let body = "";
      stream.on("data", (part: Buffer) => (body += part.toString()));
      stream.on("end", () => {
        told.push([headers[":method"], headers[":path"], headers["apns-topic"], body, peer.subject.includes("pass.example.card")]);
        const status = { "/3/device/here": 200, "/3/device/gone": 410 }[String(headers[":path"])] ?? 503;
        stream.respond({ ":status": status });
        stream.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const pushUrl = `https://localhost:${(server.address() as AddressInfo).port}`; // listens on a port
    const wallet = apple({ pushUrl, pushAuthority: own.authority });
    expect([await wallet.push("here"), await wallet.push("gone")]).toEqual(["told", "gone"]);
    await expect(wallet.push("later")).rejects.toThrow("503");
    expect(told[0]).toEqual(["POST", "/3/device/here", "pass.example.card", "{}", true]);
    server.close();
    await expect(apple({ pushUrl, pushAuthority: own.authority }).push("here")).rejects.toThrow("ECONNREFUSED");
  });
});

describe("Google Wallet", () => {
  const asked: { readonly path: string; readonly method: string; readonly authorization: string; readonly body: string }[] = [];
  let server: Server;
  let base: string;
  let status = 200;
  beforeAll(async () => {
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { url: path = "", method = "", headers } = request;
        asked.push({ path, method, authorization: headers.authorization ?? "", body });
        response.writeHead(path === "/token" ? 200 : status, { "content-type": "application/json" });
        response.end(JSON.stringify(path === "/token" ? { access_token: "the access", expires_in: 3600 } : {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listens on a port
  });
  afterAll(() => server.close());

  function google() {
    const settings = {
      issuerId: "3388000000012345678",
      issuerName: "Example",
      logoUrl: "https://hub.example/logo.png",
      clientEmail: "wallet@example.iam.gserviceaccount.com",
      privateKey: own.key,
      tokenUrl: `${base}/token`,
      apiUrl: base,
    };
    const { google: wallet } = readWallets({ apple: undefined, google: JSON.stringify(settings) }, "https://hub.example");
    if (!wallet) throw new Error("it is set up");
    return wallet;
  }

  it("[WAL-3] is offered by a link that holds class and object, signed with the service account's key (RS256)", async () => {
    const link = await google().saveLink(CARD);
    const token = link.replace("https://pay.google.com/gp/v/save/", "");
    expect(decodeProtectedHeader(token).alg).toBe("RS256");
    const publicKey = new X509Certificate(own.certificate).publicKey.export({ type: "spki", format: "pem" }).toString();
    const { payload } = await jwtVerify(token, await importSPKI(publicKey, "RS256"), { audience: "google" });
    expect(payload).toMatchObject({
      iss: "wallet@example.iam.gserviceaccount.com",
      typ: "savetowallet",
      payload: {
        loyaltyClasses: [{ id: "3388000000012345678.weft_card", programName: "Fidélité", reviewStatus: "UNDER_REVIEW" }],
        loyaltyObjects: [
          {
            id: `3388000000012345678.${CARD.passId}`,
            accountName: "Léa",
            barcode: { type: "QR_CODE", value: CARD.cardNumber },
            loyaltyPoints: {
              balance: { int: 128 },
              localizedLabel: { translatedValues: expect.arrayContaining([{ language: "de", value: "Punkte" }]) },
            },
          },
        ],
      },
    });
  });

  it("[WAL-3] hears of a change by PATCH with an access token that is used again; what nobody saved is no failure, an outage is", async () => {
    const wallet = google();
    asked.length = 0;
    await wallet.update({ ...CARD, points: 140 });
    status = 404;
    await wallet.update(CARD);
    status = 500;
    await expect(wallet.update(CARD)).rejects.toThrow("500");
    status = 200;
    await wallet.end(CARD.passId);
    const [token, ...changes] = asked;
    expect(new URLSearchParams(token?.body).get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    expect(changes.map(({ method, path, authorization }) => `${method} ${path} ${authorization}`)).toEqual(
      changes.map(() => `PATCH /loyaltyObject/3388000000012345678.${CARD.passId} Bearer the access`),
    );
    expect(JSON.parse(changes[0]?.body ?? "")).toMatchObject({ loyaltyPoints: { balance: { int: 140 } } });
    expect(JSON.parse(changes[3]?.body ?? "")).toMatchObject({ state: "EXPIRED", accountName: "", loyaltyPoints: { balance: { int: 0 } } });
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}

it("a wallet that is not set up as it should be stops the start, and no secret is repeated; without settings there is none", () => {
  expect(readWallets({ apple: undefined, google: undefined }, "https://hub.example")).toEqual({ apple: null, google: null });
  const wrong = JSON.stringify({ ...JSON.parse(appleText()), teamIdentifier: "short" });
  expect(() => readWallets({ apple: wrong, google: undefined }, "https://hub.example")).toThrow(/WEFT_APPLE_WALLET .*teamIdentifier/);
  expect(() => readWallets({ apple: wrong, google: undefined }, "https://hub.example")).not.toThrow(/PRIVATE KEY/);
});
