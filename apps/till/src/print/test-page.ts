import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "@weft/ui/api/context.tsx";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import type { PrintJob } from "./job.ts";
import type { PaperRow } from "./paper.ts";
import { newJob, onPrintJobs, printJobs, printQueue } from "./printer.ts";
import { printProblem } from "./report-equipment.ts";

/** What a page shows on which nothing is sold: the letters of the languages, so that a wrong set of characters is seen. */
export const testRows = (): readonly PaperRow[] => [
  { kind: "text", text: BRAND.name, isCentered: true, isBig: true, isBold: true },
  { kind: "text", text: t("till.print.test_text"), isCentered: true },
  { kind: "text", text: "äöüß éèêç àòíï l·l ñ œ €", isCentered: true },
];

/** Prints the page that the office asks this till for, once, and says what became of it [TIL-80]. */
export function useAskedTestPage(): void {
  const { register } = useTill();
  useLive(`register/${register.id}`);
  const { data } = useQuery({
    queryKey: ["register", register.id, "test-print"],
    queryFn: ({ signal }) => api.ask("till.testPrint", { signal }),
    retry: false,
  });
  const asked = data?.id ?? null;
  useEffect(() => {
    if (asked === null) return undefined;
    void printAsked(register.id, asked);
    const tell = (): void => void tellEnd(asked);
    const stop = onPrintJobs(tell);
    tell();
    return stop;
  }, [register.id, asked]);
}

/** The job has the id of what was asked, so a page that is asked for twice, or in two windows, is one. */
async function printAsked(registerId: string, id: string): Promise<void> {
  const queue = await printQueue(registerId);
  if (queue.jobs().some((job) => job.id === id)) return;
  await queue.print({ ...newJob({ what: "test", title: t("till.print.test"), rows: testRows() }), id });
}

const told = new Set<string>();

async function tellEnd(id: string): Promise<void> {
  const job = printJobs().find((one: PrintJob) => one.id === id);
  if ((job?.state !== "done" && job?.state !== "failed") || told.has(id)) return;
  told.add(id);
  try {
    await api.ask("till.endTestPrint", {
      params: { id },
      body: { problem: job.state === "failed" ? (printProblem([job]) ?? "broken") : null },
    });
  } catch {
    // The hub is away: the office sees that the till has not answered.
    told.delete(id);
  }
}
