import { ownName } from "@weft/ui/browser/device.ts";
import { newId, type Id } from "@weft/kernel";
import { printByBridge } from "./bridge.ts";
import type { PrintJob, PrintProblem } from "./job.ts";
import { openPrintJobs } from "./jobs-database.ts";
import { startPrintQueue, type PrintQueue } from "./queue.ts";
import { printBySerial } from "./serial.ts";
import { bridgeSetup, printerSetup, type PrinterSetup } from "./setup.ts";
import { printByUsb } from "./usb.ts";

/** A printer that does not come back in this time has hung. */
const PATIENCE_MS = 30_000;
let opened: { readonly registerId: string; readonly queue: Promise<PrintQueue> } | undefined;
let jobs: readonly PrintJob[] = [];
const listeners = new Set<() => void>();

/** The jobs of the open register, as the screens show them. */
export const printJobs = (): readonly PrintJob[] => jobs;

export function onPrintJobs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The print jobs of a register in this browser, opened once. */
export function printQueue(registerId: string): Promise<PrintQueue> {
  if (opened?.registerId !== registerId) opened = { registerId, queue: open(registerId) };
  return opened.queue;
}

/** A job as it begins. */
export function newJob(job: Pick<PrintJob, "what" | "title" | "rows"> & Partial<Pick<PrintJob, "orderId" | "copy">>): PrintJob {
  const { orderId = null, copy = 0 } = job;
  return {
    ...job,
    orderId,
    copy,
    id: newId<Id<"print job">>(),
    state: "queued",
    problem: null,
    isLeft: false,
    at: new Date().toISOString(),
  };
}

async function open(registerId: string): Promise<PrintQueue> {
  const lock = ownName(`weft-print ${registerId}`);
  const queue = await startPrintQueue({
    jobs: await openPrintJobs(registerId),
    send: (job) => withinTime(printJob(job)),
    alone: (work) => ("locks" in navigator ? navigator.locks.request(lock, work) : work()),
    now: () => new Date(),
  });
  const show = (): void => {
    jobs = queue.jobs();
    for (const listener of listeners) listener();
  };
  queue.onChange(show);
  show();
  return queue;
}

async function printJob(job: PrintJob): Promise<PrintProblem | null> {
  const setup = printerSetup();
  return setup ? sendTo(setup, job) : "no_printer";
}

/** Sends a job to a printer, in its language. The encoder is loaded with the first one. */
export async function sendTo({ way, model }: PrinterSetup, job: PrintJob): Promise<PrintProblem | null> {
  const { drawerBytes, paperBytes } = await import("./encode.ts");
  const bytes = job.what === "drawer" ? drawerBytes(model) : paperBytes(job.rows, model);
  switch (way.kind) {
    case "usb":
      return printByUsb(way, bytes);
    case "serial":
      return printBySerial(way.baudRate, bytes);
    case "bridge": {
      const bridge = bridgeSetup();
      return bridge ? printByBridge(bridge, way.printerId, job.id, bytes) : "bridge_unpaired";
    }
  }
}

function withinTime(printing: Promise<PrintProblem | null>): Promise<PrintProblem | null> {
  return Promise.race([printing, new Promise<PrintProblem>((resolve) => setTimeout(resolve, PATIENCE_MS, "unreachable"))]);
}
