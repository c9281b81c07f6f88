import { lazy, Suspense } from "react";
import type { KioskView } from "@weft/contracts/client";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { Catalog } from "../catalog/catalog.ts";
import { CartScreen } from "./cart-screen.tsx";
import { DoneScreen } from "./done-screen.tsx";
import { MenuScreen } from "./menu-screen.tsx";
import { useOrder } from "./order.ts";
import { PayScreen } from "./pay-screen.tsx";
import { StartScreen } from "./start-screen.tsx";

/** A kiosk that takes no money needs neither outbox nor journal. */
const CardScreen = lazy(async () => ({ default: (await import("./card/screen.tsx")).CardScreen }));

type StepsProps = { readonly kiosk: KioskView; readonly catalog: Catalog | undefined };

/** One step after the other; each is a screen of its own. */
export function Steps({ kiosk, catalog }: StepsProps) {
  const { step, done } = useOrder();
  switch (step) {
    case "start":
      return <StartScreen placeId={kiosk.placeId} />;
    case "menu":
      return <MenuScreen kiosk={kiosk} catalog={catalog} />;
    case "cart":
      return <CartScreen kiosk={kiosk} catalog={catalog} />;
    case "pay":
      return <PayScreen kiosk={kiosk} />;
    case "card":
      return (
        <Suspense fallback={<ScreenSkeleton />}>
          <CardScreen kiosk={kiosk} />
        </Suspense>
      );
    case "done":
      return done && <DoneScreen done={done} />;
  }
}
