import type { PrintProblem } from "./job.ts";

/** What of WebUSB a printer needs. The browsers' types are not in TypeScript's library. */
type Endpoint = { readonly endpointNumber: number; readonly direction: "in" | "out"; readonly type: string };
type Interface = {
  readonly interfaceNumber: number;
  readonly alternates: readonly { readonly interfaceClass: number; readonly endpoints: readonly Endpoint[] }[];
};
export type UsbPrinter = {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName?: string;
  readonly configuration: { readonly interfaces: readonly Interface[] } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(endpoint: number, bytes: Uint8Array): Promise<{ readonly status: string }>;
};
type Usb = {
  getDevices(): Promise<UsbPrinter[]>;
  requestDevice(options: { readonly filters: readonly { readonly classCode?: number }[] }): Promise<UsbPrinter>;
};

/** The class of printers by the USB standard. */
const PRINTER_CLASS = 7;

const usb = (): Usb | undefined => (navigator as { readonly usb?: Usb }).usb; // absent in TypeScript's library, and in some browsers

export const hasUsb = (): boolean => usb() !== undefined;

/** Lets the person choose one; call it in a tap. Null when they chose none. */
export async function chooseUsbPrinter(): Promise<UsbPrinter | null> {
  return (
    (await usb()
      ?.requestDevice({ filters: [{ classCode: PRINTER_CLASS }] })
      .catch(() => null)) ?? null
  );
}

/** Sends bytes to a printer that was allowed before, and leaves it to others again. */
export async function printByUsb(
  id: { readonly vendorId: number; readonly productId: number },
  bytes: Uint8Array,
): Promise<PrintProblem | null> {
  const devices = (await usb()?.getDevices()) ?? [];
  const device = devices.find(({ vendorId, productId }) => vendorId === id.vendorId && productId === id.productId);
  if (!device) return "no_printer";
  try {
    await device.open();
  } catch {
    return "unreachable";
  }
  try {
    return await transfer(device, bytes);
  } catch {
    return "busy";
  } finally {
    await device.close().catch(() => undefined);
  }
}

async function transfer(device: UsbPrinter, bytes: Uint8Array): Promise<PrintProblem | null> {
  if (device.configuration === null) await device.selectConfiguration(1);
  for (const { interfaceNumber, alternates } of device.configuration?.interfaces ?? []) {
    const printer = alternates.find(({ interfaceClass }) => interfaceClass === PRINTER_CLASS);
    const out = printer?.endpoints.find(({ direction, type }) => direction === "out" && type === "bulk");
    if (!out) continue;
    await device.claimInterface(interfaceNumber);
    // It was claimed: whatever fails now is the wire, and nobody else who holds it.
    const sent = await device.transferOut(out.endpointNumber, bytes).catch(() => null);
    if (sent === null) return "unreachable";
    return sent.status === "ok" ? null : "refused";
  }
  return "refused";
}
