import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { t } from "../t.ts";
import { COPY_REASONS, usePaperPrinter, usePrinter, type Copy, type CopyReason, type Paper } from "./use-print.ts";
import styles from "./print.module.css";

type ReceiptActionsProps = {
  readonly paper: Paper | undefined;
  /** The paper on the screen is the copy from now on, for the print dialog. */
  readonly onCopy: (copy: Copy | undefined) => void;
};
type Way = "printer" | "dialog";

/** Prints the receipt on the screen. The receipt itself is printed once and soon; everything later is a copy, and says why [DEV-5]. */
export function ReceiptActions({ paper, onCopy }: ReceiptActionsProps) {
  const setup = usePrinter();
  const printer = usePaperPrinter();
  const [asking, setAsking] = useState<Way | undefined>(undefined);
  const print = async (way: Way, reason: CopyReason | null): Promise<void> => {
    if (!paper) return;
    const copy = await printer.note(paper, reason);
    if (way === "printer") {
      await printer.print(paper, copy);
      showToast(t("till.print.sent"));
      return;
    }
    flushSync(() => onCopy(copy));
    window.print();
    await printer.byDialog(paper, copy);
  };
  const want = (way: Way): void => {
    if (paper && printer.copyOf(paper) > 0) setAsking(way);
    else void print(way, null);
  };
  return (
    <>
      <Button kind={setup ? "secondary" : "primary"} disabled={!paper} onClick={() => want("dialog")}>
        {t(setup ? "till.print.dialog" : "till.receipt.print")}
      </Button>
      {setup ? (
        <Button kind="primary" disabled={!paper} onClick={() => want("printer")}>
          {t("till.receipt.print")}
        </Button>
      ) : null}
      <Sheet open={asking !== undefined} onClose={() => setAsking(undefined)} title={t("till.print.copy_title")}>
        <p>{t("till.print.copy_text")}</p>
        <div className={styles.reasons}>
          {COPY_REASONS.map((reason) => (
            <Button
              key={reason}
              wide
              onClick={() => {
                setAsking(undefined);
                if (asking) void print(asking, reason);
              }}
            >
              {t(`till.print.reason.${reason}`)}
            </Button>
          ))}
        </div>
      </Sheet>
    </>
  );
}
