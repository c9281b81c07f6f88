import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { BridgePrinters } from "./bridge-printers.tsx";
import type { PrintJob } from "./job.ts";
import { printQueue, sendTo } from "./printer.ts";
import { bridgeSetup, type PrinterSetup } from "./setup.ts";
import { useOpenPrinter, usePrintJobs } from "./use-print.ts";
import styles from "./print.module.css";

/** What could not be printed, with what to do now. The sale is done; nobody has to wait for this. */
export function PrintTrouble() {
  useOpenPrinter();
  const failed = usePrintJobs().find(({ state, isLeft }) => state === "failed" && !isLeft);
  return failed ? <FailedJob key={failed.id} job={failed} /> : null;
}

function FailedJob({ job }: { readonly job: PrintJob }) {
  const { register } = useTill();
  const navigate = useNavigate();
  const [isChoosing, setChoosing] = useState(false);
  const queue = () => printQueue(register.id);
  const elsewhere = useMutation({
    mutationFn: async (setup: PrinterSetup) => {
      const problem = await sendTo(setup, job);
      if (problem) throw new Error(problem);
      await (await queue()).elsewhere(job.id);
    },
    onSuccess: () => setChoosing(false),
  });
  const leave = async (): Promise<void> => (await queue()).leave(job.id);
  return (
    <div className={styles.trouble} role="alert">
      <span>
        {t("till.print.failed", { title: job.title })} {t(`till.print.problem.${job.problem ?? "refused"}`)}
      </span>
      <Button onClick={() => void queue().then((opened) => opened.again(job.id))}>{t("till.print.again")}</Button>
      {job.what === "receipt" || job.what === "return" || job.what === "slip" ? (
        <Button onClick={() => setChoosing(true)}>{t("till.print.elsewhere")}</Button>
      ) : null}
      <Button kind="quiet" onClick={() => void leave()}>
        {t("till.print.leave")}
      </Button>
      <Sheet open={isChoosing} onClose={() => setChoosing(false)} title={t("till.print.elsewhere")}>
        <div className={styles.reasons}>
          {bridgeSetup() ? <BridgePrinters onChoose={(setup) => elsewhere.mutate(setup)} /> : null}
          {elsewhere.error ? <p role="alert">{t("till.print.elsewhere_failed")}</p> : null}
          {job.orderId === null ? null : (
            <Button
              wide
              onClick={() => {
                setChoosing(false);
                void leave();
                void navigate({ to: job.what === "return" ? "/returned/$id" : "/receipt/$id", params: { id: job.orderId ?? "" } });
              }}
            >
              {t("till.print.dialog")}
            </Button>
          )}
        </div>
      </Sheet>
    </div>
  );
}
