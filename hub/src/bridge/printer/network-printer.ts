import type { Socket } from "node:net";
import type { PrinterDevice } from "../config.ts";
import { connectTo, nextBytes, writeTo } from "../tcp.ts";

/** Why nothing was printed. */
export type PrinterProblem = "unreachable" | "paper_out" | "cover_open" | "broken";

const CONNECT_MS = 5000;
/** A printer that knows the question answers it at once, also while it prints. */
const STATUS_MS = 400;
/** DLE EOT n, the real-time status of ESC/POS: 2 says whether the cover is open, 4 whether there is paper. */
const ASK_OFFLINE = Uint8Array.of(0x10, 0x04, 2);
const ASK_PAPER = Uint8Array.of(0x10, 0x04, 4);
const COVER_OPEN = 0x04;
const PAPER_END = 0x60;

/**
 * Prints on a printer of the network (raw TCP, usually port 9100) and resolves when all bytes have left; null when they did [DEV-6]. A printer
 * that says how it stands is believed; one that says nothing is sent the paper all the same.
 */
export async function printTo(printer: PrinterDevice, bytes: Uint8Array): Promise<PrinterProblem | null> {
  let socket: Socket;
  try {
    socket = await connectTo(printer.address, CONNECT_MS);
  } catch {
    return "unreachable";
  }
  try {
    const problem = printer.language === "esc-pos" ? await statusOf(socket) : null;
    if (problem) return problem;
    await writeTo(socket, bytes);
    await new Promise<void>((resolve) => void socket.end(resolve));
    return null;
  } catch {
    return "broken";
  } finally {
    socket.destroy();
  }
}

async function statusOf(socket: Socket): Promise<PrinterProblem | null> {
  await writeTo(socket, ASK_OFFLINE);
  const [offline] = (await nextBytes(socket, STATUS_MS)) ?? [];
  if (offline === undefined) return null;
  if ((offline & COVER_OPEN) !== 0) return "cover_open";
  await writeTo(socket, ASK_PAPER);
  const [paper = 0] = (await nextBytes(socket, STATUS_MS)) ?? [];
  return (paper & PAPER_END) === 0 ? null : "paper_out";
}
