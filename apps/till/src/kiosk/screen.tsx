import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useLive } from "@weft/ui/api/context.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { KioskView, SessionView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { useCatalog } from "../catalog/catalog.ts";
import { isAway } from "../local/kept.ts";
import { AwayScreen, ClosedScreen } from "./closed.tsx";
import { EnrollScreen } from "./enroll.tsx";
import { Frame } from "./frame.tsx";
import { useOrder } from "./order.ts";
import { Steps } from "./steps.tsx";

/** A screen that shows its code waits for somebody in the office. */
const NEW_LOOKS_MS = 2000;
/** Taken out of use, closed or open, other ways to pay: seen within this time. */
const LOOKS_MS = 20_000;

/** Self-ordering: a page of the till's app, on a device of its own that can nothing but order. */
export function Kiosk() {
  const session = useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => api.ask("access.session", { signal }),
    refetchInterval: ({ state }) => (deviceOf(state.data) ? LOOKS_MS : NEW_LOOKS_MS),
  });
  const device = deviceOf(session.data);
  if (device) return <Room placeId={device.placeId} />;
  if (session.isPending) return <ScreenSkeleton />;
  return session.isError && isAway(session.error) ? <AwayScreen /> : <EnrollScreen />;
}

const deviceOf = (session: SessionView | undefined): SessionView["device"] => (session?.device?.kind === "kiosk" ? session.device : null);

function Room({ placeId }: { readonly placeId: string }) {
  const kiosk = useQuery({
    queryKey: ["store", placeId, "kiosk"],
    queryFn: ({ signal }) => api.ask("kiosks.read", { signal }),
    refetchInterval: LOOKS_MS,
  });
  const catalog = useCatalog(placeId);
  const { step, cartId } = useOrder();
  useTendedRegister(kiosk.data);
  useLive(cartId === null ? undefined : `cart/${cartId}`);
  if (kiosk.data === undefined && kiosk.isPending) return <ScreenSkeleton />;
  // Nobody begins what cannot be ordered; whoever has begun is told where it fails.
  const isCut = kiosk.isError || (catalog.isError && !catalog.data);
  if (!kiosk.data || (isCut && step === "start")) return <AwayScreen />;
  if (isClosed(kiosk.data) && step === "start") return <ClosedScreen kiosk={kiosk.data} />;
  return (
    <Frame kiosk={kiosk.data} isCut={isCut}>
      <Steps kiosk={kiosk.data} catalog={catalog.data} />
    </Frame>
  );
}

/** So often it is looked whether the day of its register is over. */
const TEND_MS = 10 * 60_000;

/** A kiosk that takes cards sends what it kept, gives back what its terminal took for nobody, and ends its day, also when nobody pays by card. What is wrong there is told to who opens its settings, or pays. */
function useTendedRegister(kiosk: KioskView | undefined): void {
  const registerId = kiosk?.registerId ?? null;
  const tend = useEffectEvent(async () => {
    if (!kiosk || registerId === null) return;
    const { tendKioskRegister } = await import("./card/register.ts");
    await tendKioskRegister({ ...kiosk, registerId });
    const { tendTerminal } = await import("./card/take-card.ts");
    await tendTerminal(registerId);
  });
  useEffect(() => {
    if (registerId === null) return undefined;
    const turn = (): void => void tend().catch(() => undefined);
    turn();
    const timer = setInterval(turn, TEND_MS);
    return () => clearInterval(timer);
  }, [registerId]);
}

const isClosed = ({ open }: KioskView): boolean => open.state === "closed";
