import { t } from "../t.ts";
import { newJob, printQueue } from "./printer.ts";
import { printerSetup } from "./setup.ts";

/** What the drawer was opened for since this page was loaded: shown again, a payment does not open it twice. */
const opened = new Set<string>();

/** Opens the drawer once for what is named, where it hangs on the printer of this till. Nothing waits for it. */
export function openDrawer(registerId: string, what: string, orderId: string | null = null): void {
  if (!printerSetup()?.opensDrawer || opened.has(what)) return;
  opened.add(what);
  void printQueue(registerId).then((queue) =>
    queue.print(newJob({ what: "drawer", title: t("till.print.drawer"), rows: [], ...(orderId !== null && { orderId }) })),
  );
}
