import { useAppUpdate } from "@weft/ui/app/app-update.ts";
import { useEffect } from "react";

/** Nobody stands before the screen to say yes: a new version is taken as soon as it waits. */
export function useNewestVersion(): void {
  const { waiting, use } = useAppUpdate();
  useEffect(() => {
    if (waiting) use();
  }, [waiting, use]);
}
