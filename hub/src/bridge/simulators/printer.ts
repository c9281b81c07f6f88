import { createServer, type Socket } from "node:net";
import { printedBy, type Printed, type PrinterLanguage } from "../../modules/till/domain/devices/index.ts";
import { listening, type Simulator } from "./listening.ts";

export type PrinterSimulator = Simulator & {
  /** The papers so far, the newest last. */
  readonly papers: readonly Printed[];
  /** How often its drawer was opened. */
  readonly kicks: () => number;
  readonly set: (state: { readonly paper?: "there" | "out"; readonly cover?: "shut" | "open"; readonly breaks?: boolean }) => void;
};

const MOST_PAPERS = 50;
const ALL_WELL = 0x12;

/** A receipt printer that draws what it gets as text, and answers how it stands. */
export async function startPrinterSimulator(language: PrinterLanguage): Promise<PrinterSimulator> {
  const papers: Printed[] = [];
  let state = { paper: "there", cover: "shut", breaks: false };
  let kicks = 0;
  const status = (question: number | undefined): number =>
    ALL_WELL | (question === 2 && state.cover === "open" ? 0x04 : 0) | (question === 4 && state.paper === "out" ? 0x60 : 0);
  const take = (socket: Socket): void => {
    const chunks: Buffer[] = [];
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      if (state.breaks) socket.destroy();
      else if (bytes.length === 3 && bytes[0] === 0x10 && bytes[1] === 0x04) socket.write(Uint8Array.of(status(bytes[2])));
      else chunks.push(bytes);
    });
    socket.on("end", () => {
      if (chunks.length === 0) return;
      const printed = printedBy(Buffer.concat(chunks), language);
      kicks += printed.kicks;
      if (printed.lines.length > 0) papers.push(printed);
      if (papers.length > MOST_PAPERS) papers.shift();
    });
  };
  return {
    ...(await listening(createServer(take))),
    papers,
    kicks: () => kicks,
    set(next) {
      state = { ...state, ...next };
    },
  };
}
