import { useEffect, useRef, useState } from "react";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { currentLocale, setLocale } from "@weft/ui/i18n/i18n.ts";
import { isLocale } from "@weft/ui/i18n/locales.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { t } from "../t.ts";
import { ASKS_EVERY_MS, displayChannel, type DisplayMessage, type Shown } from "./shown.ts";
import styles from "./display.module.css";

/** The screen that the customer sees: a window of the till's own browser, without any control [DEV-11]. */
export function DisplayScreen() {
  const shown = useShown();
  return (
    <main className={styles.screen} data-kind={shown.kind}>
      {shown.kind === "idle" ? <Idle /> : shown.kind === "ticket" ? <Ticket {...shown} /> : <Thanks {...shown} />}
    </main>
  );
}

/** Asks the till when it comes, and listens from then on; the language is the till's. */
function useShown(): Shown {
  const [shown, show] = useState<Shown>({ kind: "idle" });
  useEffect(() => {
    const channel = displayChannel();
    channel.addEventListener("message", ({ data }: MessageEvent<DisplayMessage>) => {
      if (data.kind !== "show") return;
      const { locale } = data;
      const isOther = isLocale(locale) && locale !== currentLocale();
      void (isOther ? setLocale(locale) : Promise.resolve()).then(() => show(data.shown));
    });
    const ask: DisplayMessage = { kind: "ask" };
    channel.postMessage(ask);
    const timer = setInterval(() => channel.postMessage(ask), ASKS_EVERY_MS);
    return () => {
      clearInterval(timer);
      channel.close();
    };
  }, []);
  return shown;
}

function Idle() {
  return (
    <div className={styles.middle}>
      <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" className={styles.logo} />
      <h1>{BRAND.name}</h1>
      <p>{t("till.display.welcome")}</p>
    </div>
  );
}

function Ticket({ lines, discount, total, left }: Extract<Shown, { kind: "ticket" }>) {
  const list = useRef<HTMLUListElement>(null);
  // What was added last is what everybody looks for.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is nothing to clean up with.
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  return (
    <>
      <h1 className="said">{t("till.display.ticket")}</h1>
      <ul className={styles.lines} ref={list}>
        {lines.map(({ id, name, detail, quantity, total: sum }) => (
          <li key={id}>
            <span className={styles.quantity}>{formatNumber(quantity)}</span>
            <span className={styles.what}>
              {name}
              {detail === "" ? null : <small>{detail}</small>}
            </span>
            <span>{formatMoney(sum)}</span>
          </li>
        ))}
      </ul>
      <footer className={styles.sums} aria-live="polite">
        {discount ? (
          <p>
            <span>{t("till.ticket.discount")}</span>
            <span>{formatMoney(discount)}</span>
          </p>
        ) : null}
        {left ? (
          <p>
            <span>{t("till.receipt.total")}</span>
            <span>{formatMoney(total)}</span>
          </p>
        ) : null}
        <p className={styles.total}>
          <span>{t(left ? "till.display.left" : "till.receipt.total")}</span>
          <strong>{formatMoney(left ?? total)}</strong>
        </p>
      </footer>
    </>
  );
}

function Thanks({ total, change, receipt }: Extract<Shown, { kind: "paid" }>) {
  return (
    <div className={styles.middle} role="status">
      <h1>{t("till.display.thanks")}</h1>
      <p>{t("till.paid.title", { total: formatMoney(total) })}</p>
      {change ? (
        <p className={styles.total}>
          <span>{t("till.paid.change")}</span> <strong>{formatMoney(change)}</strong>
        </p>
      ) : null}
      {receipt === null ? null : (
        <>
          <QrCode text={receipt} label={t("till.paid.qr")} size={240} />
          <p>{t("till.paid.qr")}</p>
        </>
      )}
    </div>
  );
}
