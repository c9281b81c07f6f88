import { useState, useSyncExternalStore } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { SigningSettings } from "../book/signing-settings.tsx";
import { useTill } from "../device/till-context.ts";
import { openDisplay } from "../display/open.ts";
import { t } from "../t.ts";
import { useCopyState } from "../outbox/register-outbox.ts";
import type { pairWithBridge } from "./bridge.ts";
import { BridgePairing, BridgeTrouble } from "./bridge-pairing.tsx";
import { BridgePrinters, useBridgeDevices } from "./bridge-printers.tsx";
import type { PrinterModel } from "./encode.ts";
import { newJob, printQueue } from "./printer.ts";
import { chooseSerialPrinter, hasSerial } from "./serial.ts";
import { bridgeSetup, onSetup, setBridge, setPrinter, setTerminal, terminalSetup, type PrinterSetup } from "./setup.ts";
import { testRows } from "./test-page.ts";
import { usePairing } from "./use-pairing.ts";
import { chooseUsbPrinter, hasUsb } from "./usb.ts";
import { usePrinter } from "./use-print.ts";
import { OwnScanner } from "../scan/own-scanner.tsx";
import { OwnScale } from "../weigh/own-scale.tsx";
import styles from "./print.module.css";

const USUAL: PrinterModel = { language: "esc-pos", columns: 48, codePage: "windows1252" };
const BAUD_RATE = 9600;

/** What hangs on this till: its printer, its scanner, the bridge of the store, and the screen that the customer sees. */
export function DeviceSettings() {
  const setup = usePrinter();
  return (
    <section className={styles.device} aria-label={t("till.print.devices")}>
      <h3>{t("till.print.printer")}</h3>
      {setup ? <OwnPrinter setup={setup} /> : <PrinterChoice />}
      <OwnScanner />
      <h3>{t("till.print.bridge")}</h3>
      <OwnBridge />
      <SigningSettings />
      <h3>{t("till.display.title")}</h3>
      <p>{t("till.display.text")}</p>
      <Button onClick={openDisplay}>{t("till.display.open")}</Button>
    </section>
  );
}

function PrinterChoice() {
  const byUsb = async (): Promise<void> => {
    const device = await chooseUsbPrinter();
    if (!device) return;
    const { vendorId, productId, productName } = device;
    setPrinter({ name: productName ?? "USB", way: { kind: "usb", vendorId, productId }, model: USUAL, opensDrawer: true });
  };
  const bySerial = async (): Promise<void> => {
    if (await chooseSerialPrinter())
      setPrinter({ name: t("till.print.serial"), way: { kind: "serial", baudRate: BAUD_RATE }, model: USUAL, opensDrawer: true });
  };
  return (
    <>
      <p>{t("till.print.none")}</p>
      <div className={styles.row}>
        {hasUsb() ? <Button onClick={() => void byUsb()}>{t("till.print.by_usb")}</Button> : null}
        {hasSerial() ? <Button onClick={() => void bySerial()}>{t("till.print.by_serial")}</Button> : null}
      </div>
    </>
  );
}

function OwnPrinter({ setup }: { readonly setup: PrinterSetup }) {
  const { register } = useTill();
  const { model, way, name, opensDrawer } = setup;
  const change = (next: Partial<PrinterModel>): void => setPrinter({ ...setup, model: { ...model, ...next } });
  const send = async (what: "test" | "drawer"): Promise<void> => {
    await (await printQueue(register.id)).print(newJob({ what, title: t(`till.print.${what}`), rows: what === "test" ? testRows() : [] }));
    showToast(t("till.print.sent"));
  };
  return (
    <>
      <p>{name}</p>
      {way.kind === "bridge" ? null : (
        <>
          <SelectField
            label={t("till.print.language")}
            value={model.language}
            onChoose={(value) => change({ language: value === "star-prnt" ? "star-prnt" : "esc-pos" })}
          >
            <option value="esc-pos">ESC/POS</option>
            <option value="star-prnt">StarPRNT</option>
          </SelectField>
          <SelectField
            label={t("till.print.width")}
            value={model.columns}
            onChoose={(value) => change({ columns: value === "32" ? 32 : value === "42" ? 42 : 48 })}
          >
            {[32, 42, 48].map((columns) => (
              <option key={columns} value={columns}>
                {t("till.print.columns", { columns, paper: columns === 32 ? 58 : 80 })}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("till.print.code_page")}
            value={model.codePage}
            onChoose={(value) => change({ codePage: value === "cp858" ? "cp858" : "windows1252" })}
          >
            <option value="windows1252">Windows-1252</option>
            <option value="cp858">CP858</option>
          </SelectField>
        </>
      )}
      <label className={styles.check}>
        <input type="checkbox" checked={opensDrawer} onChange={({ target }) => setPrinter({ ...setup, opensDrawer: target.checked })} />
        {t("till.print.opens_drawer")}
      </label>
      <div className={styles.row}>
        <Button onClick={() => void send("test")}>{t("till.print.test")}</Button>
        <Button kind="quiet" onClick={() => setPrinter(null)}>
          {t("till.print.forget")}
        </Button>
      </div>
    </>
  );
}

function OwnBridge() {
  const [bridge, show] = useState(bridgeSetup);
  const setup = usePrinter();
  const keep = (next: typeof bridge): void => {
    setBridge(next);
    show(next);
  };
  if (!bridge) return <PairBridge onPaired={keep} />;
  return (
    <>
      <p>{t("till.print.paired", { name: bridge.name })}</p>
      <CopyNote />
      {setup ? null : <BridgePrinters onChoose={setPrinter} />}
      <OwnTerminal />
      <OwnScale />
      <div className={styles.row}>
        <Button
          kind="quiet"
          onClick={() => {
            if (setup?.way.kind === "bridge") setPrinter(null);
            keep(null);
          }}
        >
          {t("till.print.unpair")}
        </Button>
      </div>
    </>
  );
}

/** Whether what waits here is safe beside this device, too. */
function CopyNote() {
  const { alone, trouble } = useCopyState();
  if (trouble === "none") return <p>{t("till.copy.kept")}</p>;
  return <p role="alert">{t("till.copy.alone", { count: alone })}</p>;
}

/** The card terminal that stands beside this till, if the bridge has one. */
function OwnTerminal() {
  const own = useSyncExternalStore(onSetup, terminalSetup);
  const devices = useBridgeDevices();
  const terminals = (devices.data ?? []).filter(({ kind }) => kind === "terminal");
  if (terminals.length === 0) return null;
  return (
    <SelectField
      label={t("till.terminal.own")}
      value={own?.id ?? ""}
      onChoose={(id) => {
        const chosen = terminals.find((one) => one.id === id);
        setTerminal(chosen ? { id: chosen.id, name: chosen.name } : null);
      }}
    >
      <option value="">{t("till.terminal.none")}</option>
      {terminals.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function PairBridge({ onPaired }: { readonly onPaired: (bridge: Awaited<ReturnType<typeof pairWithBridge>>) => void }) {
  const { register, isDemo } = useTill();
  const { fields, submit, isPairing, error, demo } = usePairing(register, onPaired);
  return (
    <>
      <p>{t("till.print.bridge_text")}</p>
      {isDemo ? (
        <Button wide busy={demo.isPending} onClick={() => demo.mutate()}>
          {t("till.print.bridge_demo")}
        </Button>
      ) : null}
      <form className={styles.device} onSubmit={submit}>
        <BridgePairing {...fields} />
        <BridgeTrouble error={error} />
        <Button type="submit" busy={isPairing}>
          {t("till.print.pair")}
        </Button>
      </form>
    </>
  );
}
