import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const WASM = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");

/** Between two keys of a scanner. */
const KEY_MS = 2;

/**
 * What a keyboard scanner sends: keys faster than any hand, then Enter. It is no tap. Each key says when it was pressed, as the system does
 * for real ones: a busy machine that halts the script between two keys makes no typing of it.
 */
export async function scan(till: Page, text: string): Promise<void> {
  const keys = JSON.stringify([...text, "Enter"]);
  // One script for all keys: a scanner is faster than a round trip per key.
  await till.evaluate(`(() => {
    const begun = performance.now();
    for (const [n, key] of ${keys}.entries()) {
      const pressed = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      Object.defineProperty(pressed, "timeStamp", { value: begun + n * ${KEY_MS} });
      document.body.dispatchEvent(pressed);
    }
  })()`);
}

/** What a scanner reads off a screen: the text of the QR code with this name, decoded from its picture. Throws when it cannot be read. */
export async function readQr(page: Page, name: string | RegExp): Promise<string> {
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(await readFile(WASM)).buffer } });
  const picture = page.getByRole("img", { name });
  await picture.waitFor();
  for (let look = 0; look < 20; look++) {
    const [code] = await readBarcodes(await picture.screenshot(), { formats: ["QRCode"] });
    if (code?.text) return code.text;
    await page.waitForTimeout(100); // it is drawn after its frame
  }
  throw new Error("the code on the screen could not be read");
}
