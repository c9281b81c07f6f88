import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import type { SessionView, ShiftView } from "@weft/contracts/client";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useJournalNotes } from "../book/note-events.ts";
import { tendJournal } from "../book/sign-here.ts";
import { SignedElsewhere } from "../book/signed-elsewhere.tsx";
import { useJournalNews } from "../book/use-signing.ts";
import { isEmptied, openRegisterOutbox, setOperator, soldHere } from "../outbox/register-outbox.ts";
import { forgetIfSold } from "../ticket/ticket.ts";
import { EmptiedScreen } from "./emptied-screen.tsx";
import { EnrollScreen } from "./enroll-screen.tsx";
import { OpenShiftScreen } from "./open-shift-screen.tsx";
import { PinScreen } from "./pin-screen.tsx";
import { configQuery, stateQuery, useSession } from "./session.ts";
import { TillContext } from "./till-context.ts";

/** Lets the screens in once the device is a register, somebody has signed in, and a shift is open; each missing thing is asked for. */
export function Gate({ bare, children }: GateProps) {
  const session = useSession();
  if (session.isPending) return bare(<ScreenSkeleton />);
  if (session.isError) return bare(<ProblemNote error={session.error} onRetry={session.refetch} />);
  const { device, staff } = session.data;
  if (!device?.registerId || device.kind !== "till") return bare(<EnrollScreen staff={staff} />);
  return (
    <RegisterGate key={device.registerId} registerId={device.registerId} timeZone={device.timeZone} staff={staff} bare={bare}>
      {children}
    </RegisterGate>
  );
}

type GateProps = {
  /** What a screen stands in while the till is not open. */
  readonly bare: (screen: ReactNode) => ReactNode;
  readonly children: ReactNode;
};

type RegisterGateProps = GateProps & {
  readonly registerId: string;
  readonly timeZone: string;
  readonly staff: SessionView["staff"];
};

function RegisterGate({ registerId, timeZone, staff, bare, children }: RegisterGateProps) {
  const state = useQuery(stateQuery(registerId));
  const config = useQuery(configQuery);
  const [isReady, setReady] = useState(false);
  const [isSwitching, setSwitching] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const [held, holdShift] = useState<ShiftView>();
  const { lastSeq, isNow = false } = state.data ?? {};
  useJournalNews(registerId);
  useEffect(() => setOperator(staff?.id ?? null), [staff]);
  useJournalNotes(isReady && state.data?.signs === "here", staff?.id ?? null);
  useEffect(() => {
    if (lastSeq === undefined) return undefined;
    let isShown = true;
    void openRegisterOutbox(registerId, lastSeq, isNow)
      .then(() => forgetIfSold(async (cartId) => (await soldHere()?.ofCart(cartId)) !== undefined))
      .then(isEmptied)
      .then((isNothingKept) => {
        if (isShown) setEmpty(isNothingKept);
        // Behind the screen: what it signs is signed in turn with everything else, and what fails is tried again at the next start.
        void tendJournal().catch(() => undefined);
        if (isShown) setReady(true);
      });
    return () => {
      isShown = false;
    };
  }, [registerId, lastSeq, isNow]);
  if (state.isError) return bare(<ProblemNote error={state.error} onRetry={state.refetch} />);
  if (state.isPending || config.isPending || !isReady) return bare(<ScreenSkeleton />);
  const { register, drawer, signs } = state.data;
  const shift = state.data.shift ?? held;
  const isDemo = config.data?.demo ?? false;
  if (!staff || isSwitching)
    return bare(
      <PinScreen
        register={register}
        isDemo={isDemo}
        onDone={() => setSwitching(false)}
        {...(staff && { onBack: () => setSwitching(false) })}
      />,
    );
  const currency = shift?.float.currency ?? config.data?.currency ?? "EUR";
  const bareProps = { register, staff, currency, switchStaff: () => setSwitching(true) };
  // In a demo everybody takes any register, so that nothing kept is nothing lost.
  if (isEmpty && !isDemo) return bare(<EmptiedScreen {...bareProps} onDone={() => setEmpty(false)} />);
  if (signs === "elsewhere") return bare(<SignedElsewhere {...bareProps} />);
  if (!shift) return bare(<OpenShiftScreen {...bareProps} drawer={drawer} isNow={isNow} offersSigning={signs === "nobody" && !isDemo} />);
  return (
    <TillContext value={{ register, staff, shift, drawer, currency, timeZone, isDemo, switchStaff: () => setSwitching(true), holdShift }}>
      {children}
    </TillContext>
  );
}
