import { createContext, use } from "react";
import type { RegisterView, SessionView, ShiftView, TillDrawerView } from "@weft/contracts/client";

/** What every screen of an open shift stands on. */
export type Till = {
  readonly register: RegisterView;
  readonly staff: NonNullable<SessionView["staff"]>;
  readonly shift: ShiftView;
  /** Its cash box, and who else works on it. */
  readonly drawer: TillDrawerView;
  readonly currency: string;
  /** Of the place: every time on the screen is the time on its wall. */
  readonly timeZone: string;
  readonly isDemo: boolean;
  /** Another person takes over the till; the shift stays open. */
  readonly switchStaff: () => void;
  /** Keeps a shift that ends here on the screen with its report, whatever the hub says of it meanwhile; undefined lets it go. */
  readonly holdShift: (shift: ShiftView | undefined) => void;
};

export const TillContext = createContext<Till | null>(null);

/** The till that is open. Throws outside of an open shift. */
export function useTill(): Till {
  const till = use(TillContext);
  if (!till) throw new Error("useTill is used outside of an open shift");
  return till;
}
