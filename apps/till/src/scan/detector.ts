import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

const FORMATS = ["qr_code", "ean_13", "ean_8", "upc_a", "code_128", "data_matrix"] as const;

/** The decoder, with its WebAssembly from this hub and from nowhere else. */
export async function createDetector(): Promise<BarcodeDetector> {
  prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith(".wasm") ? wasmUrl : prefix + path) } });
  return new BarcodeDetector({ formats: [...FORMATS] });
}
