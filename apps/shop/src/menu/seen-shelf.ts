import { useEffect, useState } from "react";

/** Which shelf is under the chips right now, by its element's id. */
export function useSeenShelf(ids: readonly string[]): string | undefined {
  const [seen, setSeen] = useState<string | undefined>(undefined);
  const list = ids.join();
  useEffect(() => {
    // A shelf counts as seen while it crosses the upper third of the screen.
    const observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find(({ isIntersecting }) => isIntersecting);
        if (entered) setSeen(entered.target.id);
      },
      { rootMargin: "-20% 0px -75% 0px" },
    );
    for (const id of list.split(",")) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [list]);
  return seen;
}
