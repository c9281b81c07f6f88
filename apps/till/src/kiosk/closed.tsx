import type { KioskView } from "@weft/contracts/client";
import { comingDayStyle, formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { useNow } from "../common/use-now.ts";
import { t } from "../t.ts";
import { StaffDoor } from "./staff.tsx";
import styles from "./kiosk.module.css";

/** The hub cannot be reached, so nothing can be ordered here; somebody stands at the counter. It comes back by itself. */
export function AwayScreen() {
  return (
    <main className={styles.alone} data-kiosk role="status">
      <h1>{t("till.kiosk.away")}</h1>
      <p>{t("till.kiosk.away_text")}</p>
    </main>
  );
}

/** Nobody is there to make anything. */
export function ClosedScreen({ kiosk }: { readonly kiosk: KioskView }) {
  const now = useNow();
  const { open, timeZone, placeName } = kiosk;
  const at = open.nextChange;
  return (
    <main className={styles.alone} data-kiosk>
      <p>
        {BRAND.name} · {placeName}
      </p>
      <h1>{t("till.kiosk.closed")}</h1>
      {at === null ? null : (
        <p>
          {t("till.kiosk.closed_until", {
            day: formatDate(at, { timeZone, style: comingDayStyle(at, now) }),
            time: formatTime(at, { timeZone }),
          })}
        </p>
      )}
      <StaffDoor kiosk={kiosk} />
    </main>
  );
}
