import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { Suspense, lazy, useEffect, useState, type ReactNode } from "react";
import IconArrowBackUp from "@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs";
import IconCashRegister from "@tabler/icons-react/dist/esm/icons/IconCashRegister.mjs";
import IconClockHour4 from "@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs";
import IconPackage from "@tabler/icons-react/dist/esm/icons/IconPackage.mjs";
import IconArmchair from "@tabler/icons-react/dist/esm/icons/IconArmchair.mjs";
import IconSettings from "@tabler/icons-react/dist/esm/icons/IconSettings.mjs";
import IconTruckDelivery from "@tabler/icons-react/dist/esm/icons/IconTruckDelivery.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import { useLiveState } from "@weft/ui/api/context.tsx";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { SchemePicker } from "@weft/ui/app/scheme-picker.tsx";
import { useStoreLease } from "@weft/ui/app/store-lease.ts";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { LiveDot } from "@weft/ui/kit/live-dot.tsx";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { useOwnJournal } from "../book/use-signing.ts";
import { useWork } from "../collections/work.ts";
import { BadgeSwitch } from "../device/badge-switch.tsx";
import { OtherWindow, useOnlyWindow } from "../device/only-window.tsx";
import { useTill } from "../device/till-context.ts";
import { DisplayFeed } from "../display/feed.tsx";
import { useOpenDocuments } from "../goods/queries.ts";
import { clockTrouble } from "../local/clock.ts";
import { clockQuery, pricesQuery } from "../local/prices.ts";
import { useAway } from "../local/use-away.ts";
import { useOwnPrices } from "../local/use-own-prices.ts";
import { unsentFile, useOutboxState } from "../outbox/register-outbox.ts";
import { PrintTrouble } from "../print/print-trouble.tsx";
import { useEquipmentReport } from "../print/report-equipment.ts";
import { useAskedTestPage } from "../print/test-page.ts";
import { ScansEverywhere } from "../scan/any-screen.tsx";
import { useTicket } from "../ticket/ticket.ts";
import { setSoldOutMode, useSoldOutMode } from "../sell/sold-out-mode.ts";
import { t } from "../t.ts";
import styles from "./till-frame.module.css";

/** Set up once, and seldom looked at. */
const DeviceSettings = lazy(async () => ({ default: (await import("../print/device-settings.tsx")).DeviceSettings }));

/** The frame of an open shift: the screen, the ways to the others, and the strip with the state of this till. */
export function OpenFrame({ children }: { readonly children: ReactNode }) {
  const { register } = useTill();
  const { where, takeOver } = useOnlyWindow(register.id);
  if (where === "asking") return null;
  return where === "here" ? <TillWindow>{children}</TillWindow> : <OtherWindow onTakeOver={takeOver} />;
}

const renewLease = () => api.ask("storeLease.renew", {});

function TillWindow({ children }: { readonly children: ReactNode }) {
  useOwnPrices();
  useStoreLease(renewLease);
  useEquipmentReport();
  useAskedTestPage();
  useSaleScreens();
  return (
    <div className={styles.frame}>
      <div>
        <Banners />
        <PrintTrouble />
      </div>
      <DisplayFeed />
      <ScansEverywhere />
      <BadgeSwitch />
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Strip />
    </div>
  );
}

/** A sale that was begun can be ended: its screens are here before they are opened, also where no worker keeps them yet. */
function useSaleScreens(): void {
  const router = useRouter();
  useEffect(() => {
    void Promise.all([
      router.preloadRoute({ to: "/pay" }),
      router.preloadRoute({ to: "/receipt/$id", params: { id: "-" } }),
      router.preloadRoute({ to: "/shift" }),
    ]);
  }, [router]);
}

/** What is off right now, and since when; training and the sold-out mode, which must not be overlooked. */
function Banners() {
  const { register, timeZone } = useTill();
  const isMarking = useSoldOutMode();
  return (
    <div role="status">
      {register.training ? <p className={styles.training}>{t("till.banner.training")}</p> : null}
      <OfflineBanner timeZone={timeZone} />
      <ClockBanner />
      <JournalBanner />
      {isMarking ? (
        <p className={styles.marking}>
          {t("till.sold_out.mode")} <Button onClick={() => setSoldOutMode(false)}>{t("till.sold_out.stop")}</Button>
        </p>
      ) : null}
    </div>
  );
}

/** Without the hub: what is sold all the same, what is not, and how old the prices are. */
function OfflineBanner({ timeZone }: { readonly timeZone: string }) {
  const isAway = useAway();
  const live = useLiveState();
  const prices = useQuery({ ...pricesQuery, enabled: false }).data;
  const { pending } = useTicket();
  if (!isAway) return null;
  // The hub may be back: it is this ticket that stays here.
  if (live.kind !== "offline" && pending.some(({ isHere }) => isHere))
    return <p className={styles.offline}>{t("till.banner.finished_here")}</p>;
  const since =
    live.kind === "offline" || live.kind === "reconnecting"
      ? t("till.banner.since", { time: formatTime(new Date(live.since), { timeZone }) })
      : "";
  return (
    <p className={styles.offline}>
      <span>
        <strong>{t("till.banner.offline")}</strong> {since}{" "}
        {prices ? t("till.banner.cash", { time: formatTime(prices.asOf, { timeZone }) }) : t("till.banner.no_prices")}
      </span>
    </p>
  );
}

/** Sales bear the time of this device: one that is wrong is set right before it is a journal that is. */
function ClockBanner() {
  const { data: ahead = 0 } = useQuery(clockQuery);
  const trouble = clockTrouble(ahead);
  if (!trouble) return null;
  return <p className={styles.offline}>{t(`till.banner.clock_${trouble.kind}`, { count: trouble.minutes })}</p>;
}

/** What the hub refused of the journal stays refused until a manager lets it go on under a new key. */
function JournalBanner() {
  const { register } = useTill();
  const own = useOwnJournal(register.id);
  return own?.refusedAt ? <p className={styles.offline}>{t("till.sign.refused")}</p> : null;
}

function Strip() {
  const { register, staff, shift, timeZone, switchStaff } = useTill();
  const ready = useWork(register.placeId, "ready");
  const open = useWork(register.placeId, "open");
  const [isOpen, setOpen] = useState(false);
  const arriving = (useOpenDocuments(register.placeId, "transfer").data?.items ?? []).filter(
    ({ placeId }) => placeId === register.placeId,
  ).length;
  const count = (ready.data?.items.length ?? 0) + (open.data?.items.length ?? 0);
  return (
    <footer className={styles.strip} aria-label={t("till.strip.label")}>
      <nav className={styles.ways} aria-label={t("till.strip.screens")}>
        <Link to="/" activeOptions={{ exact: true }}>
          <IconCashRegister aria-hidden /> <span>{t("till.strip.sell")}</span>
        </Link>
        {register.hasTables ? (
          <Link to="/tables">
            <IconArmchair aria-hidden /> <span>{t("till.strip.tables")}</span>
          </Link>
        ) : null}
        <Link to="/collections">
          <IconPackage aria-hidden /> <span>{t("till.strip.collections")}</span> {count > 0 ? <b>{count}</b> : null}
        </Link>
        <Link to="/returns">
          <IconArrowBackUp aria-hidden /> <span>{t("till.strip.returns")}</span>
        </Link>
        <Link to="/goods">
          <IconTruckDelivery aria-hidden /> <span>{t("till.strip.goods")}</span> {arriving > 0 ? <b>{arriving}</b> : null}
        </Link>
        <Link to="/shift">
          <IconClockHour4 aria-hidden /> <span>{t("till.strip.shift", { time: formatTime(shift.openedAt, { timeZone }) })}</span>
        </Link>
      </nav>
      <span className={styles.register}>{register.name}</span>
      <WaitingToSend />
      <LiveDot timeZone={timeZone} />
      <button type="button" className={styles.staff} onClick={switchStaff}>
        <IconUser aria-hidden /> <span className="said">{t("till.strip.switch")}</span> {staff.name.split(" ")[0]}
      </button>
      <IconButton label={t("till.strip.settings")} icon={IconSettings} onClick={() => setOpen(true)} />
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t("till.strip.settings")}>
        <div className={styles.settings}>
          <LanguagePicker />
          <SchemePicker />
          <SaveUnsent />
        </div>
        <Suspense fallback={<Skeleton />}>
          <DeviceSettings />
        </Suspense>
      </Sheet>
    </footer>
  );
}

/** A second copy of what waits, for a device that may not live until the network does. */
function SaveUnsent() {
  const { waiting } = useOutboxState();
  if (waiting === 0) return null;
  const save = async (): Promise<void> => {
    const file = await unsentFile();
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return <Button onClick={() => void save()}>{t("till.strip.save_unsent")}</Button>;
}

function WaitingToSend() {
  const { waiting, since, trouble } = useOutboxState();
  const { timeZone } = useTill();
  if (waiting === 0) return null;
  return (
    <span className={styles.waiting} data-trouble={trouble} role="status">
      {t("till.strip.waiting", { count: waiting })} {since === null ? "" : formatTime(since, { timeZone })}
    </span>
  );
}
