import { useEffect } from "react";
import type { BodyOf } from "@weft/contracts/client";
import { api } from "../api.ts";
import { tendJournal } from "../book/sign-here.ts";
import { displayIsOpen } from "../display/feed.tsx";
import { askBridge, BridgeError } from "./bridge.ts";
import type { PrintJob } from "./job.ts";
import { onPrintJobs, printJobs } from "./printer.ts";
import { onScanner, scannerTrouble } from "../scan/hid.ts";
import { bridgeSetup, onSetup, printerSetup, scaleSetup, scannerSetup, terminalSetup } from "./setup.ts";

type Report = BodyOf<"till.reportEquipment">["items"];
type Problem = Report[number]["problem"];

/** The office knows a trouble within this time at the latest. */
const EVERY_MS = 120_000;
/** Several things turn at once when a bridge goes away. */
const SETTLE_MS = 2000;

/** Tells the hub what hangs at this till and how it is [TIL-65]: when that changes, and every two minutes. Nobody waits for it. */
export function useEquipmentReport(): void {
  useEffect(() => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(settling);
      settling = setTimeout(() => void report(), SETTLE_MS);
    };
    soon();
    const timer = setInterval(() => void report(), EVERY_MS);
    const stop = [onSetup(soon), onPrintJobs(soon), onScanner(soon)];
    return () => {
      clearTimeout(settling);
      clearInterval(timer);
      for (const end of stop) end();
    };
  }, []);
}

/** It is one window, and has no name of its own. */
const DISPLAY = "display";
let told: string | undefined;

async function report(): Promise<void> {
  const items = await equipmentNow();
  const said = JSON.stringify(items);
  // Where nothing hangs, that is said once; else each report is a sign of life.
  if (items.length === 0 && told === said) return;
  try {
    const { isChanged } = await api.ask("till.reportEquipment", { body: { items } });
    told = said;
    // What the log says of it is signed here, where this till signs.
    if (isChanged) await tendJournal();
  } catch {
    // The hub is away: it is told by the next report.
  }
}

async function equipmentNow(): Promise<Report> {
  const [bridge, printer, terminal, scale, scanner] = [bridgeSetup(), printerSetup(), terminalSetup(), scaleSetup(), scannerSetup()];
  const reach = bridge ? await bridgeProblem(bridge) : null;
  const devices = typeof reach === "object" ? reach : null;
  const bridgeTrouble: Problem = typeof reach === "string" ? reach : null;
  const atBridge = (id: string): Problem => bridgeTrouble ?? (devices && !devices.some((one) => one.id === id) ? "not_there" : null);
  return [
    ...(bridge ? [{ kind: "bridge" as const, name: bridge.name, way: "network" as const, problem: bridgeTrouble }] : []),
    ...(printer
      ? [
          {
            kind: "printer" as const,
            name: printer.name,
            way: printer.way.kind,
            problem: printProblem(printJobs()) ?? (printer.way.kind === "bridge" ? atBridge(printer.way.printerId) : null),
          },
        ]
      : []),
    ...(terminal ? [{ kind: "terminal" as const, name: terminal.name, way: "bridge" as const, problem: atBridge(terminal.id) }] : []),
    ...(scale ? [{ kind: "scale" as const, name: scale.name, way: "bridge" as const, problem: atBridge(scale.id) }] : []),
    ...(scanner ? [{ kind: "scanner" as const, name: scanner.name, way: "usb" as const, problem: scannerTrouble() }] : []),
    ...(displayIsOpen() ? [{ kind: "display" as const, name: DISPLAY, way: "window" as const, problem: null }] : []),
  ];
}

/** What the bridge has, or why it cannot be asked. */
async function bridgeProblem(bridge: NonNullable<ReturnType<typeof bridgeSetup>>): Promise<readonly { readonly id: string }[] | Problem> {
  try {
    return (await askBridge<{ devices: { id: string }[] }>(bridge, "/devices")).devices;
  } catch (error) {
    return error instanceof BridgeError && error.code === "bridge.unpaired" ? "bridge_unpaired" : "bridge_unreachable";
  }
}

/** The printer is as its last job found it; a job that a closed till left says nothing of it. */
export function printProblem(jobs: readonly PrintJob[]): Problem {
  const last = jobs.toSorted((a, b) => a.at.localeCompare(b.at)).findLast(({ state }) => state === "done" || state === "failed");
  return last?.state === "failed" && last.problem !== "interrupted" ? last.problem : null;
}
