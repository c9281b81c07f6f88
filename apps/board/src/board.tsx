import { useQuery } from "@tanstack/react-query";
import type { SessionView } from "@weft/contracts/client";
import { useNewestVersion } from "./use-app-update.ts";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "./api.ts";
import { EnrollScreen } from "./enroll/screen.tsx";
import { Frame } from "./frame/frame.tsx";
import { keepBoard, keptBoard } from "./kept.ts";
import { MenuScreen } from "./menu/screen.tsx";
import { QueueScreen } from "./queue/screen.tsx";

export type Showing = "queue" | "menu";

const BOARD_LOOKS_MS = 60_000;
const NEW_LOOKS_MS = 2000;

/** A screen on the wall: once it belongs to a place it shows its queue or its menu, and nobody touches it again. */
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
  const [showing, setShowing] = useState<Showing>(() => (location.pathname.endsWith("/menu") ? "menu" : "queue"));
  if (session.isPending) return <ScreenSkeleton />;
  const place = placeOf(session.data);
  if (!place) return <EnrollScreen />;
  const show = (next: Showing): void => {
    history.replaceState(null, "", next === "menu" ? "/board/menu" : "/board/");
    setShowing(next);
  };
  return (
    <Frame placeName={place.placeName} timeZone={place.timeZone} showing={showing} onShow={show}>
      {showing === "menu" ? <MenuScreen placeId={place.placeId} /> : <QueueScreen placeId={place.placeId} timeZone={place.timeZone} />}
    </Frame>
  );
}

function placeOf(session: SessionView | undefined): SessionView["device"] {
  return session?.device?.kind === "board" ? session.device : null;
}
