import { useQuery } from "@tanstack/react-query";
import type { SessionView } from "@weft/contracts/client";
import { useNewestVersion } from "./use-app-update.ts";
import { useStoreLease } from "@weft/ui/app/store-lease.ts";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "./api.ts";
import { EnrollScreen } from "./enroll/screen.tsx";
import { Frame } from "./frame/frame.tsx";
import { keepBoard, keptBoard } from "./kept.ts";
import { MenuScreen } from "./menu/screen.tsx";
import { QueueScreen } from "./queue/screen.tsx";
import { StationsScreen } from "./stations/screen.tsx";

/** What a screen shows, by the last part of its address. */
const PATHS = { queue: "/board/", menu: "/board/menu", stations: "/board/stations" } as const;
export type Showing = keyof typeof PATHS;

const BOARD_LOOKS_MS = 60_000;
const NEW_LOOKS_MS = 2000;

const renewLease = () => api.ask("storeLease.renew", {});

/** A screen on the wall: once it belongs to a place it shows its queue or its menu, and nobody touches it again; or it stands at a station. */
export function Board() {
  useNewestVersion();
  const session = useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) => keepBoard(await api.ask("access.session", { signal })),
    // After a power cut the screen is on before the network is: it goes on as the board that it was.
    initialData: keptBoard,
    initialDataUpdatedAt: 0,
    // A screen that shows its code waits for somebody in the office.
    refetchInterval: ({ state }) => (placeOf(state.data) ? BOARD_LOOKS_MS : NEW_LOOKS_MS),
  });
  const [showing, setShowing] = useState<Showing>(showingNow);
  const place = placeOf(session.data);
  // A menu on the wall is seen by nobody who makes what is ordered.
  useStoreLease(renewLease, place !== null && showing !== "menu");
  if (session.isPending) return <ScreenSkeleton />;
  if (!place) return <EnrollScreen />;
  const show = (next: Showing): void => {
    history.replaceState(null, "", PATHS[next]);
    setShowing(next);
  };
  return (
    <Frame placeName={place.placeName} timeZone={place.timeZone} showing={showing} onShow={show}>
      {showing === "menu" ? (
        <MenuScreen placeId={place.placeId} />
      ) : showing === "stations" ? (
        <StationsScreen placeId={place.placeId} timeZone={place.timeZone} />
      ) : (
        <QueueScreen placeId={place.placeId} timeZone={place.timeZone} />
      )}
    </Frame>
  );
}

function showingNow(): Showing {
  const path = location.pathname.replace(/\/$/, "");
  return path.endsWith("/menu") ? "menu" : path.endsWith("/stations") ? "stations" : "queue";
}

function placeOf(session: SessionView | undefined): SessionView["device"] {
  return session?.device?.kind === "board" ? session.device : null;
}
