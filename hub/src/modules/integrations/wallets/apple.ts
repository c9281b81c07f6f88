import { connect, constants } from "node:http2";
import type { AppleWallet } from "../../loyalty/index.ts";
import type { AppleSettings } from "./settings.ts";

const PATIENCE_MS = 10_000;
/** The phone has the pass no more, or the token was never its own. */
const GONE: ReadonlySet<number> = new Set([400, 410]);

/** Apple Wallet with a retailer's own pass type. The library that packs and signs is loaded when the first pass is made. */
export function appleWallet(settings: AppleSettings, publicUrl: string): AppleWallet {
  return {
    passTypeId: settings.passTypeIdentifier,
    async sign(card, token) {
      const { applePass } = await import("./apple-pass.ts");
      return applePass(settings, card, { token, publicUrl });
    },
    async push(pushToken) {
      const status = await pushEmpty(settings, pushToken);
      if (GONE.has(status)) return "gone";
      if (status !== 200) throw new Error(`Apple's push service answered ${status}`);
      return "told";
    },
  };
}

/**
 * Pushes nothing to a phone, which then asks what has changed: HTTP/2 with the certificate of the pass type, which is also the topic
 * (developer.apple.com, "Adding a Web Service to Update Passes"). A connection for each: pushes come one by one, minutes apart.
 */
function pushEmpty(settings: AppleSettings, pushToken: string): Promise<number> {
  const { certificate: cert, key, keyPassphrase, pushAuthority, pushUrl, passTypeIdentifier } = settings;
  return new Promise((resolve, reject) => {
    const session = connect(pushUrl, {
      cert,
      key,
      ...(keyPassphrase !== undefined && { passphrase: keyPassphrase }),
      ...(pushAuthority !== undefined && { ca: pushAuthority }),
    });
    const fail = (error: Error): void => {
      session.destroy();
      reject(error);
    };
    session.once("error", fail);
    session.setTimeout(PATIENCE_MS, () => fail(new Error("Apple's push service did not answer")));
    const request = session.request({
      [constants.HTTP2_HEADER_METHOD]: "POST",
      [constants.HTTP2_HEADER_PATH]: `/3/device/${encodeURIComponent(pushToken)}`,
      "apns-topic": passTypeIdentifier,
    });
    request.once("error", fail);
    request.once("response", (headers) => {
      request.resume();
      request.once("end", () => session.close());
      resolve(Number(headers[constants.HTTP2_HEADER_STATUS]));
    });
    request.end("{}");
  });
}
