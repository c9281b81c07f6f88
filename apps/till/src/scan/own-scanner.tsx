import { useSyncExternalStore } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { onSetup, scannerSetup, setScanner } from "../print/setup.ts";
import print from "../print/print.module.css";
import { t } from "../t.ts";
import { chooseScanner, hasHid, onScanner, scannerTrouble } from "./hid.ts";

/** The scanner of this till that sends its codes by HID POS: connected once, found again by itself. One that types like a keyboard needs nothing. */
export function OwnScanner() {
  const setup = useSyncExternalStore(onSetup, scannerSetup);
  const trouble = useSyncExternalStore(onScanner, scannerTrouble);
  const choose = async (): Promise<void> => {
    if ((await chooseScanner()) === "unfit") showToast(t("till.scanner.unfit"));
  };
  return (
    <>
      <h3>{t("till.scanner.title")}</h3>
      {setup === null ? (
        <p>{t(hasHid() ? "till.scanner.text" : "till.scanner.no_hid")}</p>
      ) : (
        <p role={trouble ? "alert" : "status"}>{t(trouble ? `till.scanner.${trouble}` : "till.scanner.works", { name: setup.name })}</p>
      )}
      <div className={print.row}>
        {hasHid() ? (
          <Button kind={setup ? "quiet" : "secondary"} onClick={() => void choose()}>
            {t(setup ? "till.scanner.another" : "till.scanner.connect")}
          </Button>
        ) : null}
        {setup ? (
          <Button kind="quiet" onClick={() => setScanner(null)}>
            {t("till.scanner.forget")}
          </Button>
        ) : null}
      </div>
    </>
  );
}
