import { LiveDot } from "@weft/ui/kit/live-dot.tsx";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { useEffect, useState, type ReactNode } from "react";
import type { Showing } from "../board.tsx";
import { isSoundOn, setSound } from "../kept.ts";
import { t } from "../t.ts";
import { chime } from "../queue/chime.ts";
import styles from "./frame.module.css";

type Props = {
  readonly placeName: string;
  /** Of the place: the screen may have been set up for another. */
  readonly timeZone: string;
  readonly showing: Showing;
  readonly onShow: (next: Showing) => void;
  readonly children: ReactNode;
};

/** What stays on the wall: whose place it is, the time, whether it is live. The switches are for the hand that hangs it. */
export function Frame({ placeName, timeZone, showing, onShow, children }: Props) {
  const [hears, setHears] = useState(isSoundOn);
  const turn = (): void => {
    setSound(!hears);
    setHears(!hears);
    // The touch that turns it on is also what the browser wants before it lets a page be heard.
    if (!hears) chime();
  };
  return (
    <div className={styles.board}>
      <header className={styles.head}>
        <strong className={styles.brand}>{BRAND.name}</strong>
        <h1>{placeName}</h1>
        <nav className={styles.switches} aria-label={t("board.switches")}>
          <button type="button" aria-pressed={showing === "queue"} onClick={() => onShow("queue")}>
            {t("board.queue.title")}
          </button>
          <button type="button" aria-pressed={showing === "menu"} onClick={() => onShow("menu")}>
            {t("board.menu.title")}
          </button>
          <button type="button" aria-pressed={showing === "stations"} onClick={() => onShow("stations")}>
            {t("board.stations.title")}
          </button>
          <button type="button" aria-pressed={hears} onClick={turn}>
            {t("board.sound")}
          </button>
        </nav>
        <LiveDot timeZone={timeZone} />
        <Clock timeZone={timeZone} />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  );
}

function Clock({ timeZone }: { readonly timeZone: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time className={styles.clock} dateTime={now.toISOString()}>
      {formatTime(now, { timeZone })}
    </time>
  );
}
