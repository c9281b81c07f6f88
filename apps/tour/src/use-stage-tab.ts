import { useCallback, useEffect, useState } from "react";

const KEY = "weft.tour.tab";
/** This tab, until it is loaded again. */
const TAB = String(Math.random());

/**
 * One visitor has one stage, whatever the number of tabs: both frames of a second one would be the very same phone and till. The tab that
 * set the stage last has it. Where storage is forbidden each tab believes that it is alone.
 */
export function useStageTab(): { readonly isElsewhere: boolean; readonly claim: () => void } {
  const [isElsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    // Told to the other tabs only, never to the one that wrote.
    const told = ({ key, newValue }: StorageEvent): void => {
      if (key === KEY && newValue !== null) setElsewhere(newValue !== TAB);
    };
    addEventListener("storage", told);
    return () => removeEventListener("storage", told);
  }, []);
  const claim = useCallback(() => {
    setElsewhere(false);
    try {
      localStorage.setItem(KEY, TAB);
    } catch {
      // As above.
    }
  }, []);
  return { isElsewhere, claim };
}
