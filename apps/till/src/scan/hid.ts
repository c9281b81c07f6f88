import { onSetup, scannerSetup, setScanner } from "../print/setup.ts";
import { createScanJoiner, redirectionReport, scanLayout, SCANNER_USAGE, type Collection, type ScanLayout } from "./hid-report.ts";

/** What of WebHID a scanner needs. The browsers' types are not in TypeScript's library. */
export type HidDevice = EventTarget & {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly opened: boolean;
  readonly collections: readonly Collection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendFeatureReport(reportId: number, data: Uint8Array): Promise<void>;
};
type InputReport = Event & { readonly reportId: number; readonly data: DataView };
export type Hid = EventTarget & {
  getDevices(): Promise<HidDevice[]>;
  requestDevice(options: { readonly filters: readonly { readonly usagePage: number; readonly usage: number }[] }): Promise<HidDevice[]>;
};

/** Why nothing comes from the scanner of this till. */
export type ScannerTrouble = "unplugged" | "busy";

const hid = (): Hid | undefined => (navigator as { readonly hid?: Hid }).hid; // absent in TypeScript's library, and in some browsers

export const hasHid = (): boolean => hid() !== undefined;

const scanListeners = new Set<(text: string) => void>();
const stateListeners = new Set<() => void>();
/** The scanners that are read now: there may be two of the same make at one till. */
const read = new Map<HidDevice, (event: Event) => void>();
let trouble: ScannerTrouble | null = null;
let isStarted = false;
let attaching: Promise<void> = Promise.resolve();

/** Hears every code of the scanner of this till; the first who listens has it found again, as often as it is plugged in. */
export function onHidScan(listener: (text: string) => void): () => void {
  scanListeners.add(listener);
  start();
  return () => scanListeners.delete(listener);
}

/** Why the scanner of this till is not read; null where it is, or where this till has none. */
export const scannerTrouble = (): ScannerTrouble | null => trouble;

export function onScanner(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}

/** Lets the person choose a scanner; call it in a tap. `unfit`: it is set to a mode in which it does not send codes this way. */
export async function chooseScanner(): Promise<"chosen" | "unfit" | "none"> {
  const devices =
    (await hid()
      ?.requestDevice({ filters: [SCANNER_USAGE] })
      .catch(() => [])) ?? [];
  if (devices.length === 0) return "none";
  const fit = devices.find(({ collections }) => scanLayout(collections));
  if (!fit) return "unfit";
  const { vendorId, productId, productName } = fit;
  setScanner({ vendorId, productId, name: productName || "HID" });
  return "chosen";
}

function start(): void {
  const api = hid();
  if (isStarted || !api) return;
  isStarted = true;
  api.addEventListener("connect", attachSoon);
  api.addEventListener("disconnect", attachSoon);
  onSetup(attachSoon);
  attachSoon();
}

/** One after the other: a scanner that is opened twice at once is refused the second time. */
function attachSoon(): void {
  attaching = attaching.then(attach).catch(() => undefined);
}

async function attach(): Promise<void> {
  const setup = scannerSetup();
  const there = setup ? ((await hid()?.getDevices()) ?? []) : [];
  const own = there.filter((one) => one.vendorId === setup?.vendorId && one.productId === setup.productId);
  for (const [device, listener] of read) {
    if (own.includes(device) && device.opened) continue;
    device.removeEventListener("inputreport", listener);
    read.delete(device);
    await device.close().catch(() => undefined);
  }
  let isHeld = false;
  for (const device of own) {
    const layout = scanLayout(device.collections);
    if (layout && !read.has(device) && !(await open(device, layout))) isHeld = true;
  }
  say(setup === null || read.size > 0 ? null : isHeld ? "busy" : "unplugged");
}

async function open(device: HidDevice, layout: ScanLayout): Promise<boolean> {
  try {
    if (!device.opened) await device.open();
  } catch {
    return false;
  }
  const joiner = createScanJoiner(layout);
  const listener = (event: Event): void => {
    const { reportId, data, timeStamp } = event as InputReport; // what WebHID sends by this name
    const text = joiner.report(reportId, data, timeStamp);
    if (text !== undefined) for (const hear of scanListeners) hear(text);
  };
  device.addEventListener("inputreport", listener);
  read.set(device, listener);
  const redirection = redirectionReport(device.collections);
  // One that sends its codes this way without being asked may refuse.
  if (redirection !== undefined) await device.sendFeatureReport(redirection, Uint8Array.of(1)).catch(() => undefined);
  return true;
}

function say(next: ScannerTrouble | null): void {
  if (trouble === next) return;
  trouble = next;
  for (const listener of stateListeners) listener();
}
