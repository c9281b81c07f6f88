import { join } from "node:path";
import type { Device, PrinterDevice } from "./config.ts";
import { openCopies, type Copies } from "./copies.ts";
import { keepIn } from "./kept-file.ts";
import { openPairings, type Pairing, type Pairings } from "./pairing.ts";
import { printTo, type PrinterProblem } from "./printer/network-printer.ts";
import { openTerminal, type Terminal, type TerminalBook } from "./zvt/payments.ts";

/** What stands between tills and the devices of a store, without its way over HTTP. */
export type Bridge = {
  readonly name: string;
  readonly devices: readonly Device[];
  readonly pairings: Pairings;
  readonly copies: Copies;
  readonly terminals: ReadonlyMap<string, Terminal>;
  /** Prints a job once, however often it is sent; null when the paper is there. Jobs of one printer wait for each other. */
  readonly print: (printer: PrinterDevice, jobId: string, bytes: Uint8Array) => Promise<PrinterProblem | null>;
};

export type BridgeParts = { readonly name: string; readonly devices: readonly Device[]; readonly home: string; readonly now: () => Date };

/** How many printed jobs are remembered, so that a repeat is no second paper. */
const MOST_JOBS = 2000;

export async function openBridge({ name, devices, home, now }: BridgeParts): Promise<Bridge> {
  const folder = join(home, "bridge");
  const terminals = new Map<string, Terminal>();
  for (const device of devices)
    if (device.kind === "terminal") {
      const file = keepIn<TerminalBook>(join(folder, `terminal-${device.id}.json`), { payments: [], lastTrace: null });
      terminals.set(device.id, await openTerminal({ at: device, file, now }));
    }
  return {
    name,
    devices,
    terminals,
    pairings: openPairings(keepIn<readonly Pairing[]>(join(folder, "pairings.json"), []), now),
    copies: openCopies(join(folder, "copies"), now),
    print: printInTurn(),
  };
}

function printInTurn(): Bridge["print"] {
  const printed = new Set<string>();
  const last = new Map<string, Promise<unknown>>();
  return (printer, jobId, bytes) => {
    const done = (last.get(printer.id) ?? Promise.resolve()).then(async () => {
      if (printed.has(jobId)) return null;
      const problem = await printTo(printer, bytes);
      if (problem === null) printed.add(jobId);
      const [oldest] = printed;
      if (printed.size > MOST_JOBS && oldest !== undefined) printed.delete(oldest);
      return problem;
    });
    last.set(
      printer.id,
      done.catch(() => undefined),
    );
    return done;
  };
}
