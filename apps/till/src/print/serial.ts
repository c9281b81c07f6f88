import type { PrintProblem } from "./job.ts";

/** What of WebSerial a printer needs. The browsers' types are not in TypeScript's library. */
type Port = {
  readonly writable: WritableStream<Uint8Array> | null;
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
};
type Serial = { getPorts(): Promise<Port[]>; requestPort(): Promise<Port> };

const serial = (): Serial | undefined => (navigator as { readonly serial?: Serial }).serial; // absent in TypeScript's library, and in some browsers

export const hasSerial = (): boolean => serial() !== undefined;

/** Lets the person choose a port; call it in a tap. Says whether they chose one. */
export async function chooseSerialPrinter(): Promise<boolean> {
  const port = await serial()
    ?.requestPort()
    .catch(() => undefined);
  return port !== undefined;
}

/** Sends bytes to the port that was allowed before; a till has one printer at a serial port. */
export async function printBySerial(baudRate: number, bytes: Uint8Array): Promise<PrintProblem | null> {
  const port = (await serial()?.getPorts())?.[0];
  if (!port) return "no_printer";
  try {
    await port.open({ baudRate });
  } catch {
    return "unreachable";
  }
  try {
    const writer = port.writable?.getWriter();
    if (!writer) return "busy";
    await writer.write(bytes);
    await writer.close();
    return null;
  } catch {
    return "refused";
  } finally {
    await port.close().catch(() => undefined);
  }
}
