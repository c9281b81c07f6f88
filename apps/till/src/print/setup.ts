import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import type { PrinterModel } from "./encode.ts";

/** By which way this till reaches its printer. A device that the browser was allowed to use is known by what the browser says of it. */
export type PrinterWay =
  | { readonly kind: "usb"; readonly vendorId: number; readonly productId: number }
  | { readonly kind: "serial"; readonly baudRate: number }
  | { readonly kind: "bridge"; readonly printerId: string };

export type PrinterSetup = {
  readonly name: string;
  readonly way: PrinterWay;
  readonly model: PrinterModel;
  /** Whether the drawer hangs on it. */
  readonly opensDrawer: boolean;
};

/** The bridge that this till is paired with. */
export type BridgeSetup = { readonly url: string; readonly token: string; readonly name: string };

/** A device of the bridge that stands beside this till. */
export type DeviceChoice = { readonly id: string; readonly name: string };
/** The card terminal among them. */
export type TerminalSetup = DeviceChoice;

/** The scanner at this till that sends its codes by HID POS, as the browser knows it. */
export type ScannerSetup = { readonly vendorId: number; readonly productId: number; readonly name: string };

const PRINTER = "weft.till.printer";
const BRIDGE = "weft.till.bridge";
const TERMINAL = "weft.till.terminal";
const SCALE = "weft.till.scale";
const SCANNER = "weft.till.scanner";
const listeners = new Set<() => void>();
let printer = read<PrinterSetup>(PRINTER);
let bridge = read<BridgeSetup>(BRIDGE);
let terminal = read<TerminalSetup>(TERMINAL);
let scale = read<DeviceChoice>(SCALE);
let scanner = read<ScannerSetup>(SCANNER);

/** The printer of this till; null where receipts go to the print dialog of the system. */
export const printerSetup = (): PrinterSetup | null => printer;
export const bridgeSetup = (): BridgeSetup | null => bridge;

/** The terminal of the bridge that takes the cards of this till; null where cards are taken by other ways. */
export const terminalSetup = (): TerminalSetup | null => (bridge ? terminal : null);

/** The scale of the bridge on which this till weighs; null where there is none. */
export const scaleSetup = (): DeviceChoice | null => (bridge ? scale : null);

/** The scanner that is read beside whatever types like a keyboard; null where there is none. */
export const scannerSetup = (): ScannerSetup | null => scanner;

export function setScanner(next: ScannerSetup | null): void {
  scanner = next;
  keep(SCANNER, next);
}

export function setScale(next: DeviceChoice | null): void {
  scale = next;
  keep(SCALE, next);
}

export function setTerminal(next: TerminalSetup | null): void {
  terminal = next;
  keep(TERMINAL, next);
}

export function setPrinter(next: PrinterSetup | null): void {
  printer = next;
  keep(PRINTER, next);
}

export function setBridge(next: BridgeSetup | null): void {
  bridge = next;
  keep(BRIDGE, next);
}

export function onSetup(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(name: string, value: object | null): void {
  writeStored(name, value === null ? null : JSON.stringify(value));
  for (const listener of listeners) listener();
}

function read<T>(name: string): T | null {
  try {
    return JSON.parse(readStored(name) ?? "null") as T | null; // written by keep
  } catch {
    return null;
  }
}
