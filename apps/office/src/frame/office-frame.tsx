import { ActionIcon, Burger, Button, Kbd, NavLink } from "@mantine/core";
import { openSpotlight } from "@mantine/spotlight";
import IconLogout from "@tabler/icons-react/dist/esm/icons/IconLogout.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import type { SessionView } from "@weft/contracts/client";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { SchemePicker } from "@weft/ui/app/scheme-picker.tsx";
import { UpdateNote } from "@weft/ui/app/update-note.tsx";
import { LiveDot } from "@weft/ui/kit/live-dot.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { OfflineBanner } from "@weft/ui/shop/offline-banner.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { Toasts } from "@weft/ui/shop/toast.tsx";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { useEffect, useRef, useState } from "react";
import { FindAnything } from "../search/find-anything.tsx";
import { sessionQuery, useMay, useSessionEnd, useSignOut, useStaff } from "../session/session.ts";
import { SignInScreen } from "../session/sign-in-screen.tsx";
import { t } from "../t.ts";
import styles from "./office-frame.module.css";
import { pageAt, PAGE_GROUPS } from "./pages.ts";

/** Lets staff in: who is not signed in sees the door, at whatever address, and afterwards what they came for. */
export function OfficeFrame() {
  const session = useQuery(sessionQuery);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useSessionEnd();
  if (path === "/owner") return <Outlet />;
  return (
    <>
      <Inside session={session} />
      <UpdateNote />
    </>
  );
}

function Inside({ session }: { readonly session: UseQueryResult<SessionView> }) {
  const isCutOff = session.isPaused || (session.isError && problemCode(session.error) === "client.offline");
  if (session.data) return session.data.staff === null ? <SignInScreen /> : <Rooms />;
  if (isCutOff) return <CutOff again={session.refetch} />;
  if (session.isPending) return <ScreenSkeleton />;
  return <ProblemNote error={session.error} onRetry={session.refetch} />;
}

/** Opened without a connection: nothing can be shown, because nothing of the office is kept on this device. It goes on by itself. */
function CutOff({ again }: { readonly again: () => unknown }) {
  return (
    <main id="main">
      <EmptyState heading="h1" title={t("office.cut_off.title")} text={t("office.cut_off.text")}>
        <Button onClick={() => void again()}>{t("ui.retry")}</Button>
      </EmptyState>
    </main>
  );
}

/** What stays while screens change: the places of the office, the search, who works here, the state of the connection. */
function Rooms() {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <div className={styles.frame} data-open={isOpen || undefined}>
      <a className="skip" href="#main">
        {t("office.skip")}
      </a>
      <header className={styles.bar}>
        <Burger size="sm" opened={isOpen} aria-label={t("office.nav.open")} onClick={() => setOpen(!isOpen)} />
        <strong>{BRAND.name}</strong>
        <ActionIcon size="lg" aria-label={t("office.find.open")} onClick={openSpotlight}>
          <IconSearch size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </header>
      <div className={styles.side}>
        <SearchDoor />
        <Places onChosen={close} />
        <Person />
      </div>
      <main id="main" tabIndex={-1} className={styles.main}>
        <OfflineBanner />
        <Room />
      </main>
      <FindAnything />
      <Toasts />
    </div>
  );
}

/** The page itself, for whom it is part of their work; whoever has only its address is told whose it is. */
function Room() {
  const may = useMay();
  const staff = useStaff();
  // Between two pages the old one is still drawn, or the new one already: neither may be one that is closed.
  const isOpen = useRouterState({
    select: ({ location, resolvedLocation }) =>
      [location, resolvedLocation ?? location].every(({ pathname }) => {
        const page = pageAt(pathname);
        return page === undefined || may(page.needs);
      }),
  });
  if (isOpen) return <Outlet />;
  const roles = staff?.roles.map((role) => t(`office.role.${role}`)).join(", ") ?? "";
  return <EmptyState heading="h1" title={t("office.closed.title")} text={t("office.closed.text", { roles })} />;
}

function SearchDoor() {
  return (
    <div className={styles.search}>
      <Button
        fullWidth
        size="sm"
        variant="default"
        justify="space-between"
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        rightSection={<Kbd size="xs">{t("office.find.keys")}</Kbd>}
        onClick={openSpotlight}
      >
        {t("office.find.open")}
      </Button>
    </div>
  );
}

function Places({ onChosen }: { readonly onChosen: () => void }) {
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const nav = useRef<HTMLElement>(null);
  // The list is longer than a laptop is high: where one is must be seen, also when the search led there.
  useEffect(() => {
    nav.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [path]);
  return (
    <nav ref={nav} className={styles.nav} aria-label={t("office.nav.label")}>
      {PAGE_GROUPS.map((group) => {
        const pages = group.pages.filter((page) => may(page.needs));
        if (pages.length === 0) return null;
        return (
          <section key={group.key} aria-label={t(`office.nav.group.${group.key}`)}>
            <p aria-hidden>{t(`office.nav.group.${group.key}`)}</p>
            {pages.map(({ key, to, icon: Icon }) => (
              <NavLink
                key={key}
                component={Link}
                to={to}
                active={pageAt(path)?.to === to}
                aria-current={path === to ? "page" : undefined}
                label={t(`office.nav.${key}`)}
                leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
                onClick={onChosen}
              />
            ))}
          </section>
        );
      })}
    </nav>
  );
}

function Person() {
  const staff = useStaff();
  const signOut = useSignOut();
  if (!staff) return null;
  return (
    <footer className={styles.person}>
      <LiveDot />
      <div className={styles.who}>
        <div>
          <strong>{staff.name}</strong>
          <small>{staff.roles.map((role) => t(`office.role.${role}`)).join(", ")}</small>
        </div>
        <ActionIcon aria-label={t("office.sign_out")} title={t("office.sign_out")} onClick={() => void signOut()}>
          <IconLogout size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <LanguagePicker />
      <SchemePicker />
    </footer>
  );
}
