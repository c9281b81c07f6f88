import { lazy, Suspense, useState } from "react";
import type { KioskView } from "@weft/contracts/client";
import { isLocale, LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import { setLocale } from "@weft/ui/i18n/i18n.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { OwnScanner } from "../scan/own-scanner.tsx";
import { t } from "../t.ts";
import { PinPad } from "./pin-pad.tsx";
import { ownLanguage, setOwnLanguage } from "./settings.ts";
import styles from "./kiosk.module.css";

const RegisterSettings = lazy(async () => ({ default: (await import("./card/register-settings.tsx")).RegisterSettings }));

/** The one way out of the kiosk: a manager's PIN [KSK-5]. */
export function StaffDoor({ kiosk }: { readonly kiosk: KioskView }) {
  const [isOpen, setOpen] = useState(false);
  const [isLetIn, setLetIn] = useState(false);
  const close = (): void => {
    setOpen(false);
    setLetIn(false);
  };
  return (
    <>
      <button type="button" className={styles.leave} onClick={() => setOpen(true)}>
        {t("till.kiosk.staff")}
      </button>
      <Sheet open={isOpen} onClose={close} title={t("till.kiosk.staff")}>
        {isLetIn ? <KioskSettings kiosk={kiosk} /> : <PinPad onLetIn={() => setLetIn(true)} />}
      </Sheet>
    </>
  );
}

function KioskSettings({ kiosk }: { readonly kiosk: KioskView }) {
  const [language, setLanguage] = useState(ownLanguage);
  const choose = (value: string): void => {
    if (!isLocale(value)) return;
    setOwnLanguage(value);
    setLanguage(value);
    void setLocale(value);
  };
  return (
    <div className={styles.settings}>
      <SelectField label={t("till.kiosk.own_language")} value={language} onChoose={choose}>
        {LOCALES.map((own) => (
          <option key={own} value={own} lang={own}>
            {LOCALE_NAMES[own]}
          </option>
        ))}
      </SelectField>
      <OwnScanner />
      {kiosk.registerId === null ? (
        <p>{t("till.kiosk.no_register")}</p>
      ) : (
        <Suspense fallback={<Skeleton height="8rem" />}>
          <RegisterSettings kiosk={{ ...kiosk, registerId: kiosk.registerId }} />
        </Suspense>
      )}
      <Button wide onClick={() => void toggleFullScreen()}>
        {t(document.fullscreenElement ? "till.kiosk.leave_full_screen" : "till.kiosk.full_screen")}
      </Button>
      <Button wide onClick={() => location.reload()}>
        {t("till.kiosk.reload")}
      </Button>
      <p>{t("till.kiosk.remove_text")}</p>
    </div>
  );
}

/** Where the browser itself does not keep the kiosk on the screen. */
async function toggleFullScreen(): Promise<void> {
  await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => undefined);
}
